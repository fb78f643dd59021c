//! Caretaker's installation, as `deploy/` describes it.
//!
//! In: an empty cluster. Out: one with Caretaker's kinds, namespace, settings, projects and rights,
//! and the secret of webhooks; and the kubeconfig of the ServiceAccount that those rights are for.

use crate::interrupt;
use crate::kubectl;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use testbed::ControlPlane;

/// Where everything of Caretaker's own is.
pub const NAMESPACE: &str = "argocd";

/// How long the cluster may take to know the new kinds.
const PATIENCE: Duration = Duration::from_secs(30);

/// Installs everything; `secret_file` is made, and holds the secret of webhooks.
pub fn install(cluster: &ControlPlane, secret_file: &Path) -> Result<()> {
    apply(cluster)?;
    let secret = std::fs::read_to_string("/proc/sys/kernel/random/uuid");
    std::fs::write(secret_file, secret.context("no random numbers")?.trim())?;
    let from = format!(
        "--from-file=webhook.github.secret={}",
        secret_file.display()
    );
    let create = [
        "create",
        "secret",
        "generic",
        "argocd-secret",
        "-n",
        NAMESPACE,
        &from,
    ];
    kubectl::quietly(cluster, &create).map(drop)
}

/// Applies until all is there and served: kubectl looks up every kind before it makes the first
/// object, so the project, whose kind comes along, needs a second go.
fn apply(cluster: &ControlPlane) -> Result<()> {
    let all = concat!(env!("CARGO_MANIFEST_DIR"), "/install");
    insistently(cluster, &["apply", "--server-side", "-k", all])?;
    insistently(
        cluster,
        &[
            "get",
            "applications,applicationsets,appprojects",
            "--all-namespaces",
        ],
    )
}

fn insistently(cluster: &ControlPlane, arguments: &[&str]) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let done = kubectl::quietly(cluster, arguments);
        if done.is_ok() || Instant::now() > deadline {
            return done.map(drop);
        }
        interrupt::check()?;
    }
}

/// The user that Caretaker is: its ServiceAccount.
pub fn user() -> String {
    format!("system:serviceaccount:{NAMESPACE}:caretaker")
}

/// The kubeconfig with which Caretaker runs: not the admin's.
pub fn kubeconfig(cluster: &ControlPlane) -> PathBuf {
    let group = format!("system:serviceaccounts:{NAMESPACE}");
    cluster.kubeconfig_for(&user(), &["system:serviceaccounts", &group])
}
