//! Live state, reduced.
//!
//! Comes in: what a watch saw, already compared and judged where the event arrived. Goes out: an
//! index of small [`Record`]s by object and by app. The objects themselves are not kept: a record
//! is a few hundred bytes whatever the object's size.
//!
//! Beside it stands the resource [`tree`], built anew for whoever asks for one.

mod images;
mod inventory;
mod record;
pub mod tree;

pub use images::images;
pub use inventory::Inventory;
pub use record::{Health, Judgement, LiveHook, Record, Verdict, Wishes};
