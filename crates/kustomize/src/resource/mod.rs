//! Resources under way: objects that are read, patched, renamed and at last written.
//!
//! Comes in: documents. Goes out: [`Resource`]s, which remember what they were called before, in a
//! [`ResMap`], which keeps their order and lets no two of them be the same object.

mod build_annotations;
mod documents;
mod gvk;
mod label_selector;
mod object;
mod origin;
pub mod pattern;
mod place;
mod read;
mod res_id;
mod res_map;
mod select;
mod shared;

pub use build_annotations::BuildAnnotation;
pub use gvk::Gvk;
pub use label_selector::{LabelSelector, LabelSelectorError};
pub use object::{Behavior, Resource};
pub use origin::{Identifier, ORIGIN, Origin, OriginError, TRANSFORMATIONS, join};
pub use place::Place;
pub use read::{ReadResourcesError, Spot, read_objects, read_printed, read_resources};
pub use res_id::ResId;
pub use res_map::{Identity, KnownIds, Positions, ResMap, ResMapError};
pub use select::{SelectError, SelectorPattern};
pub use shared::SharedNodes;
