//! The real kubectl against a control plane.
//!
//! In: arguments and perhaps a text for stdin. Out: what it printed, or its complaint. The caller's own kubectl settings
//! and caches play no part.

use crate::{ControlPlane, program};
use std::io::{Seek, Write};
use std::path::Path;
use std::process::{Command, Stdio};

impl ControlPlane {
    /// Runs kubectl as `admin`. The error is kubectl's stderr.
    pub fn kubectl(&self, args: &[&str]) -> Result<String, String> {
        run(self.kubectl_command(&self.kubeconfig()).args(args), None)
    }

    /// As [`ControlPlane::kubectl`], with a text on stdin, such as manifests for `apply -f -`.
    pub fn kubectl_stdin(&self, args: &[&str], stdin: &str) -> Result<String, String> {
        run(
            self.kubectl_command(&self.kubeconfig()).args(args),
            Some(stdin),
        )
    }

    /// A kubectl that uses this kubeconfig, to be given arguments and run.
    ///
    /// # Panics
    /// If the testbed's programs cannot be built.
    pub fn kubectl_command(&self, kubeconfig: &Path) -> Command {
        let mut command = Command::new(program("kubectl"));
        command
            .env("KUBECONFIG", kubeconfig)
            .env("KUBECACHEDIR", self.dir().join("home/kubectl-cache"))
            .env("KUBERC", "off")
            .env("HOME", self.dir().join("home"));
        command
    }
}

fn run(command: &mut Command, stdin: Option<&str>) -> Result<String, String> {
    let failed = |error: std::io::Error| format!("cannot run {command:?}: {error}");
    let input = match stdin {
        None => Stdio::null(),
        // A file, so that neither side waits for the other however long the text is.
        Some(text) => tempfile::tempfile()
            .and_then(|mut file| {
                file.write_all(text.as_bytes())?;
                file.rewind()?;
                Ok(file.into())
            })
            .map_err(failed)?,
    };
    let output = command
        .stdin(input)
        .output()
        .map_err(|error| format!("cannot run kubectl: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr)
            .trim_end()
            .to_owned())
    }
}
