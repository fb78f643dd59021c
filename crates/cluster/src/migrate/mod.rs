//! Ownership of client-side apply -> ownership of server-side apply.
//!
//! Comes in: a live object. Goes out: a JSON patch, or nothing if there is nothing to do. The
//! `Update` entries that a client-side manager left become (part of) our `Apply` entry, so that a
//! field we stop declaring goes away instead of staying for ever as the old manager's. Semantics
//! are client-go's `csaupgrade`.

mod field_set;

use serde_json::{Map, Value, json};

/// Managers that wrote client-side: kubectl, and Argo CD before it applied server-side.
pub const CLIENT_SIDE_MANAGERS: [&str; 2] = ["kubectl-client-side-apply", "argocd-controller"];

/// Where client-side apply remembers what it applied.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// A JSON patch that makes `manager` the server-side owner of what the client-side managers own,
/// and takes the last-applied annotation away. It holds for this resourceVersion only: the server
/// answers 409 if the object has changed meanwhile.
pub fn migrate_client_side(live: &Value, manager: &str) -> Option<Value> {
    migrate_managers(live, &CLIENT_SIDE_MANAGERS, manager)
}

/// The same for managers of the caller's choice.
pub fn migrate_managers(live: &Value, from: &[&str], manager: &str) -> Option<Value> {
    let metadata = live.get("metadata")?;
    let before = metadata.get("managedFields")?.as_array()?;
    let mut entries = before.clone();
    for from in from {
        take_over(&mut entries, from, manager);
    }
    if entries == *before {
        return None;
    }
    let annotations = metadata.get("annotations").and_then(Value::as_object);
    let annotations = annotations
        .filter(|all| all.contains_key(LAST_APPLIED))
        .cloned();
    if annotations.is_some() {
        entries.iter_mut().for_each(forget_last_applied);
    }
    Some(patch(
        entries,
        metadata.get("resourceVersion")?,
        annotations,
    ))
}

/// resourceVersion is set, not tested, and annotations are set as a whole: so the patch fits any
/// version of the object, and a stale one is a conflict (409), which means "read again", where a
/// failed test or removal would be an invalid request (422).
fn patch(
    entries: Vec<Value>,
    resource_version: &Value,
    annotations: Option<Map<String, Value>>,
) -> Value {
    let mut steps = vec![
        json!({ "op": "replace", "path": "/metadata/managedFields", "value": entries }),
        json!({ "op": "replace", "path": "/metadata/resourceVersion", "value": resource_version }),
    ];
    if let Some(mut left) = annotations {
        left.remove(LAST_APPLIED);
        steps.push(json!({ "op": "add", "path": "/metadata/annotations", "value": left }));
    }
    Value::Array(steps)
}

fn take_over(entries: &mut Vec<Value>, from: &str, manager: &str) {
    let ours = entries.iter().position(|entry| is(entry, manager, "Apply"));
    let Some(ours) = ours.or_else(|| adopt(entries, from, manager)) else {
        return;
    };
    let version = entries[ours].get("apiVersion").cloned();
    let theirs = entries
        .iter()
        .find(|entry| is(entry, from, "Update") && entry.get("apiVersion") == version.as_ref());
    if let Some(fields) = theirs.and_then(|entry| entry.get("fieldsV1")).cloned() {
        let owned = entries[ours]
            .get("fieldsV1")
            .cloned()
            .unwrap_or_else(|| json!({}));
        entries[ours]["fieldsV1"] = field_set::union(owned, fields);
    }
    entries.retain(|entry| !is(entry, from, "Update"));
}

/// Without an entry of our own, the most recent of theirs becomes it: entries come newest first.
fn adopt(entries: &mut [Value], from: &str, manager: &str) -> Option<usize> {
    let theirs = entries.iter().position(|entry| is(entry, from, "Update"))?;
    entries[theirs]["manager"] = manager.into();
    entries[theirs]["operation"] = "Apply".into();
    Some(theirs)
}

/// An entry of the main resource, not of a subresource.
fn is(entry: &Value, manager: &str, operation: &str) -> bool {
    let says = |field, value| entry.get(field).and_then(Value::as_str) == Some(value);
    let subresource = entry
        .get("subresource")
        .and_then(Value::as_str)
        .unwrap_or_default();
    says("manager", manager) && says("operation", operation) && subresource.is_empty()
}

