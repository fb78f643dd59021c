//! Lets a hook go: its finalizer off, and the hook deleted where that is asked for.
//!
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (removeHookFinalizer).

use crate::run::cluster_work::{connection, delete as delete_object, read};
use crate::run::context::Context;
use crate::run::worker::failure;
use bytes::Bytes;
use cluster::{PatchKind, PatchOptions, RequestError};
use engine::{Failure, Priority};
use model::{ObjectKey, PropagationPolicy};
use plan::HOOK_FINALIZER;
use serde_json::{Value, json};
use std::sync::Arc;

/// Takes the finalizer off a hook that still has this UID, and deletes it where that is asked for.
pub async fn release_hook(
    context: &Arc<Context>,
    key: &ObjectKey,
    version: &str,
    uid: &str,
    delete: Option<PropagationPolicy>,
    priority: Priority,
) -> Result<(), Failure> {
    let Some(resource) = context.kinds.resource(&key.group_kind, version) else {
        return Ok(());
    };
    let connection = connection(context, priority);
    let found = connection.get(&resource, &key.namespace, &key.name).await;
    let Some(live) = found.map_err(|error| failure(&error))? else {
        return Ok(());
    };
    let live = read(key, &live)?;
    if live["metadata"]["uid"] != *uid {
        return Ok(());
    }
    if let Some(patch) = without_finalizer(&live) {
        let body = Bytes::from(patch.to_string());
        let options = PatchOptions::default();
        let patched = connection
            .patch(
                &resource,
                &key.namespace,
                &key.name,
                PatchKind::Merge,
                body,
                &options,
            )
            .await;
        match patched {
            Ok(_) | Err(RequestError::NotFound { .. }) => {}
            // It has changed since it was read: it is read again.
            Err(error @ RequestError::Conflict { .. }) => {
                return Err(Failure {
                    transient: true,
                    ..failure(&error)
                });
            }
            Err(error) => return Err(failure(&error)),
        }
    }
    match delete {
        Some(propagation) => delete_object(context, key, version, uid, propagation, priority).await,
        None => Ok(()),
    }
}

fn without_finalizer(live: &Value) -> Option<Value> {
    let finalizers = live["metadata"]["finalizers"].as_array()?;
    let kept = finalizers.iter().filter(|it| **it != HOOK_FINALIZER);
    let kept: Vec<&Value> = kept.collect();
    (kept.len() < finalizers.len()).then(|| {
        json!({"metadata": {
            "finalizers": kept,
            "resourceVersion": live["metadata"]["resourceVersion"],
        }})
    })
}
