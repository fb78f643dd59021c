//! What actions of many kinds have in common.
//!
//! Comes in: an object. Goes out: the same object changed, another one made of it, or what its
//! state is.

pub mod annotate;
pub mod create;
pub mod restart;
pub mod suspend;
