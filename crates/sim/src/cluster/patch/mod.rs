//! Patches, by kind.
//!
//! In: an object, a patch. Out: the patched object, or why it cannot be. Source: RFC 7386, RFC 6902,
//! and apimachinery 1.36, util/strategicpatch.

mod json_patch;
mod merge;
mod strategic;

pub use merge::merge;

use super::kinds::Kind;
use super::refusal::{Reason, Refusal};
use serde_json::Value;

/// A patch.
#[derive(Clone, PartialEq, Debug)]
pub enum Patch {
    /// Server-side apply.
    Apply {
        /// What is applied.
        config: Value,
        /// Does it take what others own?
        force: bool,
    },
    /// JSON merge patch.
    Merge(Value),
    /// JSON patch.
    Json(Value),
    /// Strategic merge patch.
    Strategic(Value),
}

impl Patch {
    /// Refuses what objects of a kind cannot be patched with.
    pub(super) fn check(&self, kind: &Kind) -> Result<(), Refusal> {
        match self {
            Self::Strategic(_) if kind.custom.is_some() => Err(Refusal::new(
                Reason::UnsupportedMediaType,
                "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml",
            )),
            _ => Ok(()),
        }
    }

    /// What the patch makes of an object; an apply, which is no change of its own, makes nothing.
    pub(super) fn on(&self, kind: &Kind, object: &Value) -> Result<Value, Refusal> {
        match self {
            Self::Apply { .. } => Ok(object.clone()),
            Self::Merge(patch) => {
                let mut object = object.clone();
                merge(&mut object, patch);
                Ok(object)
            }
            Self::Json(patch) => json_patch::on(object, patch),
            Self::Strategic(patch) => strategic::on(&kind.shapes, kind.shape, object, patch),
        }
    }
}
