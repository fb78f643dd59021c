//! `caretaker run` on a real control plane, with real Git over HTTP.
//!
//! Each test has a namespace of its own for its Applications and a Caretaker of its own; they share
//! one control plane, except where a test breaks parts of it. Application names are unique, since
//! the marks on objects name the Application.

mod bad_input;
mod built_in_kinds;
mod chart_server;
mod crash;
mod drift;
mod helm;
mod hooks;
mod kustomize;
mod scene;
mod sources;
mod team_manifest;
