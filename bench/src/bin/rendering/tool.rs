//! A program that builds kustomizations, and how long a build takes from start to end of the process.

use crate::kept::Kept;
use crate::shortest::timed;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// The program, and what stands between its name and the folder.
pub struct Tool {
    program: PathBuf,
    lead: &'static [&'static str],
    build: &'static [&'static str],
}

impl Tool {
    /// The real kustomize.
    pub fn kustomize(program: PathBuf) -> Self {
        Self {
            program,
            lead: &[],
            build: &["build"],
        }
    }

    /// Caretaker in its place.
    pub fn caretaker(program: PathBuf) -> Self {
        Self {
            program,
            lead: &["kustomize"],
            build: &["build", "--offline"],
        }
    }

    /// Builds a folder; the text if it succeeded.
    pub fn build(&self, kept: &Kept) -> Result<(Duration, Option<Vec<u8>>)> {
        let (took, output) = self.run(self.build, &kept.flags, Some(&kept.path()))?;
        Ok((took, output.status.success().then_some(output.stdout)))
    }

    /// Says its version, which is no work at all: what a start of the program costs.
    pub fn start(&self) -> Result<Duration> {
        Ok(self.run(&["version"], &[], None)?.0)
    }

    fn run(
        &self,
        action: &[&str],
        flags: &[String],
        folder: Option<&Path>,
    ) -> Result<(Duration, Output)> {
        let mut command = Command::new(&self.program);
        command.args(self.lead).args(action).args(flags);
        command.args(folder).stdin(Stdio::null());
        without_network(&mut command);
        let (took, output) = timed(|| command.output());
        let output = output.with_context(|| format!("{command:?} cannot be started"))?;
        Ok((took, output))
    }
}

/// Nothing is fetched: what does not lie on disk is an error of both programs.
fn without_network(command: &mut Command) {
    command.env_clear().env("PATH", "/nonexistent");
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY"] {
        command.env(proxy, "http://127.0.0.1:9");
    }
}
