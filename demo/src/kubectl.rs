//! The real kubectl, run for the audience.
//!
//! In: arguments. Out: the command in the transcript, and what it did to the cluster.

use crate::transcript::Transcript;
use anyhow::{Result, anyhow};
use testbed::ControlPlane;

/// Shows the command and runs it as the cluster's admin.
pub fn show(cluster: &ControlPlane, transcript: &Transcript, arguments: &[&str]) -> Result<String> {
    transcript.command(&format!("kubectl {}", arguments.join(" ")));
    quietly(cluster, arguments)
}

/// Runs it without a word.
pub fn quietly(cluster: &ControlPlane, arguments: &[&str]) -> Result<String> {
    let complaint = |said: String| anyhow!("kubectl {}: {said}", arguments.join(" "));
    cluster.kubectl(arguments).map_err(complaint)
}

/// `kubectl edit`, with `sed` in the editor's place.
pub fn edit(
    cluster: &ControlPlane,
    transcript: &Transcript,
    namespace: &str,
    object: &str,
    script: &str,
) -> Result<()> {
    let editor = format!("sed -i {script}");
    transcript.command(&format!(
        "KUBE_EDITOR='{editor}' kubectl edit -n {namespace} {object}"
    ));
    let mut command = cluster.kubectl_command(&cluster.kubeconfig());
    let command = command
        .args(["edit", "-n", namespace, object])
        .env("KUBE_EDITOR", editor);
    let output = command.output()?;
    if !output.status.success() {
        return Err(anyhow!(
            "kubectl edit: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(())
}
