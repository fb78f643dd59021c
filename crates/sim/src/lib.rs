//! A world in memory for the engine to live in: cluster, Git and clock, all seeded.
//!
//! Comes in: a scenario in text, or a seed. Goes out: what the engine did with it, and the first
//! invariant it broke, if any, as a scenario that replays it. The engine is the one that
//! `caretaker run` drives; only the world is made up.

mod cluster;
mod git;
mod invariants;
mod scenario;
mod schedule;
mod scopes;
mod seed;
mod world;

pub use cluster::{
    Cluster, Deletion, Effect, Happened, Kind, Kinds, Patch, Quota, Reason, Refusal, Rule, Told,
    Watched, Write, Written, key,
};
pub use git::Git;
pub use invariants::Violation;
pub use scenario::{ScenarioError, run_scenario};
pub use schedule::run_schedule;
pub use seed::Seed;
pub use world::{Fault, World};
