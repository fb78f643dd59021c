//! One patch, one resource.
//!
//! Comes in: a resource and a patch. Goes out: the patched resource, which keeps its kind, its name and
//! its namespace unless the patch may change them. Source: Kustomize 5.8.1, api/resource/resource.go
//! (ApplySmPatch), api/resmap/reswrangler.go (ApplySmPatch) and api/internal/builtins.

use super::error::PatchError;
use super::json6902::{self, JsonPatch, JsonPatchError};
use super::origin::PatchPlace;
use super::strategic::{self, MergeError};
use crate::node::{self, NodeError};
use crate::resource::{BuildAnnotation, ResId, Resource};
use crate::schema::Schema;
use std::sync::Arc;
use yaml::Node;

/// Why a patch does not go into a resource.
pub enum Failure {
    Merge(MergeError),
    Json(JsonPatchError),
    Shape(NodeError),
}

impl Failure {
    /// The error of a patch and a resource.
    pub fn of(self, place: &PatchPlace, id: ResId) -> PatchError {
        let (origin, resource) = (place.origin.clone(), Box::new(id));
        match self {
            Self::Json(source) => PatchError::Json {
                origin,
                resource,
                source: Box::new(source),
            },
            Self::Shape(source) => PatchError::Shape {
                origin,
                resource,
                source: Box::new(source),
            },
            Self::Merge(source) => PatchError::Merge {
                place: place.clone(),
                resource,
                source: Box::new(source),
            },
        }
    }
}

/// Merges a patch into a resource. A deleted resource is null afterwards.
pub fn merge(resource: &mut Resource, patch: Resource, schema: &Schema) -> Result<(), Failure> {
    let kind = resource.kind().to_owned();
    let (name, namespace) = (resource.name().to_owned(), resource.namespace().to_owned());
    let new_kind = patch.is_enabled(BuildAnnotation::AllowKindChange);
    let new_name = patch.is_enabled(BuildAnnotation::AllowNameChange);
    if new_kind || new_name {
        resource.store_previous_id(schema).map_err(Failure::Shape)?;
    }
    strategic::merge_taking(&mut resource.node, patch.node, schema).map_err(Failure::Merge)?;
    resource.settle();
    if resource.is_gone() {
        return Ok(());
    }
    // Upstream does not mind where these cannot be set.
    if !new_kind {
        node::set_kind(&mut resource.node, &kind).ok();
    }
    if !new_name {
        node::set_name(&mut resource.node, &name).ok();
    }
    node::set_namespace(&mut resource.node, &namespace).ok();
    Ok(())
}

/// A patch as it goes into a resource that a selector found: of the resource's apiVersion, its labels
/// and annotations written anew, which makes text of all their values, nulls included.
pub fn fitted(patch: &Resource, resource: &Resource, schema: &Schema) -> Resource {
    let mut fitted = patch.clone();
    // Upstream does not mind where these cannot be set.
    fitted.copy_metadata_from(patch).ok();
    fitted.set_gvk(&resource.gvk(schema)).ok();
    node::set_kind(&mut fitted.node, patch.kind()).ok();
    fitted
}

/// Does operations on a resource. Its notes stay whatever the operations do.
pub fn operate(resource: &mut Resource, patch: &JsonPatch) -> Result<(), Failure> {
    operate_only(resource, patch)?.map_err(Failure::Shape)
}

/// The same, and the resource remembers its id first. Upstream does not mind here where the notes
/// cannot be set.
pub fn remember_and_operate(
    resource: &mut Resource,
    patch: &JsonPatch,
    schema: &Schema,
) -> Result<(), Failure> {
    resource.store_previous_id(schema).map_err(Failure::Shape)?;
    operate_only(resource, patch)?.ok();
    Ok(())
}

/// Does the operations, and says whether the notes could be set again.
fn operate_only(
    resource: &mut Resource,
    patch: &JsonPatch,
) -> Result<Result<(), NodeError>, Failure> {
    let notes = internal(&resource.node);
    json6902::apply(&mut resource.node, patch).map_err(Failure::Json)?;
    Ok(resource.change_annotations(|all| all.extend(notes)))
}

type Notes = Vec<(Arc<str>, Arc<str>)>;

/// The annotations that are Kustomize's own, or of tools of the same family.
fn internal(object: &Node) -> Notes {
    const PREFIX: &str = "internal.config.kubernetes.io/";
    const LEGACY: [&str; 3] = [
        "config.kubernetes.io/path",
        "config.kubernetes.io/index",
        "config.k8s.io/id",
    ];
    let all = node::annotations(object).into_iter();
    all.filter(|(key, _)| key.starts_with(PREFIX) || LEGACY.contains(&&**key))
        .collect()
}
