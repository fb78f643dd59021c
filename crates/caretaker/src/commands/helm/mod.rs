//! `caretaker helm`: a stand-in for the `helm` command where it only reads charts.

mod chart_source;
mod dependency;
mod lint;
mod repository_list;
mod show;
mod template;
mod values_flags;
mod verification;

use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::screen::Screen;

/// The version whose output is matched.
const VERSION: &str = "v4.2.4";

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Template(Box<template::Args>),
    Lint(lint::Args),
    /// Show what a chart holds
    #[command(subcommand, disable_help_subcommand = true)]
    Show(show::Command),
    /// Look after the charts that a chart depends on
    #[command(subcommand, disable_help_subcommand = true)]
    Dependency(dependency::Command),
    /// Print the version of Helm whose output is matched
    Version,
}

impl Command {
    /// Runs it.
    pub fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::Template(args) => template::run(&args, screen),
            Self::Lint(args) => lint::run(&args, screen),
            Self::Show(command) => command.run(screen),
            Self::Dependency(command) => command.run(screen),
            Self::Version => {
                screen.print(&format!("{VERSION}\n"));
                Ok(exit_code::OK)
            }
        }
    }
}

/// Whatever fails, the real command ends with 1.
fn failed(error: impl Into<anyhow::Error>) -> Failure {
    Failure::from(error).with_code(exit_code::DIFFERS)
}
