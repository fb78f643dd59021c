//! The machines on which an app's Pods run, and who asks for how much of them.
//!
//! Source: Argo CD 3.5: controller/appcontroller.go (getAppHosts).

use super::{Graph, HostInfo, HostResource, Member, ResourceNode, amount};
use std::collections::{BTreeMap, HashSet};

/// Resources that are told.
const TOLD: [&str; 3] = ["cpu", "memory", "storage"];

/// The hosts of the Pods among `nodes`. Pods and Nodes that `graph` has count; of a Node's labels
/// those in `labels` are shown.
pub fn hosts(graph: &Graph, nodes: &[ResourceNode], labels: &[String]) -> Vec<HostInfo> {
    let pods = nodes.iter().map(|node| &node.reference);
    let pods = pods.filter(|of| of.group.is_empty() && of.kind == "Pod");
    let ours: HashSet<(&str, &str)> = pods.map(|of| (&*of.namespace, &*of.name)).collect();
    let is_ours = |pod: &Member| ours.contains(&(&*pod.key.namespace, &*pod.key.name));
    let mut by_node: BTreeMap<&str, Vec<(&Member, bool)>> = BTreeMap::new();
    for pod in graph.members() {
        if let Some(facts) = &pod.details.pod {
            by_node
                .entry(&facts.node)
                .or_default()
                .push((pod, is_ours(pod)));
        }
    }
    let machines = graph
        .members()
        .filter(|member| member.details.host.is_some());
    machines
        .filter_map(|machine| {
            let pods = by_node.get(&*machine.key.name)?;
            pods.iter()
                .any(|(_, ours)| *ours)
                .then(|| host(machine, pods, labels))
        })
        .collect()
}

fn host(machine: &Member, pods: &[(&Member, bool)], shown: &[String]) -> HostInfo {
    let facts = machine.details.host.clone().unwrap_or_default();
    let mut labels = facts.labels;
    labels.retain(|name, _| shown.contains(name));
    HostInfo {
        name: machine.key.name.to_string(),
        resources_info: TOLD
            .into_iter()
            .filter_map(|name| {
                let capacity = amount::thousandths(*facts.capacity.get(name)?);
                (capacity > 0).then(|| HostResource {
                    resource_name: name.to_owned(),
                    requested_by_app: asked(name, pods, true),
                    requested_by_neighbors: asked(name, pods, false),
                    capacity,
                })
            })
            .collect(),
        system_info: facts.system,
        labels,
    }
}

/// What the Pods of one side ask for. Neighbours that have ended ask for nothing any more.
fn asked(name: &str, pods: &[(&Member, bool)], of_ours: bool) -> i64 {
    let pods = pods.iter().filter(|(_, ours)| *ours == of_ours);
    let facts = pods.filter_map(|(pod, _)| pod.details.pod.as_ref());
    let facts = facts.filter(|facts| of_ours || !facts.over);
    let amounts = facts.filter_map(|facts| facts.requests.get(name));
    amounts.fold(0, |sum: i64, amount| {
        sum.saturating_add(amount::thousandths(*amount))
    })
}
