//! What Caretaker costs and how quick it is, beside what the same control plane bears without it.
//!
//! Comes in: how many apps, and which measures. Goes out: a table for people and a JSON file for
//! comparing runs. Every figure of ours stands beside a bare limit taken in the same run on the
//! same machine: seconds of one machine say little about another, ratios say more. It reports and
//! never judges by failing: only what could not be measured is an error.

mod applications;
mod apply;
mod arguments;
mod audit;
mod caretaker;
mod census;
mod course;
mod goals;
mod heading;
mod http;
mod in_flight;
mod kinds;
mod measures;
mod monorepo;
mod objects;
mod patience;
mod peers;
mod scene;
mod sightings;
mod stop_signal;
mod webhook;

use anyhow::{Result, bail, ensure};
use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match measure(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: &Arguments) -> Result<()> {
    let report = tokio::select! {
        report = course::run(arguments) => report?,
        () = stop_signal::came() => bail!("stopped by a signal"),
    };
    print!("{}", report.table());
    if let Some(path) = &arguments.json {
        report.write(path)?;
        println!("kept in {}", path.display());
    }
    ensure!(report.is_complete(), "not all could be measured");
    Ok(())
}
