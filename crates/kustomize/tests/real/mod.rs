//! The real kustomize, as a judge.
//!
//! Comes in: a folder on disk and flags. Goes out: what the program prints, or what it complains of.
//! It is taken from the folder that `CARETAKER_TESTBED_BIN` names; it can reach no network.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program.
pub struct Kustomize(PathBuf);

impl Kustomize {
    /// Finds it.
    pub fn find() -> Option<Self> {
        let bin = std::env::var_os("CARETAKER_TESTBED_BIN")?;
        let program = PathBuf::from(bin).join("kustomize");
        program.is_file().then_some(Self(program))
    }

    /// Builds a folder: the text, or the complaint.
    pub fn build<'a>(
        &self,
        flags: impl IntoIterator<Item = &'a str>,
        folder: &Path,
    ) -> Result<String, String> {
        let mut command = Command::new(&self.0);
        command.arg("build").args(flags).arg(folder);
        command.env_clear().env("PATH", "/nonexistent");
        command
            .env("HTTPS_PROXY", "http://127.0.0.1:9")
            .env("HTTP_PROXY", "http://127.0.0.1:9");
        let output = command.output().expect("the real kustomize runs");
        match output.status.success() {
            true => Ok(String::from_utf8(output.stdout).expect("it prints UTF-8")),
            false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        }
    }
}
