//! All objects of a kind, page by page. Items of built-in kinds come without `apiVersion` and
//! `kind`; both are put in front, so that a listed object looks like a watched one.

use std::borrow::Cow;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::call::{Call, JSON, METADATA_ONLY_LIST};
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, ObjectHead, RequestError, Verb};

/// Objects asked for at once.
const PAGE: &str = "500";

/// Which objects.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ListOptions {
    /// One namespace; all if `None`.
    pub namespace: Option<String>,
    /// As in `app=web`.
    pub label_selector: Option<String>,
    /// As in `metadata.name=web`.
    pub field_selector: Option<String>,
    /// Only metadata is sent.
    pub metadata_only: bool,
}

/// One page.
pub(crate) struct Page {
    pub(crate) items: Vec<Bytes>,
    pub(crate) resource_version: String,
    pub(crate) next: Option<String>,
}

#[derive(Deserialize)]
struct List<'a> {
    #[serde(borrow, default)]
    items: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    metadata: ListMetadata<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ListMetadata<'a> {
    #[serde(borrow, default)]
    resource_version: Cow<'a, str>,
    #[serde(borrow, default, rename = "continue")]
    next: Cow<'a, str>,
}

impl Connection {
    /// Hands each object to `sink` and returns the resourceVersion of the list. If the server's
    /// continue token expires midway, the list ends with [`RequestError::Gone`]: start anew.
    pub async fn list(
        &self,
        resource: &ApiResource,
        options: &ListOptions,
        mut sink: impl FnMut(Bytes),
    ) -> Result<String, RequestError> {
        let mut next = None;
        loop {
            let page = self.list_page(resource, options, next.as_deref()).await?;
            page.items.into_iter().for_each(&mut sink);
            match page.next {
                None => return Ok(page.resource_version),
                token => next = token,
            }
        }
    }

    pub(crate) async fn list_page(
        &self,
        resource: &ApiResource,
        options: &ListOptions,
        next: Option<&str>,
    ) -> Result<Page, RequestError> {
        let path = selected(resource, options)
            .query("limit", PAGE)
            .maybe("continue", next);
        let accept = if options.metadata_only {
            METADATA_ONLY_LIST
        } else {
            JSON
        };
        let reply = self
            .send(&Call::get(Verb::List, path).about(resource).accept(accept))
            .await?;
        read_page(&reply.body, resource).map_err(|source| RequestError::Unreadable { source })
    }
}

/// The collection, narrowed by the options' selectors.
pub(crate) fn selected(resource: &ApiResource, options: &ListOptions) -> ResourcePath {
    ResourcePath::collection(resource, options.namespace.as_deref().unwrap_or_default())
        .maybe("labelSelector", options.label_selector.as_deref())
        .maybe("fieldSelector", options.field_selector.as_deref())
}

fn read_page(body: &Bytes, resource: &ApiResource) -> Result<Page, serde_json::Error> {
    let list: List<'_> = serde_json::from_slice(body)?;
    let items = list.items.unwrap_or_default();
    let items = items
        .into_iter()
        .map(|item| whole_object(body, item.get(), resource));
    let next = list.metadata.next;
    Ok(Page {
        items: items.collect::<Result<_, _>>()?,
        resource_version: list.metadata.resource_version.into_owned(),
        next: (!next.is_empty()).then(|| next.into_owned()),
    })
}

fn whole_object(
    body: &Bytes,
    item: &str,
    resource: &ApiResource,
) -> Result<Bytes, serde_json::Error> {
    if ObjectHead::read(item.as_bytes())?.kind.is_some() {
        return Ok(body.slice_ref(item.as_bytes()));
    }
    let (version, kind) = (resource.gvk.api_version(), &resource.gvk.group_kind.kind);
    let fields = item.strip_prefix('{').unwrap_or_default().trim_start();
    let comma = if fields.starts_with('}') { "" } else { "," };
    Ok(format!(r#"{{"apiVersion":"{version}","kind":"{kind}"{comma}{fields}"#).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::GroupVersionKind;

    #[test]
    fn items_get_their_kind_unless_they_have_one() {
        let pods = ApiResource::new(
            GroupVersionKind::from_api_version("v1", "Pod"),
            "pods",
            true,
        );
        let body = Bytes::from_static(
            br#"{"metadata":{"resourceVersion":"7","continue":"t"},"items":[{"metadata":{}},{"kind":"X"},{}]}"#,
        );
        let page = read_page(&body, &pods).unwrap();
        assert_eq!(
            (page.resource_version.as_str(), page.next.as_deref()),
            ("7", Some("t"))
        );
        assert_eq!(
            page.items[0],
            r#"{"apiVersion":"v1","kind":"Pod","metadata":{}}"#
        );
        assert_eq!(page.items[1], r#"{"kind":"X"}"#);
        assert_eq!(page.items[2], r#"{"apiVersion":"v1","kind":"Pod"}"#);
    }

    #[test]
    fn a_list_without_items_is_empty() {
        let pods = ApiResource::new(
            GroupVersionKind::from_api_version("v1", "Pod"),
            "pods",
            true,
        );
        let body = Bytes::from_static(br#"{"items":null,"metadata":{"resourceVersion":"7"}}"#);
        assert!(read_page(&body, &pods).unwrap().items.is_empty());
    }
}
