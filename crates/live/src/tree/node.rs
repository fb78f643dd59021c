//! The tree as clients read it. Field names and what is left out when empty are Argo CD's.
//!
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (ApplicationTree, ResourceNode).

use serde::Serialize;
use std::collections::BTreeMap;

/// A whole tree.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationTree {
    /// What the app manages, and what that owns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<ResourceNode>,
    /// What of the app's namespace belongs to no app.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orphaned_nodes: Vec<ResourceNode>,
    /// The machines on which the app's Pods run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<HostInfo>,
}

/// Names one object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
pub struct ResourceRef {
    /// API group, empty for core.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
    /// Version.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub version: String,
    /// Kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// Namespace, empty for cluster-scoped objects.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// UID, if it is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub uid: String,
}

/// One object of a tree.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResourceNode {
    /// Which object.
    #[serde(flatten)]
    pub reference: ResourceRef,
    /// Its owners.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parent_refs: Vec<ResourceRef>,
    /// What is told of it, in this order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub info: Vec<InfoItem>,
    /// How traffic reaches it, and what it sends traffic to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub networking_info: Option<Networking>,
    /// Orders versions of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_version: String,
    /// Images it runs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// Its health, if its kind has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub health: Option<HealthStatus>,
    /// When it was made, as the server wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

impl ResourceNode {
    /// `group/kind/namespace/name`, by which nodes are sorted.
    pub fn full_name(&self) -> String {
        let of = &self.reference;
        format!("{}/{}/{}/{}", of.group, of.kind, of.namespace, of.name)
    }
}

/// Health in the words of the field.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct HealthStatus {
    /// As in `Healthy`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub message: String,
}

/// One thing told of an object.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct InfoItem {
    /// Its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
}

/// How an object stands in the network.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Networking {
    /// Labels of the objects it sends traffic to.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub target_labels: BTreeMap<String, String>,
    /// The objects it sends traffic to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub target_refs: Vec<ResourceRef>,
    /// Its own labels, by which others may find it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Where it is reached from outside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ingress: Vec<LoadBalancerIngress>,
    /// Links a person may follow.
    #[serde(rename = "externalURLs", skip_serializing_if = "Vec::is_empty")]
    pub external_urls: Vec<String>,
}

/// An address of a load balancer.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct LoadBalancerIngress {
    /// By number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ip: String,
    /// By name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hostname: String,
}

impl LoadBalancerIngress {
    /// The name, else the number; empty when there is neither.
    pub fn host(&self) -> &str {
        match self.hostname.as_str() {
            "" => &self.ip,
            name => name,
        }
    }
}

/// A machine that runs Pods of an app.
#[derive(Clone, PartialEq, Debug, Default, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostInfo {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it has, and who asked for how much of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resources_info: Vec<HostResource>,
    /// What it is, as the Node tells it.
    pub system_info: serde_json::Value,
    /// Those of its labels that may be shown.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// One resource of a machine, in thousandths.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostResource {
    /// As in `cpu`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_name: String,
    /// What the app's Pods ask for.
    #[serde(skip_serializing_if = "is_zero")]
    pub requested_by_app: i64,
    /// What others' Pods ask for.
    #[serde(skip_serializing_if = "is_zero")]
    pub requested_by_neighbors: i64,
    /// What there is.
    #[serde(skip_serializing_if = "is_zero")]
    pub capacity: i64,
}

fn is_zero(amount: &i64) -> bool {
    *amount == 0
}
