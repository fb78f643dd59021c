//! One file per verb: its arguments with their help, then what it does.

mod admin;
mod app;
mod crds;
mod document;
mod helm;
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
    /// Render and show charts, as the helm command does
    #[command(subcommand, disable_help_subcommand = true)]
    Helm(helm::Command),
    /// Try health checks and actions out, without a cluster
    #[command(subcommand, disable_help_subcommand = true, after_help = exit_code::HELP)]
    Admin(admin::Command),
    /// See and sync Applications
    #[command(subcommand, disable_help_subcommand = true, after_help = exit_code::HELP)]
    App(app::Command),
}

impl Command {
    /// Runs it; the answer is the exit code.
    pub fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::Run(args) => in_runtime(run::run(args)),
            Self::Crds(args) => crds::run(args, screen),
            Self::Render(args) => render::run(args, screen),
            Self::Kustomize(command) => command.run(screen),
            Self::Helm(command) => command.run(screen),
            Self::Admin(command) => command.run(screen),
            Self::App(command) => in_runtime(command.run(screen)),
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

/// Commands that speak to a cluster wait for many things at once. To the others a runtime would only
/// be a slower start.
fn in_runtime(work: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let code = runtime.block_on(work);
    // What still blocks (a fetch nobody waits for) must not hold the process.
    runtime.shutdown_background();
    code
}
