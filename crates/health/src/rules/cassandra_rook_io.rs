//! Rook: Cassandra clusters, healthy once every rack has all its members.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Cluster").then_some(Check::Code(cluster))
}

fn cluster(object: Field<'_>) -> Verdict {
    let racks = object.find("status.racks")?;
    match racks.is_set() && are_all_ready(racks)? {
        true => Healthy.says(""),
        false => Progressing.says("Waiting for Cassandra Cluster"),
    }
}

fn are_all_ready(racks: Field<'_>) -> Result<bool, Stumble> {
    for rack in racks.values()? {
        let (members, ready) = (rack.get("members")?, rack.get("readyMembers")?);
        if members.is_set() && ready.is_set() && members != ready {
            return Ok(false);
        }
    }
    Ok(true)
}
