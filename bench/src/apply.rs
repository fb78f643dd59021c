//! Server-side applies by this program itself: of the scene, and as the bare limit.

use crate::in_flight;
use crate::objects::Object;
use anyhow::{Context, Result};
use bytes::Bytes;
use cluster::{ApiResource, ApplyOptions, Connection};
use serde_json::Value;

/// Applies one object, by force, as Caretaker does: strict validation, the whole object as answer.
pub async fn one(
    connection: &Connection,
    kind: &ApiResource,
    namespace: &str,
    body: Bytes,
    name: &str,
) -> Result<()> {
    let options = ApplyOptions {
        field_manager: "bench".to_owned(),
        force: true,
        ..Default::default()
    };
    let applied = connection
        .apply(kind, namespace, name, body, &options)
        .await;
    let what = || format!("applying {} {namespace}/{name}", kind.gvk.group_kind.kind);
    applied.map(drop).with_context(what)
}

/// As [`one`], of an object as a value that names itself.
pub async fn value(
    connection: &Connection,
    kind: &ApiResource,
    namespace: &str,
    object: &Value,
) -> Result<()> {
    let name = object["metadata"]["name"]
        .as_str()
        .context("the object has no name")?;
    one(connection, kind, namespace, object.to_string().into(), name).await
}

/// Applies objects, each into its namespace, so many in flight as a bare loop has.
pub async fn many(
    connection: &Connection,
    objects: impl IntoIterator<Item = (String, Object)>,
) -> Result<()> {
    let connection = connection.clone();
    // Bodies are made beforehand: Caretaker's wait in its memory too.
    let ready = objects.into_iter().map(|(namespace, object)| {
        let body = Bytes::from(object.body.to_string());
        (namespace, object.kind, object.name, body)
    });
    let ready: Vec<_> = ready.collect();
    in_flight::each(ready, move |(namespace, kind, name, body)| {
        let connection = connection.clone();
        async move { one(&connection, &kind, &namespace, body, &name).await }
    })
    .await
}
