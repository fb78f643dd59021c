//! Pods: status, machine, containers, restarts, requests, images.
//!
//! Source: Argo CD 3.5: controller/cache/info.go (populatePodInfo).

use super::pod_reason::{self, Progress};
use super::{Details, PodFacts, list, requests, text, texts};
use crate::tree::{Networking, amount};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn tell(pod: &Value, told: &mut Details) {
    let Progress {
        reason,
        ready,
        total,
        restarts,
    } = pod_reason::progress(pod);
    if !reason.is_empty() {
        told.tell("Status Reason", reason);
    }
    let node = text(pod, "/spec/nodeName");
    told.tell("Node", node);
    told.tell("Containers", format!("{ready}/{total}"));
    if restarts > 0 {
        told.tell("Restart Count", restarts.to_string());
    }
    let (requests, over) = (requests::of_pod(pod), pod_reason::is_over(pod));
    if !over {
        for name in ["cpu", "memory"] {
            let amount = requests.get(name).copied().unwrap_or_default();
            told.tell(name, amount::thousandths(amount).to_string());
        }
    }
    told.images = images(pod);
    told.connect(Networking {
        labels: texts(pod, "/metadata/labels").unwrap_or_default(),
        ..Networking::default()
    });
    told.pod = Some(PodFacts {
        node: node.to_owned(),
        requests,
        over,
    });
}

fn images(pod: &Value) -> Vec<String> {
    let containers = list(pod, "/spec/initContainers").chain(list(pod, "/spec/containers"));
    let images: BTreeSet<&str> = containers
        .map(|container| text(container, "/image"))
        .collect();
    images.into_iter().map(str::to_owned).collect()
}
