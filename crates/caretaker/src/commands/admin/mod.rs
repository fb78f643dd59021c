//! `caretaker admin`: what the engine makes of objects and settings, without a cluster.

mod action;
mod health;
mod input;

use crate::failure::Outcome;
use crate::screen::Screen;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Health(health::Args),
    Actions(action::ListArgs),
    Action(action::Args),
}

impl Command {
    /// Runs it.
    pub fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::Health(args) => health::run(&args, screen),
            Self::Actions(args) => action::list(&args, screen),
            Self::Action(args) => action::run(&args, screen),
        }
    }
}
