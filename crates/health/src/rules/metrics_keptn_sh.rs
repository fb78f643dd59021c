//! Keptn: metrics and what they say.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Analysis" => analysis,
        "KeptnMetric" => metric,
        _ => return None,
    }))
}

fn analysis(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let pass = status.get("pass")?;
    if pass == Field::Flag(true) {
        Healthy.says("Analysis is healthy")
    } else if status.get("warning")? == Field::Flag(true) {
        Healthy.says("Analysis is healthy with warnings")
    } else if pass == Field::Flag(false) {
        Degraded.says("Analysis is degraded")
    } else {
        Progressing.says("Analysis is progressing")
    }
}

fn metric(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.get("errMsg")?.if_unset("").is("") {
        Degraded.says("KeptnMetric is degraded")
    } else if status.get("value")?.is_set() {
        Healthy.says("KeptnMetric is healthy")
    } else {
        Progressing.says("KeptnMetric is progressing")
    }
}
