//! The command line: how much to measure, what of it, and where Caretaker is.

use anyhow::{Result, ensure};
use bench::built_program;
use clap::{Parser, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// Measures how quick Caretaker renders, beside the programs it stands in for.
#[derive(Parser, Clone, Debug)]
pub struct Arguments {
    /// Times each program builds each kept overlay and renders each kept chart.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// Times each of them is built in this process.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub builds: u32,
    /// Overlays of the monorepo.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(10..))]
    pub overlays: u32,
    /// Times the monorepo is rendered, and the manifests are read and written.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Only these measures.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub only: Vec<Part>,
    /// Keep the results as JSON in this file.
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
    /// Small overlays, by a command and in this process.
    Overlays,
    /// Public charts, by a command and in this process.
    Charts,
    /// Many overlays over few bases.
    Monorepo,
    /// Reading and writing YAML.
    Yaml,
}

impl Arguments {
    /// Whether a measure was asked for.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// The program to measure.
    pub fn program(&self) -> Result<PathBuf> {
        let program = match &self.caretaker {
            Some(program) => std::path::absolute(program)?,
            None => built_program::build()?,
        };
        let shown = program.display();
        ensure!(program.is_file(), "there is no program {shown}");
        Ok(program)
    }
}
