//! Percona: MongoDB.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "PerconaServerMongoDB").then_some(Check::Code(cluster))
}

fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_set() {
        return Unknown.says("Cluster status is unknown");
    }
    let health = match status.get("state")? {
        Field::Text("initializing" | "stopping") => Progressing,
        Field::Text("ready") => Healthy,
        Field::Text("error") => Degraded,
        Field::Text("paused") => Suspended,
        _ => Unknown,
    };
    let [ready, size] = [status.get("ready")?, status.get("size")?];
    health.says_all(&[ready, "/".into(), size, " node(s) are ready".into()])
}
