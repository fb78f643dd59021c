//! `make demo`: Caretaker at work, on a real control plane that is private to this terminal.
//!
//! In: the program `caretaker` beside this one, the testbed's programs, and the files in `demo/`.
//! Out: a transcript of what was done to the cluster and to Git, and how long Caretaker took to
//! answer each time; then everything stays up to be played with. With `--check` it ends instead,
//! and the exit code says whether every step went well.

mod announce;
mod application;
mod caretaker;
mod farewell;
mod follow;
mod git_host;
mod http;
mod install;
mod interrupt;
mod kubectl;
mod server_clock;
mod stage;
mod steps;
mod transcript;
mod watcher;

use anyhow::{Result, anyhow};
use clap::{Parser, Subcommand};
use stage::Stage;
use std::panic::catch_unwind;
use std::process::ExitCode;
use transcript::Transcript;

/// Shows Caretaker at work on a private control plane.
#[derive(Parser)]
struct Arguments {
    /// End after the last step; the exit code says whether all went well.
    #[arg(long)]
    check: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// What the Git server runs after a push: tells Caretaker, as Git hosts do.
    #[command(hide = true)]
    Announce(announce::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.verb {
        Some(Verb::Announce(options)) => announce::announce(options),
        None => catch_unwind(|| demo(arguments.check)).unwrap_or_else(|_| Err(anyhow!("panicked"))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if interrupt::seen() => {
            println!("\nEnded. Nothing is left behind.");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn demo(check: bool) -> Result<()> {
    interrupt::listen()?;
    let transcript = Transcript::begin();
    let mut stage = Stage::build(&transcript)?;
    let played = steps::play(&mut stage, &transcript);
    if let Err(error) = played {
        if !interrupt::seen() {
            transcript.failed(&error);
            stage.explain(&transcript);
        }
        return Err(error.context("the demo stopped at a step that failed"));
    }
    transcript.summary(stage.caretaker.memory());
    if !check {
        farewell::print(&stage);
        follow::until_interrupted(&stage, &transcript);
        println!("\nEnded. Nothing is left behind.");
    }
    Ok(())
}
