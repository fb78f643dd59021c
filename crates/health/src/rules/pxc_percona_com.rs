//! Percona: MySQL.

use super::check::Check;
use super::field::{Field, Stumble, joined, listed};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "PerconaXtraDBCluster").then_some(Check::Code(cluster))
}

fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    match object.find("status.state")? {
        Field::Text("initializing") => Progressing.says(nodes(status)?.as_str()),
        Field::Text("ready") => Healthy.says(nodes(status)?.as_str()),
        Field::Text("paused") => Unknown.says("Cluster is paused"),
        Field::Text("stopping") => {
            let nodes = nodes(status)?;
            Ok(Some(
                Degraded.because(format!("Cluster is stopping ({nodes})")),
            ))
        }
        Field::Text("error") => {
            let errors = listed(status.get("message")?.items()?)?;
            Ok(Some(
                Degraded.because(format!("Cluster is on error: {errors}")),
            ))
        }
        // The advice is part of the message that Argo CD gives.
        _ => Unknown.says(
            "Cluster status is unknown. Ensure your ArgoCD is current and then check for/file a \
             bug report: https://github.com/argoproj/argo-cd/issues",
        ),
    }
}

fn nodes(status: Field<'_>) -> Result<String, Stumble> {
    let [ready, size] = [status.get("ready")?, status.get("size")?];
    joined(&[ready, "/".into(), size, " node(s) are ready".into()])
}
