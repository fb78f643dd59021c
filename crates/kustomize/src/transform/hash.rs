//! Hashes behind the names of generated resources.
//!
//! Comes in: resources, some noted as needing a hash. Goes out: the same, those renamed; what names
//! them is another's work. Source: Kustomize 5.8.1, api/internal/builtins/HashTransformer.go.

use crate::generate::{HashError, hash};
use crate::node::{self, NodeError};
use crate::resource::{BuildAnnotation, ResMap, Resource};
use crate::schema::Schema;

/// Why a resource could not be renamed.
#[derive(Debug, thiserror::Error)]
pub enum HashTransformError {
    /// It has no hash.
    #[error("{0} cannot get a hash behind its name")]
    Hash(String, #[source] HashError),
    /// It has no place for a name.
    #[error("{0} cannot be renamed")]
    Name(String, #[source] Box<NodeError>),
}

/// Puts the hash of its data behind the name of each resource that needs it.
pub fn apply(resources: &mut ResMap, schema: &Schema) -> Result<(), HashTransformError> {
    let mut all = resources.resources.iter_mut();
    all.try_for_each(
        |resource| match resource.is_enabled(BuildAnnotation::NeedsHashSuffix) {
            true => rename(resource, schema),
            false => Ok(()),
        },
    )
}

fn rename(resource: &mut Resource, schema: &Schema) -> Result<(), HashTransformError> {
    let id = resource.current_id(schema);
    let hash = match hash(&resource.node) {
        Ok(hash) => hash,
        Err(source) => return Err(HashTransformError::Hash(id.to_string(), source)),
    };
    let name = format!("{}-{hash}", id.name);
    let renamed = resource
        .store_previous_id(schema)
        .and_then(|()| node::set_name(&mut resource.node, &name));
    renamed.map_err(|source| HashTransformError::Name(id.to_string(), Box::new(source)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use yaml::Limits;

    #[test]
    fn only_what_needs_a_hash_is_renamed() {
        let schema = Schema::default();
        let read = |text: &str| yaml::read_node(text, &Limits::default()).unwrap().unwrap();
        let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: app}, data: {one: \"\"}}";
        let mut needing = Resource::from(read(map));
        needing.enable(BuildAnnotation::NeedsHashSuffix).unwrap();
        let mut all = ResMap {
            resources: vec![Resource::from(read(map)), needing],
        };
        apply(&mut all, &schema).unwrap();
        let [plain, hashed] = &all.resources[..] else {
            panic!("resources are neither added nor dropped");
        };
        assert_eq!((plain.name(), plain.previous_ids().len()), ("app", 0));
        assert_eq!(hashed.name(), "app-9g67k2htb6");
        assert_eq!(hashed.original_id(&schema).name, "app");
        let mut pod = Resource::from(read("{apiVersion: v1, kind: Pod, metadata: {name: app}}"));
        pod.enable(BuildAnnotation::NeedsHashSuffix).unwrap();
        let mut pods = ResMap {
            resources: vec![pod],
        };
        let told = apply(&mut pods, &schema).unwrap_err().to_string();
        assert_eq!(
            told,
            "Pod.v1.[noGrp]/app.[noNs] cannot get a hash behind its name"
        );
    }
}
