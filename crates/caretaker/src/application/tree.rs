//! The resource tree of an Application as tables: pure, a tree in and text out.
//!
//! The columns of `resources` and the branches are those of Argo CD's own client, which scripts
//! read.

use std::collections::{HashMap, HashSet};

use live::tree::{ApplicationTree, ResourceNode};
use model::Timestamp;

use super::{ApplicationView, resource_lines};
use crate::screen::{Cell, Paint, Table, age, shortened};

/// Messages are cut here.
const MESSAGE: usize = 80;

/// Which objects a table shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// What the app manages, and what belongs to nobody.
    All,
    /// What belongs to nobody.
    Orphaned,
}

/// How a table of objects looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// What the app manages itself, a row each.
    Flat,
    /// With all that is owned by it.
    Tree,
    /// The same with age, health and reason.
    Detailed,
}

/// The objects of an app, as `argocd app resources` prints them.
pub fn resource_table(
    tree: &ApplicationTree,
    shown: Shown,
    shape: Shape,
    now: Timestamp,
    paint: &Paint,
) -> String {
    let mut heading = vec!["GROUP", "KIND", "NAMESPACE", "NAME", "ORPHANED"];
    if shape == Shape::Detailed {
        heading.extend(["AGE", "HEALTH", "REASON"]);
    }
    let mut table = Table::new(&heading);
    let mut rows = |nodes: &[ResourceNode], orphaned: &str| {
        for (branch, node) in lines(nodes, shape, orphaned) {
            table.row(resource_row(&branch, node, orphaned, shape, now));
        }
    };
    if shown == Shown::All {
        rows(&tree.nodes, "No");
    }
    rows(&tree.orphaned_nodes, "Yes");
    table.text(paint)
}

/// The rows of one half of a table.
fn lines<'a>(
    nodes: &'a [ResourceNode],
    shape: Shape,
    orphaned: &str,
) -> Vec<(String, &'a ResourceNode)> {
    let own = |node: &&ResourceNode| orphaned == "Yes" || node.parent_refs.is_empty();
    match shape {
        Shape::Flat => nodes
            .iter()
            .filter(own)
            .map(|node| (String::new(), node))
            .collect(),
        Shape::Tree | Shape::Detailed => branches(nodes),
    }
}

fn resource_row(
    branch: &str,
    node: &ResourceNode,
    orphaned: &str,
    shape: Shape,
    now: Timestamp,
) -> Vec<Cell> {
    let of = &node.reference;
    let mut row = vec![
        Cell::behind(branch, &of.group),
        Cell::text(&of.kind),
        Cell::text(&of.namespace),
        Cell::text(&of.name),
        Cell::text(orphaned),
    ];
    if shape == Shape::Detailed {
        let health = node.health.clone().unwrap_or_default();
        row.extend([
            Cell::text(age_of(node, now)),
            Cell::status(health.status),
            Cell::text(health.message),
        ]);
    }
    row
}

/// The tree for people: each object with its health and what is told of it.
pub fn tree_table(
    tree: &ApplicationTree,
    app: ApplicationView<'_>,
    now: Timestamp,
    paint: &Paint,
) -> String {
    let status: HashMap<(String, String, String, String), String> = resource_lines(app)
        .into_iter()
        .map(|line| {
            (
                (line.group, line.kind, line.namespace, line.name),
                line.status,
            )
        })
        .collect();
    let mut table = Table::new(&["OBJECT", "NAMESPACE", "STATUS", "HEALTH", "AGE", "INFO"]);
    for (branch, node) in branches(&tree.nodes) {
        let of = &node.reference;
        let key = (
            of.group.clone(),
            of.kind.clone(),
            of.namespace.clone(),
            of.name.clone(),
        );
        let status = status.get(&key).cloned().unwrap_or_default();
        table.row(tree_row(&branch, node, &status, now));
    }
    for (branch, node) in branches(&tree.orphaned_nodes) {
        table.row(tree_row(&branch, node, "Orphaned", now));
    }
    table.text(paint)
}

fn tree_row(branch: &str, node: &ResourceNode, status: &str, now: Timestamp) -> Vec<Cell> {
    let of = &node.reference;
    let health = node.health.clone().unwrap_or_default();
    vec![
        Cell::behind(branch, format!("{}/{}", of.kind, of.name)),
        Cell::text(&of.namespace),
        Cell::status(status),
        Cell::status(health.status),
        Cell::text(age_of(node, now)),
        Cell::text(shortened(&told(node, &health.message), MESSAGE)),
    ]
}

