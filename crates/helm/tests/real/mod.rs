//! The real helm, as a judge.
//!
//! Comes in: the words of a command and a folder to run it in. Goes out: what the program prints.
//! It is taken from the folder that `CARETAKER_TESTBED_BIN` names; it has no cluster and no network.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program.
pub struct Helm {
    program: PathBuf,
    home: PathBuf,
}

/// What it printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Ran {
    pub exit: i64,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Helm {
    /// Finds it.
    pub fn find() -> Option<Self> {
        let bin = std::env::var_os("CARETAKER_TESTBED_BIN")?;
        let program = PathBuf::from(bin).join("helm");
        let home = std::env::temp_dir().join(format!("caretaker-helm-{}", std::process::id()));
        program.is_file().then_some(Self { program, home })
    }

    /// Runs it.
    pub fn run(&self, words: &[String], folder: &Path) -> Ran {
        let mut command = Command::new(&self.program);
        command.args(words).current_dir(folder).env_clear();
        for (name, value) in [
            ("PATH", "/nonexistent"),
            ("TZ", "UTC"),
            ("LANG", "C.UTF-8"),
            ("KUBECONFIG", "/dev/null"),
            ("HTTPS_PROXY", "http://127.0.0.1:9"),
            ("HTTP_PROXY", "http://127.0.0.1:9"),
        ] {
            command.env(name, value);
        }
        command.env("HOME", &self.home);
        let output = command.output().expect("the real helm runs");
        Ran {
            exit: output.status.code().map_or(-1, i64::from),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
