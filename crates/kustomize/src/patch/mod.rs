//! Patches.
//!
//! Comes in: resources, and patches as a kustomization has them: in files or written out, strategic
//! merges or JSON patches, for one resource or for all that a selector fits. Goes out: the resources
//! with the patches in them. Source: Kustomize 5.8.1, api/internal/builtins (PatchTransformer,
//! PatchStrategicMergeTransformer, PatchJson6902Transformer).

mod apply;
mod error;
pub mod json6902;
mod near;
mod origin;
mod resource;
pub mod strategic;
mod targets;
#[cfg(test)]
mod tests;
mod text;

pub use apply::{apply_json6902, apply_patch, apply_strategic_merge};
pub use error::PatchError;
pub use origin::Origin;

/// How deep a patch may make an object: as deep as a text may be.
const DEEPEST: usize = 512;
