//! Live state, reduced.
//!
//! Comes in: what a watch saw, already compared and judged where the event arrived. Goes out: an
//! index of small [`Record`]s by object and by app. The objects themselves are not kept: a record
//! is a few hundred bytes whatever the object's size.

mod inventory;
mod record;

pub use inventory::Inventory;
pub use record::{Health, Judgement, LiveHook, Record, Verdict, Wishes};
