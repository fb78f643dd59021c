//! Humio: clusters, and what is set up in them.

use super::by_phase::{ByPhase, phases};
use super::check::Check;
use super::field::Field;
use super::says::Says::{MessageIfSet, Text};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Missing, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "HumioCluster" => Check::Code(cluster),
        "HumioAction" | "HumioAlert" | "HumioIngestToken" | "HumioParser" | "HumioRepository"
        | "HumioView" => Check::Phases(COMPONENT),
        _ => return None,
    })
}

const IN_PROGRESS: &str = "Update in progress";

const COMPONENT: ByPhase = phases(
    "status.state",
    &[
        ("Exists", Healthy, Text("Component state: Exists.")),
        ("NotFound", Missing, Text("Component state: NotFound.")),
        (
            "ConfigError",
            Degraded,
            Text("Component state: ConfigError."),
        ),
        ("Unknown", Unknown, Text("Component state: Unknown.")),
    ],
    Progressing,
    IN_PROGRESS,
);

/// A cluster without a status is of unknown health.
fn cluster(cluster: Field<'_>) -> Verdict {
    cluster.get("status")?.get("message")?;
    CLUSTER.judge(cluster)
}

const CLUSTER: ByPhase = phases(
    "status.state",
    &[
        (
            "Running",
            Healthy,
            MessageIfSet("Cluster is in a healthy running state"),
        ),
        (
            "Restarting",
            Progressing,
            MessageIfSet("Cluster pods are being restarted"),
        ),
        (
            "Upgrading",
            Progressing,
            MessageIfSet("Cluster pods are being upgraded"),
        ),
        (
            "ConfigError",
            Degraded,
            MessageIfSet("User-provided cluster specification resulted in a configuration error"),
        ),
        (
            "Pending",
            Progressing,
            MessageIfSet("Cluster is waiting on resources to be provisioned"),
        ),
        (
            "Unknown",
            Unknown,
            MessageIfSet("Component state: Unknown."),
        ),
    ],
    Progressing,
    IN_PROGRESS,
);
