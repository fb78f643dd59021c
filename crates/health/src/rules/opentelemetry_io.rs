//! OpenTelemetry: collectors.

use super::check::Check;
use super::field::Field;
use super::number;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "OpenTelemetryCollector").then_some(Check::Code(collector))
}

fn collector(object: Field<'_>) -> Verdict {
    if !object.get("status")?.is_set() {
        return Progressing.says("Waiting for OpenTelemetry Collector status");
    }
    let replicas = object.find("status.scale.statusReplicas")?;
    if replicas.is_set() {
        return scaled(object, replicas);
    }
    if object.get("spec")?.get("mode")?.is("sidecar") {
        return Healthy.says("Collector is running in sidecar mode");
    }
    Progressing.says("Scale status not available")
}

/// `replicas` reads like `1/2`.
fn scaled(object: Field<'_>, replicas: Field<'_>) -> Verdict {
    let text = replicas.piece()?;
    let Some((ready, total)) = fraction(&text) else {
        return Progressing.says_all(&["Unable to parse replica status: ".into(), replicas]);
    };
    // Numbers too large to read are all the same.
    let [ready, total] = [ready, total].map(number::asked_for);
    if ready == Some(0.0) {
        return none_ready(object, total == Some(0.0));
    }
    if ready == total {
        return Healthy.says("All replicas are ready");
    }
    Progressing.says("Replicas are starting up")
}

/// A daemon set finds no node it may run on, which is no failure.
fn none_ready(object: Field<'_>, none_wanted: bool) -> Verdict {
    if object.find("spec.mode")?.is("daemonset") && none_wanted {
        return Healthy.says("DaemonSet has no eligible nodes (0/0)");
    }
    Degraded.says("No replicas are ready")
}

/// The digits on both sides of the first slash that has digits on both sides.
fn fraction(text: &str) -> Option<(&str, &str)> {
    text.match_indices('/').find_map(|(slash, _)| {
        let (before, after) = (&text[..slash], &text[slash + 1..]);
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let end = after.len() - rest.len();
        (start < before.len() && end > 0).then(|| (&before[start..], &after[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::fraction;

    #[test]
    fn a_fraction_is_found_in_any_text() {
        assert_eq!(fraction("1/2"), Some(("1", "2")));
        assert_eq!(fraction("about /3 or 10/20/30."), Some(("10", "20")));
        assert_eq!(fraction("1/ 2"), None);
        assert_eq!(fraction("/"), None);
    }
}
