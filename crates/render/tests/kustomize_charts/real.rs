//! The real kustomize, which calls the real helm, as a judge.
//!
//! Comes in: a folder on disk and flags. Goes out: what it prints, or what it complains of. Both are
//! taken from the folder that `CARETAKER_TESTBED_BIN` names; they can reach no network.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs.
pub struct Kustomize {
    bin: PathBuf,
    home: tempfile::TempDir,
}

impl Kustomize {
    /// Finds them.
    pub fn find() -> Option<Self> {
        let bin = PathBuf::from(std::env::var_os("CARETAKER_TESTBED_BIN")?);
        let there = ["kustomize", "helm"]
            .iter()
            .all(|it| bin.join(it).is_file());
        there.then(|| Self {
            bin,
            home: tempfile::tempdir().expect("a folder"),
        })
    }

    /// Builds a folder: the text, or the complaint.
    pub fn build(&self, flags: &str, folder: &Path) -> Result<String, String> {
        let mut command = Command::new(self.bin.join("kustomize"));
        command.arg("build").args(flags.split_whitespace());
        command
            .arg("--helm-command")
            .arg(self.bin.join("helm"))
            .arg(folder);
        command.env_clear().env("PATH", "/nonexistent");
        command.env("HOME", self.home.path()).env("TZ", "UTC");
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
