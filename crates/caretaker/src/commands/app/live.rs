//! One object as it is, and as it would be: what applying it would change.
//!
//! Objects that are provably as wanted cost one read. For the others the server is asked by a dry
//! run; where it will not say, what can be seen from here is told instead.

use bytes::Bytes;
use cluster::{ApiResource, ApplyOptions, Connection, FieldValidation, RequestError};
use diff::{Comparison, Ignore};
use model::{App, GroupVersionKind, ObjectKey};
use plan::Desired;
use serde_json::Value;

use super::desired::Wanted;
use crate::application::ResourceLine;
use crate::failure::Outcome;

/// What applying would change of one object.
#[derive(Debug)]
pub enum Change {
    /// Nothing.
    Same,
    /// These two texts would become one: live, and as it would be.
    Differs {
        /// As it is; nothing if it is not there.
        live: String,
        /// As it would be; nothing if it would go.
        after: String,
    },
    /// Something, but the server would not say what exactly: why, and what can be seen from here.
    Roughly {
        /// The server's words.
        why: String,
        /// One line a field.
        lines: Vec<String>,
    },
}

/// What an apply of a desired object would change.
pub async fn change(
    connection: &Connection,
    wanted: &Wanted,
    desired: &Desired,
    ignore: &Ignore,
) -> Outcome<Change> {
    let value: Value = serde_json::from_slice(&desired.body)?;
    let masked = &wanted.settings.masked_annotations;
    let gvk = GroupVersionKind {
        group_kind: desired.key.group_kind.clone(),
        version: desired.version.clone(),
    };
    let Some(resource) = wanted.discovery.kinds.get(&gvk) else {
        return Ok(texts(None, Some(value), &desired.key, masked));
    };
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let Some(bytes) = connection.get(resource, namespace, name).await? else {
        return Ok(texts(None, Some(value), &desired.key, masked));
    };
    let live: Value = serde_json::from_slice(&bytes)?;
    let seen = diff::compare(
        &value,
        &live,
        &wanted.app.field_manager,
        ignore,
        &desired.key,
    )?;
    let changes = match seen {
        Comparison::Same => return Ok(Change::Same),
        Comparison::Different(changes) | Comparison::Doubtful(changes) => changes,
    };
    match dry_run(connection, resource, desired, &wanted.app).await {
        Ok(predicted) => predicted_change(predicted, live, ignore, &desired.key, masked),
        Err(why) => {
            let lines = changes
                .iter()
                .map(|change| diff::describe(change, &desired.key));
            Ok(Change::Roughly {
                why: why.to_string(),
                lines: lines.collect(),
            })
        }
    }
}

/// The object as an apply would leave it, as the server says.
pub(super) async fn dry_run(
    connection: &Connection,
    resource: &ApiResource,
    desired: &Desired,
    app: &App,
) -> Result<Value, RequestError> {
    let options = ApplyOptions {
        field_manager: app.field_manager.to_string(),
        force: true,
        dry_run: true,
        field_validation: FieldValidation::Ignore,
        ..ApplyOptions::default()
    };
    let body = Bytes::copy_from_slice(&desired.body);
    let (namespace, name) = (&desired.key.namespace, &desired.key.name);
    let applied = connection
        .apply(resource, namespace, name, body, &options)
        .await?;
    serde_json::from_slice(&applied.object).map_err(|source| RequestError::Unreadable { source })
}

fn predicted_change(
    mut predicted: Value,
    mut live: Value,
    ignore: &Ignore,
    key: &ObjectKey,
    masked: &[String],
) -> Outcome<Change> {
    ignore.strip_pair(key, &mut predicted, &mut live)?;
    Ok(texts(Some(live), Some(predicted), key, masked))
}

/// What pruning a live object that Git no longer has would change; nothing if it is not there or
/// not ours.
pub async fn pruned(
    connection: &Connection,
    wanted: &Wanted,
    line: &ResourceLine,
) -> Outcome<Option<(ObjectKey, Change)>> {
    let key = ObjectKey {
        cluster: wanted.app.destination.cluster.clone(),
        group_kind: model::GroupKind::new(&line.group, &line.kind),
        namespace: line.namespace.as_str().into(),
        name: line.name.as_str().into(),
    };
    if wanted.target.get(&key).is_some() {
        return Ok(None);
    }
    let Some(resource) = wanted.discovery.preferred(&key.group_kind) else {
        return Ok(None);
    };
    let Some(bytes) = connection
        .get(resource, &line.namespace, &line.name)
        .await?
    else {
        return Ok(None);
    };
    let live: Value = serde_json::from_slice(&bytes)?;
    let owner = argo::tracking::owner(&live, &key, &wanted.settings);
    let ours = owner.as_deref() == Some(&*wanted.app.tracking.instance);
    Ok(ours.then(|| {
        (
            key.clone(),
            texts(Some(live), None, &key, &wanted.settings.masked_annotations),
        )
    }))
}

/// Both sides as texts, with secret values (`masked` annotations among them) hidden and what only the server keeps left out.
fn texts(
    mut live: Option<Value>,
    mut after: Option<Value>,
    key: &ObjectKey,
    masked: &[String],
) -> Change {
    for side in [&mut live, &mut after].into_iter().flatten() {
        leave_out_bookkeeping(side);
    }
    if key.group_kind.group.is_empty() && &*key.group_kind.kind == "Secret" {
        diff::hide_secret(after.as_mut(), live.as_mut(), masked);
    }
    let text = |side: &Option<Value>| side.as_ref().map(yaml::write).unwrap_or_default();
    let (live, after) = (text(&live), text(&after));
    if live == after {
        Change::Same
    } else {
        Change::Differs { live, after }
    }
}

fn leave_out_bookkeeping(object: &mut Value) {
    let Some(fields) = object.as_object_mut() else {
        return;
    };
    fields.remove("status");
    let Some(metadata) = fields.get_mut("metadata").and_then(Value::as_object_mut) else {
        return;
    };
    for field in [
        "managedFields",
        "resourceVersion",
        "generation",
        "uid",
        "creationTimestamp",
        "selfLink",
    ] {
        metadata.remove(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClusterId, GroupKind};
    use serde_json::json;

    fn key(kind: &str) -> ObjectKey {
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: GroupKind::new("", kind),
            namespace: "shop".into(),
            name: "web".into(),
        }
    }

    #[test]
    fn what_the_server_keeps_for_itself_is_no_difference() {
        let live =
            json!({"metadata": {"name": "web", "uid": "1", "generation": 2}, "status": {"a": 1}});
        let after = json!({"metadata": {"name": "web"}});
        assert!(matches!(
            texts(Some(live), Some(after), &key("ConfigMap"), &[]),
            Change::Same
        ));
    }

    #[test]
    fn secret_values_are_hidden_and_their_change_is_seen() {
        let secret = |value: &str| json!({"data": {"key": value}, "metadata": {"name": "web"}});
        let (live, after) = (Some(secret("aHVudGVyMg==")), Some(secret("c2VjcmV0")));
        let Change::Differs { live, after } = texts(live, after, &key("Secret"), &[]) else {
            panic!("the change is seen");
        };
        for text in [live, after] {
            assert!(
                !text.contains("aHVudGVyMg==") && !text.contains("c2VjcmV0"),
                "{text}"
            );
        }
    }
}
