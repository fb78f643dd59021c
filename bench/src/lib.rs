//! What both benchmarks share: figures with their goals, and how they are told.
//!
//! Comes in: times, counts and what bounds them. Goes out: a table for people and JSON for machines,
//! and how busy the machine was meanwhile. `main.rs` measures Caretaker on a control plane,
//! `bin/rendering` what it renders.

pub mod built_program;
pub mod fast_folder;
pub mod goal;
pub mod processes;
pub mod progress;
pub mod quantiles;
pub mod report;
pub mod row;
pub mod table;
pub mod window;
