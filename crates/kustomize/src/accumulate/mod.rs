//! Kustomizations, from the innermost to the outermost, made into one list of resources.
//!
//! Comes in: the loader of a folder. Goes out: the resources of its kustomization, generated, read
//! and transformed, with what the kustomization above needs to go on: the fields of transformers and
//! the variables. Each file here is one step on the way; [`Target::accumulate`] puts them in order.
//! Source: Kustomize 5.8.1, api/internal/target and api/internal/accumulator.

mod absorb;
mod accumulator;
mod fields;
mod folders;
mod generators;
mod known_versions;
mod plugins;
mod resources;
mod session;
mod target;
#[cfg(test)]
mod tests;
mod transformations;
mod transformers;
mod transforming;
mod validators;

pub(crate) use accumulator::Accumulator;
pub(crate) use session::{Schemas, Session};
pub(crate) use target::Target;
