//! Who owns which field, and what apply and update make of it.
//!
//! In: an object with its `metadata.managedFields`, and what a manager applies to it or made of it.
//! Out: the object and who owns what, or the conflicts. Source: structured-merge-diff 6.3,
//! merge/update.go, and apimachinery 1.36, managedfields/internal.

mod apply;
mod conflict;
mod last_applied;
mod managers;
mod update;

pub use apply::{Application, apply};
pub use conflict::Conflicts;
pub use last_applied::remember;
pub use managers::{ManagerId, Managers, Operation};
pub use update::{BEFORE_FIRST_APPLY, update};

use super::fields::FieldSet;
use super::typed::{ShapeId, Shapes};

/// What an apply or an update happens to.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// All types.
    pub shapes: &'a Shapes,
    /// The object's type.
    pub shape: ShapeId,
    /// Its version.
    pub api_version: &'a str,
    /// The subresource that is written, or nothing.
    pub subresource: &'a str,
    /// Fields that this way of writing takes back whatever is said.
    pub reset: &'a FieldSet,
    /// The time, to the second.
    pub now: &'a str,
}

/// Fields that are never owned: identity and bookkeeping.
fn unowned() -> FieldSet {
    FieldSet::of(&[
        &["apiVersion"],
        &["kind"],
        &["metadata"],
        &["metadata", "name"],
        &["metadata", "namespace"],
        &["metadata", "creationTimestamp"],
        &["metadata", "selfLink"],
        &["metadata", "uid"],
        &["metadata", "clusterName"],
        &["metadata", "generation"],
        &["metadata", "managedFields"],
        &["metadata", "resourceVersion"],
    ])
}
