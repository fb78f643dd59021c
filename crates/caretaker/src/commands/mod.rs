//! One file per verb: its arguments with their help, then what it does.

mod app;
mod crds;
mod document;
mod known_kinds;
mod kustomize;
mod render;
mod run;

use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// What to do. What each is about, its arguments say.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Run(run::Args),
    Crds(crds::Args),
    Render(render::Args),
    /// Build kustomizations, as the kustomize command does
    #[command(subcommand, disable_help_subcommand = true)]
    Kustomize(kustomize::Command),
    /// See and sync Applications
    #[command(subcommand, disable_help_subcommand = true, after_help = exit_code::HELP)]
    App(app::Command),
}

impl Command {
    /// Runs it; the answer is the exit code.
    pub async fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::Run(args) => run::run(args).await,
            Self::Crds(args) => crds::run(args, screen),
            Self::Render(args) => render::run(args, screen),
            Self::Kustomize(command) => command.run(screen),
            Self::App(command) => command.run(screen).await,
        }
    }

    /// Whether it is the long-running one, whose log is its output.
    pub fn is_service(&self) -> bool {
        matches!(self, Self::Run(_))
    }

    /// Whether its log lines are to be JSON.
    pub fn logs_json(&self) -> bool {
        matches!(self, Self::Run(args) if args.logs_json())
    }
}