/// Nobody owns an annotation that is no more.
fn forget_last_applied(entry: &mut Value) {
    let annotations = entry.pointer_mut("/fieldsV1/f:metadata/f:annotations");
    if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
        annotations.remove(&format!("f:{LAST_APPLIED}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(manager: &str, operation: &str, version: &str, fields: Value) -> Value {
        json!({ "manager": manager, "operation": operation, "apiVersion": version,
            "time": "2026-01-01T00:00:00Z", "fieldsType": "FieldsV1", "fieldsV1": fields })
    }

    fn object(entries: Vec<Value>) -> Value {
        json!({ "metadata": { "resourceVersion": "7", "managedFields": entries } })
    }

    fn migrated(entries: Vec<Value>) -> Option<Value> {
        let patch = migrate_client_side(&object(entries), "argocd-controller")?;
        assert_eq!(
            patch[1]["value"], "7",
            "the patch holds for the version that was read"
        );
        Some(patch[0]["value"].clone())
    }

    /// TestPerformCSAUpgradeMigration_WithCSAManager.
    #[test]
    fn the_client_side_entry_becomes_ours() {
        let spec = json!({ "f:spec": { "f:replicas": {} } });
        let entries = migrated(vec![
            entry(
                "kubectl-client-side-apply",
                "Update",
                "apps/v1",
                spec.clone(),
            ),
            entry(
                "kube-controller-manager",
                "Update",
                "apps/v1",
                json!({ "f:status": {} }),
            ),
        ]);
        assert_eq!(
            entries.unwrap(),
            json!([
                entry("argocd-controller", "Apply", "apps/v1", spec),
                entry(
                    "kube-controller-manager",
                    "Update",
                    "apps/v1",
                    json!({ "f:status": {} })
                ),
            ])
        );
    }

    #[test]
    fn entries_of_the_same_version_are_united_and_others_dropped() {
        let entries = migrated(vec![
            entry(
                "argocd-controller",
                "Apply",
                "apps/v1",
                json!({ "f:spec": { "f:a": {} } }),
            ),
            entry(
                "argocd-controller",
                "Update",
                "apps/v1",
                json!({ "f:spec": { "f:b": {} } }),
            ),
            entry(
                "kubectl-client-side-apply",
                "Update",
                "apps/v1beta1",
                json!({ "f:old": {} }),
            ),
        ]);
        let fields = json!({ "f:spec": { "f:a": {}, "f:b": {} } });
        assert_eq!(
            entries.unwrap(),
            json!([entry("argocd-controller", "Apply", "apps/v1", fields)])
        );
    }

    /// TestPerformCSAUpgradeMigration_NoMigrationNeeded.
    #[test]
    fn an_object_without_client_side_entries_is_left_alone() {
        let applied = entry(
            "argocd-controller",
            "Apply",
            "apps/v1",
            json!({ "f:spec": {} }),
        );
        let mut status = entry("kubectl-client-side-apply", "Update", "apps/v1", json!({}));
        status["subresource"] = "status".into();
        assert_eq!(migrated(vec![applied, status]), None);
        assert_eq!(migrated(vec![]), None);
        assert_eq!(migrate_client_side(&json!({}), "m"), None);
    }

    #[test]
    fn the_annotation_goes_and_nobody_owns_it_afterwards() {
        let last_applied = format!("f:{LAST_APPLIED}");
        let fields = json!({ "f:metadata": { "f:annotations": { ".": {}, last_applied: {} } } });
        let entries = vec![entry("kubectl-client-side-apply", "Update", "v1", fields)];
        let mut live = object(entries);
        live["metadata"]["annotations"] = json!({ LAST_APPLIED: "{}", "other": "stays" });
        let patch = migrate_client_side(&live, "m").unwrap();
        let left = &patch[0]["value"][0]["fieldsV1"]["f:metadata"]["f:annotations"];
        assert_eq!(*left, json!({ ".": {} }));
        let others = json!({ "other": "stays" });
        assert_eq!(
            patch[2],
            json!({ "op": "add", "path": "/metadata/annotations", "value": others })
        );
    }
}
