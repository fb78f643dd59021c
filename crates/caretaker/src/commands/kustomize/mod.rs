//! `caretaker kustomize`: a stand-in for the `kustomize` command.

mod build;
mod individual_files;
mod source;

use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// The version whose output is matched.
const VERSION: &str = "v5.8.1";

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Build(Box<build::Args>),
    /// Print the version of Kustomize whose output is matched
    Version,
}

impl Command {
    /// Runs it.
    pub fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::Build(args) => build::run(&args, screen),
            Self::Version => {
                screen.print(&format!("{VERSION}\n"));
                Ok(exit_code::OK)
            }
        }
    }
}
