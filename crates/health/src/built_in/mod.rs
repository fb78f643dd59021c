//! The checks that are built in, one file a kind.
//!
//! Comes in: a kind. Goes out: its check. A check is found by group and kind; one that knows only
//! some versions refuses the others itself, and says so.

mod api_service;
mod daemon_set;
mod deployment;
mod horizontal_pod_autoscaler;
mod ingress;
mod job;
mod persistent_volume_claim;
mod pod;
mod replica_set;
mod service;
mod stateful_set;
mod workflow;

use crate::error::Unassessable;
use crate::fields::Malformed;
use crate::gvk::Gvk;
use crate::status::Health;
use serde_json::Value;

/// Judges an object of the kind it was found for.
pub type Check = fn(&Value, Gvk<'_>) -> Result<Health, Unassessable>;

/// The check for a kind.
pub fn check_for(gvk: Gvk<'_>) -> Option<Check> {
    Some(match (gvk.group, gvk.kind) {
        ("apps", "Deployment") => |o, gvk| only("Deployment", &["v1"], gvk, o, deployment::check),
        ("apps", "StatefulSet") => {
            |o, gvk| only("StatefulSet", &["v1"], gvk, o, stateful_set::check)
        }
        ("apps", "ReplicaSet") => |o, gvk| only("ReplicaSet", &["v1"], gvk, o, replica_set::check),
        ("apps", "DaemonSet") => |o, gvk| only("DaemonSet", &["v1"], gvk, o, daemon_set::check),
        ("", "Service") => |o, gvk| only("Service", &["v1"], gvk, o, service::check),
        ("", "PersistentVolumeClaim") => |o, gvk| {
            only(
                "PersistentVolumeClaim",
                &["v1"],
                gvk,
                o,
                persistent_volume_claim::check,
            )
        },
        ("", "Pod") => |o, gvk| only("Pod", &["v1"], gvk, o, pod::check),
        ("batch", "Job") => |o, gvk| only("Job", &["v1"], gvk, o, job::check),
        ("apiregistration.k8s.io", "APIService") => {
            |o, gvk| only("APIService", &["v1", "v1beta1"], gvk, o, api_service::check)
        }
        ("autoscaling", "HorizontalPodAutoscaler") => horizontal_pod_autoscaler::check,
        ("networking.k8s.io" | "extensions", "Ingress") => |o, _| Ok(ingress::check(o)),
        ("argoproj.io", "Workflow") => |o, _| Ok(workflow::check(o)),
        _ => return None,
    })
}

/// A check of some versions of a kind.
fn only(
    kind: &'static str,
    versions: &[&str],
    gvk: Gvk<'_>,
    object: &Value,
    check: fn(&Value) -> Result<Health, Malformed>,
) -> Result<Health, Unassessable> {
    if !versions.contains(&gvk.version) {
        return Err(Unassessable::Unsupported {
            kind,
            gvk: gvk.to_string(),
        });
    }
    check(object).map_err(|source| Unassessable::Malformed { kind, source })
}
