//! Discovery of servers that do not aggregate: a list of group versions, then one request each.

use model::GroupVersionKind;
use serde::Deserialize;

use super::document::Resource;
use super::{DiscoverError, Discovery};
use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{Connection, RequestError, Verb, Verbs};

/// `APIVersions` (of `/api`) or `APIGroupList` (of `/apis`).
#[derive(Deserialize)]
struct Root {
    #[serde(default)]
    versions: Vec<String>,
    #[serde(default)]
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    #[serde(default)]
    versions: Vec<GroupVersion>,
    #[serde(default)]
    preferred_version: Option<GroupVersion>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct GroupVersion {
    group_version: String,
}

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    resources: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    name: String,
    #[serde(default)]
    namespaced: bool,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    short_names: Vec<String>,
}

pub(super) async fn discover(
    connection: &Connection,
    path: &'static str,
    root: &[u8],
    discovery: &mut Discovery,
) -> Result<(), DiscoverError> {
    let root: Root = serde_json::from_slice(root).map_err(|source| DiscoverError::Root {
        path,
        source: RequestError::Unreadable { source },
    })?;
    for group_version in root.in_order_of_preference() {
        match read_version(connection, path, &group_version).await {
            Ok(document) => add(discovery, &group_version, document),
            Err(error) => discovery.fail(group_version, error),
        }
    }
    Ok(())
}

impl Root {
    fn in_order_of_preference(self) -> Vec<String> {
        let groups = self.groups.into_iter().flat_map(|mut group| {
            let preferred = group.preferred_version.take();
            group
                .versions
                .sort_by_key(|version| Some(version) != preferred.as_ref());
            group.versions
        });
        let groups = groups.map(|version| version.group_version);
        self.versions.into_iter().chain(groups).collect()
    }
}

async fn read_version(
    connection: &Connection,
    path: &str,
    group_version: &str,
) -> Result<Document, RequestError> {
    let path = ResourcePath::raw(&format!("{path}/{group_version}"));
    let body = connection
        .send(&Call::get(Verb::Discover, path))
        .await?
        .body;
    serde_json::from_slice(&body).map_err(|source| RequestError::Unreadable { source })
}

fn add(discovery: &mut Discovery, group_version: &str, document: Document) {
    let gvk = GroupVersionKind::from_api_version(group_version, "");
    let (subresources, resources): (Vec<_>, Vec<_>) = document
        .resources
        .into_iter()
        .partition(|resource| resource.name.contains('/'));
    for resource in resources {
        let prefix = format!("{}/", resource.name);
        let subs = subresources
            .iter()
            .filter_map(|sub| sub.name.strip_prefix(&prefix));
        let subs = subs.map(str::to_owned).collect();
        discovery.add(resource.plain(subs).at(&gvk));
    }
}

impl Listed {
    fn plain(self, subresources: Vec<String>) -> Resource {
        Resource {
            plural: self.name,
            kind: self.kind,
            namespaced: self.namespaced,
            verbs: Verbs::from_names(self.verbs.iter().map(String::as_str)),
            subresources,
            short_names: self.short_names,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::GroupKind;

    #[test]
    fn subresources_are_put_under_their_resource_and_preference_decides_the_order() {
        let root: Root = serde_json::from_str(
            r#"{"groups":[{"versions":[{"groupVersion":"a/v1beta1"},{"groupVersion":"a/v1"}],
                "preferredVersion":{"groupVersion":"a/v1"}}]}"#,
        )
        .unwrap();
        assert_eq!(root.in_order_of_preference(), ["a/v1", "a/v1beta1"]);
        let document = r#"{"resources":[{"name":"things","kind":"Thing","namespaced":true,
            "verbs":["list"]},{"name":"things/status","kind":"Thing"}]}"#;
        let mut discovery = Discovery::default();
        add(
            &mut discovery,
            "a/v1",
            serde_json::from_str(document).unwrap(),
        );
        let thing = discovery.preferred(&GroupKind::new("a", "Thing")).unwrap();
        assert_eq!(&*thing.subresources, ["status".into()]);
    }
}