/// What is told of an object, in a line.
fn told(node: &ResourceNode, message: &str) -> String {
    let info = node.info.iter().map(|item| match item.name.as_str() {
        "Revision" | "Status Reason" => item.value.clone(),
        "Containers" => format!("{} ready", item.value),
        "Restart Count" => format!("{} restarts", item.value),
        // What Pods ask for, and where they are, is for other views.
        "cpu" | "memory" | "Node" => String::new(),
        name => format!("{name}={}", item.value),
    });
    let urls = node
        .networking_info
        .iter()
        .flat_map(|info| info.external_urls.clone());
    let parts = info.chain(urls).chain([message.to_owned()]);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn age_of(node: &ResourceNode, now: Timestamp) -> String {
    node.created_at
        .as_deref()
        .map(|time| age(time, now))
        .unwrap_or_default()
}

/// Nodes below their first owner, owners first, each with the branch that leads to it. What is
/// owned by something that is not shown stands by itself.
fn branches(nodes: &[ResourceNode]) -> Vec<(String, &ResourceNode)> {
    let uids: HashSet<&str> = nodes.iter().map(uid).collect();
    let mut children: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut roots = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node.parent_refs.first().map(|parent| parent.uid.as_str()) {
            Some(parent) if !parent.is_empty() && uids.contains(parent) => {
                children.entry(parent).or_default().push(at);
            }
            _ => roots.push(at),
        }
    }
    let (mut lines, mut seen) = (Vec::new(), HashSet::new());
    // Objects that own each other hang from no root, and still are there.
    for root in roots.into_iter().chain(0..nodes.len()) {
        let mut left = vec![(root, String::new(), "")];
        while let Some((at, before, mark)) = left.pop() {
            if !seen.insert(at) {
                continue;
            }
            lines.push((format!("{before}{mark}"), &nodes[at]));
            let below = match mark {
                "├─" => before + "│ ",
                "└─" => before + "  ",
                _ => before,
            };
            let own = children
                .get(uid(&nodes[at]))
                .map(Vec::as_slice)
                .unwrap_or_default();
            for (place, child) in own.iter().enumerate().rev() {
                let mark = if place + 1 == own.len() {
                    "└─"
                } else {
                    "├─"
                };
                left.push((*child, below.clone(), mark));
            }
        }
    }
    lines
}

fn uid(node: &ResourceNode) -> &str {
    &node.reference.uid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::ColorChoice;
    use live::tree::{HealthStatus, InfoItem, ResourceRef};
    use serde_json::json;

    fn node(kind: &str, name: &str, parents: &[&str]) -> ResourceNode {
        let parent = |uid: &&str| ResourceRef {
            uid: (*uid).to_owned(),
            ..ResourceRef::default()
        };
        ResourceNode {
            reference: ResourceRef {
                group: if kind == "Pod" { "" } else { "apps" }.to_owned(),
                kind: kind.to_owned(),
                namespace: "shop".to_owned(),
                name: name.to_owned(),
                uid: name.to_owned(),
                ..ResourceRef::default()
            },
            parent_refs: parents.iter().map(parent).collect(),
            created_at: Some("1970-01-01T00:00:00Z".to_owned()),
            ..ResourceNode::default()
        }
    }

    fn tree() -> ApplicationTree {
        let mut pod = node("Pod", "web-a-1", &["web-a"]);
        pod.info = [
            ("Status Reason", "Running"),
            ("Node", "one"),
            ("Containers", "1/1"),
        ]
        .map(|(name, value)| InfoItem {
            name: name.to_owned(),
            value: value.to_owned(),
        })
        .to_vec();
        pod.health = Some(HealthStatus {
            status: "Healthy".to_owned(),
            message: String::new(),
        });
        ApplicationTree {
            nodes: vec![
                node("Deployment", "web", &[]),
                node("ReplicaSet", "web-a", &["web"]),
                node("ReplicaSet", "web-b", &["web"]),
                pod,
                node("Pod", "loop-a", &["loop-b"]),
                node("Pod", "loop-b", &["loop-a"]),
                node("Pod", "of-another", &["elsewhere"]),
            ],
            orphaned_nodes: vec![node("Pod", "stray", &[])],
            hosts: Vec::new(),
        }
    }

    const NOW: Timestamp = Timestamp(60_000);

    fn table(shown: Shown, shape: Shape) -> String {
        let paint = Paint::new(ColorChoice::Never, false);
        resource_table(&tree(), shown, shape, NOW, &paint)
    }

    #[test]
    fn resources_are_listed_as_scripts_expect() {
        assert_eq!(
            table(Shown::All, Shape::Flat),
            "GROUP  KIND        NAMESPACE  NAME   ORPHANED\n\
             apps   Deployment  shop       web    No\n       \
             Pod         shop       stray  Yes\n"
        );
        assert_eq!(
            table(Shown::Orphaned, Shape::Flat),
            "KIND  NAMESPACE  NAME   ORPHANED\nPod   shop       stray  Yes\n"
        );
        assert_eq!(
            table(Shown::All, Shape::Tree),
            "GROUP   KIND        NAMESPACE  NAME        ORPHANED\n\
             apps    Deployment  shop       web         No\n\
             ├─apps  ReplicaSet  shop       web-a       No\n\
             │ └─    Pod         shop       web-a-1     No\n\
             └─apps  ReplicaSet  shop       web-b       No\n        \
             Pod         shop       of-another  No\n        \
             Pod         shop       loop-a      No\n\
             └─      Pod         shop       loop-b      No\n        \
             Pod         shop       stray       Yes\n"
        );
        assert!(table(Shown::Orphaned, Shape::Detailed).contains("Yes       60s"));
    }

    #[test]
    fn the_tree_tells_of_each_object() {
        let app = json!({"status": {"resources": [
            {"group": "apps", "kind": "Deployment", "namespace": "shop", "name": "web", "status": "Synced"},
        ]}});
        let paint = Paint::new(ColorChoice::Never, false);
        let text = tree_table(&tree(), ApplicationView(&app), NOW, &paint);
        let lines: Vec<&str> = text.lines().take(4).collect();
        assert_eq!(
            lines,
            [
                "OBJECT              NAMESPACE  STATUS    HEALTH   AGE  INFO",
                "Deployment/web      shop       Synced             60s",
                "├─ReplicaSet/web-a  shop                          60s",
                "│ └─Pod/web-a-1     shop                 Healthy  60s  Running, 1/1 ready",
            ]
        );
    }
}
