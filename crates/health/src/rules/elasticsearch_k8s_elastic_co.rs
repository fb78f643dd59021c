//! Elastic: Elasticsearch clusters. Nodes are counted first; then phase and colour count.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Elasticsearch").then_some(Check::Code(cluster))
}

fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() && status.get("availableNodes")?.is_set() {
        let available = status.get("availableNodes")?;
        let wanted = Field::Number(wanted_nodes(object)?);
        if available.is_less_than(wanted)? {
            return Progressing.says_all(&[
                "The desired amount of availableNodes is ".into(),
                wanted,
                " but the current amount is ".into(),
                available,
            ]);
        }
        if available == wanted
            && let Some(health) = by_phase(status.get("phase")?, status.get("health")?)?
        {
            return Ok(Some(health));
        }
    }
    Unknown.says(
        "Elasticsearch Cluster status is unknown. Ensure your ArgoCD is current and then \
         check for/file a bug report: https://github.com/argoproj/argo-cd/issues",
    )
}

fn wanted_nodes(object: Field<'_>) -> Result<f64, Stumble> {
    let mut sum = 0.0;
    for set in object.get("spec")?.get("nodeSets")?.values()? {
        sum += set.get("count")?.number()?;
    }
    Ok(sum)
}

fn by_phase(phase: Field<'_>, health: Field<'_>) -> Verdict {
    if !health.is_set() {
        return Ok(None);
    }
    match (phase, health) {
        (Field::Text("Ready"), Field::Text("green")) => {
            Healthy.says("Elasticsearch Cluster status is Green")
        }
        (Field::Text("Ready"), Field::Text("yellow")) => Progressing.says(
            "Elasticsearch Cluster status is Yellow. Check the status of indices, replicas and shards",
        ),
        (Field::Text("Ready"), Field::Text("red")) => Degraded.says(
            "Elasticsearch Cluster status is Red. Check the status of indices, replicas and shards",
        ),
        (Field::Text("ApplyingChanges" | "MigratingData"), _) => {
            Progressing.says_all(&["Elasticsearch phase is ".into(), phase])
        }
        (Field::Text("Invalid"), _) => Degraded.says("Elasticsearch phase is Invalid"),
        _ => Ok(None),
    }
}
