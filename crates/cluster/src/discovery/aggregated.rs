//! The aggregated discovery document -> kinds. All groups in one answer, each version marked
//! `Stale` if the server behind it did not answer.

use std::sync::Arc;

use bytes::Bytes;
use model::{GroupKind, GroupVersionKind};
use serde::Deserialize;

use super::Discovery;
use super::document::Resource;
use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{Connection, RequestError, Verb, Verbs};

/// Aggregated if the server can, in its final or its beta form; the plain document otherwise.
const ACCEPT: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
    application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

#[derive(Deserialize)]
struct Document {
    kind: String,
    #[serde(default)]
    items: Vec<Group>,
}

#[derive(Deserialize)]
pub(super) struct Group {
    metadata: Metadata,
    #[serde(default)]
    versions: Vec<Version>,
}

#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Version {
    version: String,
    #[serde(default)]
    resources: Vec<Aggregated>,
    #[serde(default)]
    freshness: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Aggregated {
    resource: String,
    #[serde(default)]
    response_kind: Option<ResponseKind>,
    #[serde(default)]
    scope: String,
    #[serde(default)]
    short_names: Vec<String>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    subresources: Vec<Subresource>,
}

#[derive(Deserialize)]
struct ResponseKind {
    #[serde(default)]
    kind: String,
}

#[derive(Deserialize)]
struct Subresource {
    subresource: String,
}

impl Connection {
    pub(super) async fn discover_root(&self, path: &str) -> Result<Bytes, RequestError> {
        let call = Call::get(Verb::Discover, ResourcePath::raw(path)).accept(ACCEPT);
        Ok(self.send(&call).await?.body)
    }
}

/// The groups, if the document is an aggregated one.
pub(super) fn read(document: &[u8]) -> Option<Vec<Group>> {
    let document: Document = serde_json::from_slice(document).ok()?;
    (document.kind == "APIGroupDiscoveryList").then_some(document.items)
}

pub(super) fn add_all(discovery: &mut Discovery, groups: Vec<Group>) {
    for group in groups {
        let name: Arc<str> = group.metadata.name.into();
        for version in group.versions {
            add_version(discovery, &name, version);
        }
    }
}

fn add_version(discovery: &mut Discovery, group: &Arc<str>, version: Version) {
    let group_kind = GroupKind {
        group: group.clone(),
        kind: "".into(),
    };
    let gvk = GroupVersionKind {
        group_kind,
        version: version.version.into(),
    };
    if version.freshness == "Stale" {
        discovery.fail(
            gvk.api_version(),
            "the server behind this group does not answer",
        );
    }
    let resources = version.resources.into_iter().filter_map(Aggregated::plain);
    resources
        .map(|resource| resource.at(&gvk))
        .for_each(|resource| discovery.add(resource));
}

impl Aggregated {
    /// A resource that only has subresources has no kind of its own.
    fn plain(self) -> Option<Resource> {
        let kind = self
            .response_kind
            .map(|response| response.kind)
            .unwrap_or_default();
        (!kind.is_empty()).then(|| Resource {
            plural: self.resource,
            kind,
            namespaced: self.scope == "Namespaced",
            verbs: Verbs::from_names(self.verbs.iter().map(String::as_str)),
            subresources: self
                .subresources
                .into_iter()
                .map(|sub| sub.subresource)
                .collect(),
            short_names: self.short_names,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ApiResource;

    const DOCUMENT: &[u8] = br#"{"kind":"APIGroupDiscoveryList","items":[
      {"metadata":{"name":"apps"},"versions":[
        {"version":"v1","freshness":"Current","resources":[{"resource":"deployments",
          "responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"scope":"Namespaced",
          "shortNames":["deploy"],"verbs":["get","list","watch"],
          "subresources":[{"subresource":"scale"},{"subresource":"status"}]}]},
        {"version":"v1beta1","resources":[{"resource":"deployments","responseKind":{"kind":"Deployment"}}]}]},
      {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}"#;

    #[test]
    fn kinds_versions_and_stale_groups_are_read() {
        let mut discovery = Discovery::default();
        add_all(&mut discovery, read(DOCUMENT).unwrap());
        let deployment: &ApiResource = discovery
            .preferred(&GroupKind::new("apps", "Deployment"))
            .unwrap();
        assert_eq!(&*deployment.gvk.version, "v1");
        assert!(deployment.namespaced && deployment.is_watchable());
        assert_eq!(deployment.subresources.len(), 2);
        assert_eq!(discovery.kinds.len(), 2);
        assert_eq!(
            discovery.failed_groups[0].group_version,
            "metrics.k8s.io/v1beta1"
        );
        assert!(discovery.is_incomplete("metrics.k8s.io") && !discovery.is_incomplete("apps"));
    }

    #[test]
    fn a_plain_document_is_not_taken_for_an_aggregated_one() {
        assert!(read(br#"{"kind":"APIGroupList","groups":[]}"#).is_none());
    }
}
