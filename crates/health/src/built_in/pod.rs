//! Pods: healthy once ready, or once done.
//!
//! Comes in: a Pod. Goes out: what its phase and its containers mean. A pod that always restarts
//! is a server: it is judged by being ready, and a container that cannot start makes it degraded.
//! A pod with an end of its own is a task: while it runs it progresses, and a container that
//! cannot start yet is waited for, or a hook would be failed before it had a chance. An annotation
//! makes a task be judged as a server, unless it is a hook.

use crate::conditions;
use crate::fields::{self, Malformed, annotation, count, text};
use crate::hook::is_hook;
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};
use serde_json::Value;

const IGNORE_RESTART_POLICY: &str = "argocd.argoproj.io/ignore-restart-policy";
const CONTAINERS: &str = "status.containerStatuses";
const INIT_CONTAINERS: &str = "status.initContainerStatuses";

pub fn check(pod: &Value) -> Result<Health, Malformed> {
    let policy = text(pod, "spec.restartPolicy")?;
    let server = policy == "Always" || ignores_restart_policy(pod);
    if server && let Some(health) = stuck(pod)? {
        return Ok(health);
    }
    let message = text(pod, "status.message")?;
    let status = match text(pod, "status.phase")? {
        "Pending" => Progressing,
        "Succeeded" => Healthy,
        "Failed" => return failed(pod, message),
        "Running" if server => return Ok(running_server(pod)?.because(message)),
        "Running" if matches!(policy, "OnFailure" | "Never") => Progressing,
        _ => Unknown,
    };
    Ok(status.because(message))
}

fn ignores_restart_policy(pod: &Value) -> bool {
    annotation(pod, IGNORE_RESTART_POLICY) == Some("true") && !is_hook(pod)
}

/// Containers that wait for a reason which time alone does not cure.
fn stuck(pod: &Value) -> Result<Option<Health>, Malformed> {
    let mut messages = Vec::new();
    for (index, container) in fields::list(pod, CONTAINERS)?.iter().enumerate() {
        let waits = waits_in_vain(container).map_err(|error| error.inside(CONTAINERS, index))?;
        messages.extend(waits);
    }
    Ok((!messages.is_empty()).then(|| Degraded.because(messages.join(", "))))
}

fn waits_in_vain(container: &Value) -> Result<Option<&str>, Malformed> {
    let reason = text(container, "state.waiting.reason")?;
    let in_vain =
        reason.starts_with("Err") || reason.ends_with("Error") || reason.ends_with("BackOff");
    Ok(in_vain.then_some(text(container, "state.waiting.message")?))
}

fn running_server(pod: &Value) -> Result<crate::HealthStatus, Malformed> {
    if conditions::find(pod, "Ready")?.is_some_and(|ready| ready.is_true()) {
        return Ok(Healthy);
    }
    for (index, container) in fields::list(pod, CONTAINERS)?.iter().enumerate() {
        let before = fields::object(container, "lastState.terminated");
        if before
            .map_err(|error| error.inside(CONTAINERS, index))?
            .is_some()
        {
            return Ok(Degraded);
        }
    }
    Ok(Progressing)
}

/// The pod's own word comes first, then that of the first container with one.
fn failed(pod: &Value, message: &str) -> Result<Health, Malformed> {
    if !message.is_empty() {
        return Ok(Degraded.because(message));
    }
    for list in [INIT_CONTAINERS, CONTAINERS] {
        for (index, container) in fields::list(pod, list)?.iter().enumerate() {
            let last_words = last_words(container).map_err(|error| error.inside(list, index))?;
            if let Some(last_words) = last_words {
                return Ok(Degraded.because(last_words));
            }
        }
    }
    Ok(Degraded.plainly())
}

fn last_words(container: &Value) -> Result<Option<String>, Malformed> {
    let message = text(container, "state.terminated.message")?;
    let reason = text(container, "state.terminated.reason")?;
    let code = count(container, "state.terminated.exitCode")?;
    let name = text(container, "name")?;
    Ok(match (message, reason, code) {
        ("", "OOMKilled", _) => Some(reason.to_owned()),
        ("", _, 0) => None,
        ("", _, code) => Some(format!("container {name:?} failed with exit code {code}")),
        (message, ..) => Some(message.to_owned()),
    })
}
