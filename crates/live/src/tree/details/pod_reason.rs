//! The status that kubectl shows of a Pod, and how many of its containers are ready.
//!
//! Source: Argo CD 3.5: controller/cache/info.go (populatePodInfo), after kubectl's printer.

use super::{list, text};
use serde_json::Value;

/// How far a Pod is.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Progress {
    pub reason: String,
    pub ready: usize,
    /// Containers and sidecars.
    pub total: usize,
    pub restarts: i64,
}

pub(super) fn progress(pod: &Value) -> Progress {
    let sidecars = list(pod, "/spec/initContainers").filter(|init| is_sidecar(init));
    let mut progress = Progress {
        reason: first_reason(pod),
        ready: 0,
        total: list(pod, "/spec/containers").count() + sidecars.count(),
        restarts: 0,
    };
    let initializing = initialize(pod, &mut progress);
    if !initializing || condition(pod, "Initialized") == Some("True") {
        run(pod, &mut progress);
    }
    if pod
        .pointer("/metadata/deletionTimestamp")
        .is_some_and(|at| !at.is_null())
    {
        if text(pod, "/status/reason") == "NodeLost" {
            progress.reason = "Unknown".to_owned();
        } else if !is_over(pod) {
            progress.reason = "Terminating".to_owned();
        }
    }
    progress
}

/// Has it succeeded or failed for good?
pub(super) fn is_over(pod: &Value) -> bool {
    matches!(text(pod, "/status/phase"), "Succeeded" | "Failed")
}

fn first_reason(pod: &Value) -> String {
    let gated = list(pod, "/status/conditions").any(|condition| {
        text(condition, "/type") == "PodScheduled"
            && text(condition, "/reason") == "SchedulingGated"
    });
    let reason = match (gated, text(pod, "/status/reason")) {
        (true, _) => "SchedulingGated",
        (false, "") => text(pod, "/status/phase"),
        (false, reason) => reason,
    };
    reason.to_owned()
}

fn condition<'a>(pod: &'a Value, kind: &str) -> Option<&'a str> {
    let mut conditions = list(pod, "/status/conditions");
    let found = conditions.find(|condition| text(condition, "/type") == kind)?;
    Some(text(found, "/status"))
}

fn is_sidecar(container: &Value) -> bool {
    text(container, "/restartPolicy") == "Always"
}

/// Goes through the init containers up to the first that is not done; says whether there is one.
fn initialize(pod: &Value, progress: &mut Progress) -> bool {
    for (at, status) in list(pod, "/status/initContainerStatuses").enumerate() {
        progress.restarts = progress.restarts.saturating_add(restarts(status));
        let name = text(status, "/name");
        let mut containers = list(pod, "/spec/initContainers");
        let sidecar = containers.any(|init| text(init, "/name") == name && is_sidecar(init));
        let ended = status
            .pointer("/state/terminated")
            .filter(|ended| ended.is_object());
        if ended.is_some_and(|ended| number(ended, "exitCode") == 0) {
            continue;
        }
        if sidecar && status["started"] == true {
            progress.ready += usize::from(status["ready"] == true);
            continue;
        }
        let waiting = text(status, "/state/waiting/reason");
        progress.reason = match ended {
            Some(ended) => format!("Init:{}", how_it_ended(ended)),
            None if !waiting.is_empty() && waiting != "PodInitializing" => {
                format!("Init:{waiting}")
            }
            None => format!("Init:{at}/{}", list(pod, "/spec/initContainers").count()),
        };
        return true;
    }
    false
}

/// Goes through the containers from the last, so that what the first says stays.
fn run(pod: &Value, progress: &mut Progress) {
    let mut running = false;
    let statuses: Vec<&Value> = list(pod, "/status/containerStatuses").collect();
    for status in statuses.into_iter().rev() {
        progress.restarts = progress.restarts.saturating_add(restarts(status));
        let state = |name: &str| status["state"].get(name).filter(|state| state.is_object());
        let waiting = text(status, "/state/waiting/reason");
        if !waiting.is_empty() {
            progress.reason = waiting.to_owned();
        } else if let Some(ended) = state("terminated") {
            progress.reason = how_it_ended(ended);
        } else if status["ready"] == true && state("running").is_some() {
            running = true;
            progress.ready += 1;
        }
    }
    if progress.reason == "Completed" && running {
        progress.reason = "Running".to_owned();
    }
}

fn how_it_ended(ended: &Value) -> String {
    match (text(ended, "/reason"), number(ended, "signal")) {
        ("", 0) => format!("ExitCode:{}", number(ended, "exitCode")),
        ("", signal) => format!("Signal:{signal}"),
        (reason, _) => reason.to_owned(),
    }
}

fn restarts(status: &Value) -> i64 {
    number(status, "restartCount")
}

fn number(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_default()
}
