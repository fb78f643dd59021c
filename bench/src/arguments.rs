//! The command line: how much to measure, what of it, and where Caretaker is.

use anyhow::{Result, ensure};
use bench::built_program;
use clap::{Parser, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// Measures Caretaker against what its control plane can bear, in one run.
#[derive(Parser, Clone, Debug)]
pub struct Arguments {
    /// Apps of the first sync.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    pub apps: u32,
    /// Objects of each app: five of other kinds, the rest are ConfigMaps.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(6..))]
    pub objects: u32,
    /// Seconds of the window at rest.
    #[arg(long, default_value_t = 300)]
    pub idle: u64,
    /// Apps of the sync that is killed; three tenths of --apps if not said.
    #[arg(long)]
    pub kill_apps: Option<u32>,
    /// Only these measures (and the first sync, which all but the bare limit stand on).
    #[arg(long, value_enum, value_delimiter = ',')]
    pub only: Vec<Part>,
    /// Keep the results as JSON in this file, and Caretaker's log beside it.
    #[arg(long)]
    pub json: Option<PathBuf>,
    /// The program to measure; otherwise it is built from this tree.
    #[arg(long)]
    pub caretaker: Option<PathBuf>,
}

/// A measure that can be asked for.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What the control plane bears without Caretaker.
    Bare,
    /// All apps, from creation to Synced and Healthy.
    FirstSync,
    /// Somebody changes an object: until it is set back.
    Heal,
    /// Nothing happens.
    Rest,
    /// One file of one app is pushed: until the object has changed.
    Push,
    /// SIGKILL in the middle of a sync: until all is done.
    Kill,
}

impl Arguments {
    /// Whether a measure was asked for.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// Whether anything but the bare limit was asked for.
    pub fn wants_caretaker(&self) -> bool {
        self.only.iter().any(|part| *part != Part::Bare) || self.only.is_empty()
    }

    /// Apps of the sync that is killed.
    pub fn killed_apps(&self) -> u32 {
        self.kill_apps.unwrap_or(self.apps * 3 / 10).max(2)
    }

    /// Where Caretaker's log is kept.
    pub fn log(&self) -> Option<PathBuf> {
        self.json.as_ref().map(|json| json.with_extension("log"))
    }

    /// The program to measure.
    pub fn program(&self) -> Result<PathBuf> {
        let program = match &self.caretaker {
            Some(program) => program.clone(),
            None => built_program::build()?,
        };
        ensure!(
            program.is_file(),
            "there is no program {}",
            program.display()
        );
        Ok(program)
    }
}
