//! How quick Caretaker renders, beside the programs it stands in for.
//!
//! Comes in: how much to measure. Goes out: a table for people and a JSON file for comparing runs.
//! Every figure that another program has too is taken of both in one run, in turns, and the shortest
//! time of each counts: what others do on the machine only ever adds. No control plane is needed. It
//! reports and never judges by failing: only what could not be measured is an error.

mod arguments;
mod counted_tree;
mod course;
mod go_program;
mod goals;
mod heading;
mod in_process;
mod kept;
mod manifests;
mod measures;
mod monorepo;
mod shortest;
mod tool;
mod upstream_charts;
mod upstream_yaml;

use anyhow::{Result, ensure};
use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match measure(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(arguments: &Arguments) -> Result<()> {
    let report = course::run(arguments)?;
    print!("{}", report.table());
    if let Some(path) = &arguments.json {
        report.write(path)?;
        println!("kept in {}", path.display());
    }
    ensure!(report.is_complete(), "not all could be measured");
    Ok(())
}
