//! Small programs in Go that time what upstream's libraries do, built for a run.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::Command;

/// Builds the program in a folder of this crate.
pub fn build(name: &str, program: &Path) -> Result<()> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut go = Command::new("go");
    go.current_dir(sources).arg("build").arg("-o").arg(program);
    go.arg(".").env("GOFLAGS", "-mod=mod").env("GOWORK", "off");
    let output = go
        .output()
        .context("go cannot be started; install Go 1.26 or newer")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{name} cannot be built: {complaint}"
    );
    Ok(())
}
