//! Values that should be manifests.
//!
//! In: what a renderer made. Out: manifests, lists taken apart, or what they lack.

mod check;
mod unroll;

pub(crate) use check::manifest;
pub(crate) use unroll::unroll;
