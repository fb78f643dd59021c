//! Numbers of replicas.
//!
//! Comes in: resources, a workload's name and a number. Goes out: the resources with the number in
//! each workload that has or had this name. Source: Kustomize 5.8.1,
//! api/internal/builtins/ReplicaCountTransformer.go.

use super::field_spec::{FieldPath, FieldSpecError, Make};
use super::set;
use crate::file::{FieldSpec, Replica};
use crate::node::NodeError;
use crate::resource::{ResMap, Resource};
use crate::schema::Schema;
use yaml::Tag;

/// Why a number of replicas could not be set.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaError {
    /// There is no such workload.
    #[error(
        "resource with name {name} does not match a config with the following GVK [{kinds}]; \
         name a workload of this kustomization, or drop the entry"
    )]
    NoMatch {
        /// The name in the kustomization.
        name: String,
        /// The kinds that were looked at.
        kinds: String,
    },
    /// A field cannot be set.
    #[error(transparent)]
    Field(#[from] FieldSpecError<NodeError>),
}

/// Sets the number of replicas of one workload.
pub fn apply(
    resources: &mut ResMap,
    replica: &Replica,
    specs: &[FieldSpec],
    _: &Schema,
) -> Result<(), ReplicaError> {
    let paths = FieldPath::all(specs);
    let count = replica.count.to_string();
    let mut found = false;
    for resource in &mut resources.resources {
        for path in fitting(resource, &replica.name, &paths) {
            found = true;
            path.apply(resource, Some(&Make::NUMBER), &mut |field| {
                set::scalar(field, &count, Tag::Int)
            })?;
        }
    }
    match found {
        true => Ok(()),
        false => Err(no_match(&replica.name, specs)),
    }
}

/// The specs that are about a kind the resource has or had while it had this name.
fn fitting<'p, 's>(
    resource: &Resource,
    name: &str,
    paths: &'p [FieldPath<'s>],
) -> Vec<&'p FieldPath<'s>> {
    if resource.is_gone() {
        return Vec::new();
    }
    let mut ids = resource.all_ids();
    ids.retain(|id| id.name == name);
    let fits = |path: &&FieldPath| ids.iter().any(|id| id.gvk.is_selected(&path.spec().gvk));
    paths.iter().filter(fits).collect()
}

fn no_match(name: &str, specs: &[FieldSpec]) -> ReplicaError {
    let kinds: Vec<String> = specs.iter().map(|spec| spec.gvk.to_string()).collect();
    ReplicaError::NoMatch {
        name: name.to_owned(),
        kinds: kinds.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use crate::transform::tests::check;

    #[test]
    fn numbers_of_replicas_are_set() {
        check(include_str!("cases/replicas.txt"));
    }
}
