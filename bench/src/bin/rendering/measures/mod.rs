//! What is measured.

pub mod charts;
pub mod monorepo;
pub mod overlays;
pub mod yaml;
