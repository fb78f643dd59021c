//! Reduces a live object to its record, at the place where its event arrives.
//!
//! In: the object, and what is desired of it, if anything. Out: a [`Record`] with verdict and
//! health, or nothing when the object is neither desired nor marked. The object goes no further.

use diff::{Comparison, Ignore};
use live::{Health, Judgement, LiveHook, Record, Verdict, Wishes};
use model::{ClusterId, GroupVersionKind, ObjectKey};
use plan::{Desired, HOOK_FINALIZER, HOOK_RUN, HookOptions, ResourceOptions};
use serde_json::Value;
use std::sync::Arc;

/// What observing needs to know beside the object.
pub struct Observer<'a> {
    /// The cluster it was seen in.
    pub cluster: &'a ClusterId,
    /// Reads the app instance from an object's marks, if they are about this very object.
    pub owner: &'a dyn Fn(&Value, &ObjectKey) -> Option<String>,
}

/// The key of a live object; none when it lacks a kind or a name.
pub fn key_of(object: &Value, cluster: &ClusterId) -> Option<(ObjectKey, GroupVersionKind)> {
    let text = |field: &str| object.get(field).and_then(Value::as_str);
    let gvk = GroupVersionKind::from_api_version(text("apiVersion")?, text("kind")?);
    let metadata = object.get("metadata")?;
    let part = |field: &str| metadata.get(field).and_then(Value::as_str);
    let key = ObjectKey {
        cluster: cluster.clone(),
        group_kind: gvk.group_kind.clone(),
        namespace: part("namespace").unwrap_or_default().into(),
        name: part("name")?.into(),
    };
    Some((key, gvk))
}

/// Reduces an object. `desired` comes with the field manager it is applied by and the app's rules
/// of what does not count.
pub fn observe(
    object: &Value,
    desired: Option<(&Desired, &str, &Ignore)>,
    observer: &Observer<'_>,
) -> Option<Record> {
    let (key, gvk) = key_of(object, observer.cluster)?;
    let instance: Option<Arc<str>> = (observer.owner)(object, &key).map(Into::into);
    if instance.is_none() && desired.is_none() {
        return None;
    }
    let metadata = object.get("metadata")?;
    let text = |field: &str| {
        metadata
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let options = ResourceOptions::of(object);
    let owners = metadata.get("ownerReferences").and_then(Value::as_array);
    let urls = live::tree::external_urls(object, &gvk);
    let urls: Box<[Arc<str>]> = urls.into_iter().map(Into::into).collect();
    Some(Record {
        urls: Some(urls).filter(|urls| !urls.is_empty()),
        judgement: desired.map(|desired| judge(object, &key, desired)),
        version: gvk.version,
        uid: text("uid").into(),
        resource_version: text("resourceVersion").parse().unwrap_or(0),
        instance,
        owned: owners.is_some_and(|owners| !owners.is_empty()),
        deleting: metadata
            .get("deletionTimestamp")
            .is_some_and(|at| !at.is_null()),
        hook: options
            .hook
            .map(|hook| Box::new(live_hook(metadata, &hook))),
        wishes: Wishes {
            prune: options.prune,
            delete: options.delete,
            prune_last: options.prune_last,
            replace: options.replace,
            force: options.force,
            ignore_extraneous: options.ignore_extraneous,
            ignore_health: health::is_ignored(object),
        },
        wave: options.wave,
        health: health::assess(object).map(|health| Health {
            status: health.status.to_string().into(),
            message: health.message.into(),
        }),
        key,
    })
}

fn live_hook(metadata: &Value, hook: &HookOptions) -> LiveHook {
    let run = metadata
        .get("annotations")
        .and_then(|all| all.get(HOOK_RUN));
    let finalizers = metadata.get("finalizers").and_then(Value::as_array);
    LiveHook {
        run: run.and_then(Value::as_str).map(Into::into),
        held: finalizers.is_some_and(|all| all.iter().any(|it| it == HOOK_FINALIZER)),
        delete_on_success: hook.policy.succeeded,
        delete_on_failure: hook.policy.failed,
        pre_delete: hook.pre_delete,
        post_delete: hook.post_delete,
    }
}

fn judge(object: &Value, key: &ObjectKey, desired: (&Desired, &str, &Ignore)) -> Judgement {
    let (desired, manager, ignore) = desired;
    let failed = |why: String, projection| Judgement {
        desired: desired.digest,
        projection,
        verdict: Verdict::Failed(why.into()),
    };
    let wanted: Value = match serde_json::from_slice(&desired.body) {
        Ok(wanted) => wanted,
        Err(error) => {
            return failed(
                format!("desired text is unreadable: {error}"),
                desired.digest,
            );
        }
    };
    let projection = diff::projection(&wanted, object, manager, ignore, key);
    let verdict = match diff::compare(&wanted, object, manager, ignore, key) {
        Ok(Comparison::Same) => Verdict::Same,
        Ok(Comparison::Doubtful(_)) => Verdict::Doubtful,
        Ok(Comparison::Different(changes)) => Verdict::Different {
            writer: changes
                .iter()
                .find_map(|change| change.written_by.as_deref().map(Into::into)),
            changes: changes
                .iter()
                .map(|change| diff::describe(change, key))
                .collect(),
        },
        Err(error) => return failed(error.to_string(), projection),
    };
    Judgement {
        desired: desired.digest,
        projection,
        verdict,
    }
}
