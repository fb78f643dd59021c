//! What is measured.

pub mod monorepo;
pub mod overlays;
pub mod yaml;
