//! The command line as a person meets it: the real binary, its whole output, its exit codes.

mod admin;
mod caretaker;
mod chart_sources;
mod diff;
mod drift;
mod get;
mod golden;
mod helm;
mod help;
mod kustomize;
mod list;
mod offline;
mod scene;
mod sync;
mod tree;
mod wait;
