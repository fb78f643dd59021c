//! The binary, run with arguments, and what came of it.

use std::path::Path;
use std::process::{Command, Stdio};

/// What came of a run.
#[derive(Debug)]
pub struct Output {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The binary with nothing of the caller's own settings.
pub fn command(kubeconfig: Option<&Path>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_caretaker"));
    for name in [
        "RUST_LOG",
        "NO_COLOR",
        "COLUMNS",
        "KUBECONFIG",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    command.env("HOME", "/nowhere").stdin(Stdio::null());
    if let Some(kubeconfig) = kubeconfig {
        command.env("KUBECONFIG", kubeconfig);
    }
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Output {
    let output = command.output().expect("the binary can be run");
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("errors are UTF-8"),
    }
}

/// Runs it without a cluster.
pub fn offline(args: &[&str]) -> Output {
    run(command(None).args(args))
}
