//! Caretaker as this tree has it: built in this program's own profile, so that no older one that lies
//! about is measured by mistake.

use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::Command;

/// Builds it, if it is not up to date, and says where it is.
pub fn build() -> Result<PathBuf> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", "--package", "caretaker"]);
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let status = cargo
        .status()
        .context("cargo cannot be started; name a program with --caretaker")?;
    ensure!(status.success(), "caretaker cannot be built ({status})");
    let own = std::env::current_exe().context("this program's own place is not known")?;
    Ok(own.with_file_name("caretaker"))
}
