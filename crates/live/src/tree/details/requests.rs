//! What a Pod asks for in sum, as the scheduler counts it.
//!
//! In: a Pod. Out: an amount by resource: containers and sidecars added up, but at least what each
//! init container needs beside the sidecars before it; amounts of the whole Pod go first, overhead
//! comes on top. Amounts that the kubelet granted count where they are larger.
//! Source: Kubernetes 1.34: component-helpers/resource/helpers.go (PodRequests).

use super::{list, text};
use crate::tree::amount;
use serde_json::Value;
use std::collections::BTreeMap;

/// Amounts by resource, in billionths.
pub(in crate::tree) type Requests = BTreeMap<String, i128>;

pub(super) fn of_pod(pod: &Value) -> Requests {
    let mut total = of_containers(pod);
    let whole = pod.pointer("/spec/resources/requests");
    for (name, amount) in read(whole) {
        if matches!(name.as_str(), "cpu" | "memory") || name.starts_with("hugepages-") {
            total.insert(name, amount);
        }
    }
    add(&mut total, &read(pod.pointer("/spec/overhead")));
    total
}

fn of_containers(pod: &Value) -> Requests {
    let mut total = Requests::new();
    for container in list(pod, "/spec/containers") {
        add(&mut total, &granted(pod, container));
    }
    let (mut sidecars, mut least) = (Requests::new(), Requests::new());
    for container in list(pod, "/spec/initContainers") {
        if text(container, "/restartPolicy") == "Always" {
            let own = granted(pod, container);
            add(&mut total, &own);
            add(&mut sidecars, &own);
            raise(&mut least, &sidecars);
        } else {
            let mut own = read(container.pointer("/resources/requests"));
            add(&mut own, &sidecars);
            raise(&mut least, &own);
        }
    }
    raise(&mut total, &least);
    total
}

/// What a container asks for, or was granted if that is more; only the latter where a resize was
/// found impossible.
fn granted(pod: &Value, container: &Value) -> Requests {
    let asked = read(container.pointer("/resources/requests"));
    let name = text(container, "/name");
    let mut all =
        list(pod, "/status/containerStatuses").chain(list(pod, "/status/initContainerStatuses"));
    let status = all.find(|status| text(status, "/name") == name);
    let Some(status) = status.filter(|status| status["resources"].is_object()) else {
        return asked;
    };
    let mut most = match resize_is_impossible(pod) {
        true => Requests::new(),
        false => asked,
    };
    raise(&mut most, &read(status.pointer("/resources/requests")));
    raise(&mut most, &read(status.get("allocatedResources")));
    most
}

fn resize_is_impossible(pod: &Value) -> bool {
    list(pod, "/status/conditions").any(|condition| {
        text(condition, "/type") == "PodResizePending" && text(condition, "/reason") == "Infeasible"
    })
}

fn read(amounts: Option<&Value>) -> Requests {
    let amounts = amounts.and_then(Value::as_object).into_iter().flatten();
    amounts
        .filter_map(|(name, value)| Some((name.clone(), amount::billionths(value)?)))
        .collect()
}

fn add(total: &mut Requests, more: &Requests) {
    for (name, amount) in more {
        let sum = total.entry(name.clone()).or_default();
        *sum = sum.saturating_add(*amount);
    }
}

fn raise(total: &mut Requests, least: &Requests) {
    for (name, amount) in least {
        let own = total.entry(name.clone()).or_default();
        *own = (*own).max(*amount);
    }
}
