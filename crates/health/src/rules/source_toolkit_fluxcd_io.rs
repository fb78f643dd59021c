//! Flux: where sources come from.

use super::check::Check;
use super::field::Field;
use super::flux::{Flux, READY, suspended};
use super::verdict::Verdict;
use crate::status::HealthStatus::Healthy;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Bucket" | "GitRepository" | "HelmChart" | "OCIRepository" => |object| SOURCE.judge(object),
        "HelmRepository" => helm_repository,
        _ => return None,
    }))
}

/// A source is there once it is stored; that it is outdated is worth a word.
const SOURCE: Flux = Flux {
    achievements: &["ArtifactInStorage"],
    enough: 2,
    remark: Some("ArtifactOutdated"),
    ..READY
};

fn helm_repository(object: Field<'_>) -> Verdict {
    let resting = suspended(object)?;
    if resting.is_some() {
        return Ok(resting);
    }
    if object.get("spec")?.get("type")?.is("oci") {
        return Healthy
            .says("Helm repositories of type 'oci' do not contain any information in the status.");
    }
    SOURCE.judge_status(object)
}
