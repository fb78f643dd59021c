//! Why a patch could not be applied.

use super::json6902::{DecodeError, JsonPatchError};
use super::near::Candidates;
use super::origin::{Origin, PatchPlace};
use super::strategic::MergeError;
use crate::load::LoadError;
use crate::node::NodeError;
use crate::resource::{ReadResourcesError, ResId, ResMapError, SelectError};

/// Why a patch could not be applied.
#[derive(Debug, thiserror::Error)]
pub enum PatchError {
    /// There is no patch.
    #[error("must specify one of patch and path")]
    Neither,
    /// There are two patches.
    #[error("patch and path can't be set at the same time: {0}")]
    Both(String),
    /// The file cannot be read.
    #[error("failed to get the patch file from path({path})")]
    Load {
        /// Its path.
        path: String,
        /// Why.
        #[source]
        source: Box<LoadError>,
    },
    /// The file is no text.
    #[error("the patch {0} is not valid UTF-8")]
    NotText(Origin),
    /// The text is no patch of either kind.
    #[error(
        "unable to parse SM or JSON patch from {origin}; as a strategic merge patch: {strategic}; as a JSON patch: {json}"
    )]
    Unreadable {
        /// Where the patch comes from.
        origin: Origin,
        /// Why it is no strategic merge patch.
        strategic: Box<ReadResourcesError>,
        /// Why it is no JSON patch.
        json: Box<DecodeError>,
    },
    /// The text is no strategic merge patch.
    #[error("unable to parse strategic merge patch {origin}")]
    NotStrategic {
        /// Where the patch comes from.
        origin: Origin,
        /// Why.
        #[source]
        source: Box<ReadResourcesError>,
    },
    /// The text is no JSON patch.
    #[error("decoding JSON patch {origin}")]
    NotJson {
        /// Where the patch comes from.
        origin: Origin,
        /// Why.
        #[source]
        source: Box<DecodeError>,
    },
    /// There is nothing in it.
    #[error("patch appears to be empty: {0}")]
    Empty(String),
    /// Several objects and a target.
    #[error(
        "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: {0}"
    )]
    ManyForTarget(Origin),
    /// A JSON patch does not say by itself what it is for.
    #[error("must specify a target for JSON patch {0}")]
    NoTarget(Origin),
    /// An entry of `patchesJson6902` names its resource.
    #[error("must specify the target name of JSON patch {0}")]
    NoTargetName(Origin),
    /// The target cannot be read.
    #[error("unable to find patch target of {origin}")]
    Select {
        /// Where the patch comes from.
        origin: Origin,
        /// Why.
        #[source]
        source: Box<SelectError>,
    },
    /// There is no resource for the patch, or more than one.
    #[error("no resource matches strategic merge patch {place}{near}")]
    NoMatch {
        /// Which patch.
        place: PatchPlace,
        /// What was looked for.
        #[source]
        source: Box<ResMapError>,
        /// Resources that were perhaps meant.
        near: Candidates,
    },
    /// The patch does not go into the resource.
    #[error("patch {place} does not apply to {resource}")]
    Merge {
        /// Which patch.
        place: PatchPlace,
        /// Which resource.
        resource: Box<ResId>,
        /// Why.
        #[source]
        source: Box<MergeError>,
    },
    /// The operations cannot be done.
    #[error("JSON patch {origin} does not apply to {resource}")]
    Json {
        /// Where the patch comes from.
        origin: Origin,
        /// Which resource.
        resource: Box<ResId>,
        /// Why.
        #[source]
        source: Box<JsonPatchError>,
    },
    /// The resource is not shaped as an object is.
    #[error("patch {origin}: the resource {resource} is not shaped as an object")]
    Shape {
        /// Where the patch comes from.
        origin: Origin,
        /// Which resource.
        resource: Box<ResId>,
        /// What is wrong.
        #[source]
        source: Box<NodeError>,
    },
    /// Very many objects are for large resources.
    #[error("the patch {0} is too much: merging its objects takes more than {1} looks at values")]
    TooMuch(Origin, usize),
    /// Two resources are the same now.
    #[error("after the patch {origin}")]
    Ids {
        /// Where the patch comes from.
        origin: Origin,
        /// Which ones.
        #[source]
        source: Box<ResMapError>,
    },
}
