//! The crate against a real control plane, a file per subject.

mod apply;
mod delete;
mod discover;
mod election;
mod events;
mod idle;
mod migrate;
mod restart;
mod scene;
mod watch;
