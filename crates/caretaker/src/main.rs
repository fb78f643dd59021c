//! Caretaker: keeps Kubernetes clusters exactly as Git says.
//!
//! Comes in: a command line. Goes out: what it asked for, and an exit code that scripts can rely
//! on. `caretaker run` is the engine in the real world; the other verbs look at it from outside,
//! through the same custom resources, or work offline.

mod application;
mod applications;
mod capabilities;
mod charts;
mod clock;
mod commands;
mod compare_rules;
mod exit_code;
mod failure;
#[cfg(test)]
#[path = "../tests/cli/golden.rs"]
mod golden;
mod late_remotes;
mod near;
mod remotes;
mod run;
mod screen;
mod user_scripts;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use commands::Command;
use screen::{ColorChoice, Screen};

/// Keeps Kubernetes clusters exactly as Git says
#[derive(Debug, Parser)]
#[command(name = "caretaker", version, after_help = exit_code::HELP)]
#[command(max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    /// When to use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, display_order = 900)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    let screen = Screen::new(cli.color);
    begin_log(&cli.command, &screen);
    let code = cli.command.run(&screen).unwrap_or_else(|failure| {
        eprint!("{}", failure.text(&screen));
        failure.code()
    });
    ExitCode::from(code)
}

/// Tells what is wrong with the command line, or prints the help that was asked for. In the place of
/// the helm and kustomize commands every error ends with 1, as it does there.
fn refuse(error: &clap::Error) -> ExitCode {
    // Nobody is left to tell that telling failed.
    let _ = error.print();
    let in_place_of_another = std::env::args()
        .nth(1)
        .is_some_and(|arg| ["helm", "kustomize"].contains(&&*arg));
    match error.exit_code() {
        0 => ExitCode::SUCCESS,
        _ if in_place_of_another => ExitCode::from(exit_code::DIFFERS),
        _ => ExitCode::from(exit_code::USAGE),
    }
}

fn begin_log(command: &Command, screen: &Screen) {
    let asked_for = EnvFilter::try_from_default_env().ok();
    let usual = || command.is_service().then(|| EnvFilter::new("info"));
    let Some(filter) = asked_for.or_else(usual) else {
        return;
    };
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match command.logs_json() {
        true => log.json().init(),
        false => log.with_ansi(screen.errors().is_on()).init(),
    }
}
