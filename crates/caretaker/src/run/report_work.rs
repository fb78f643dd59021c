//! Writes an app's status: the smallest merge patch that makes the resource say it.

use super::context::Context;
use super::worker::failure;
use bytes::Bytes;
use cluster::{PatchKind, PatchOptions, RequestError};
use engine::{Failure, Priority, Report};
use serde_json::Value;
use std::sync::Arc;

/// Writes a report; nothing is sent when the resource says it already.
pub async fn report(
    context: &Arc<Context>,
    report: &Report,
    priority: Priority,
) -> Result<(), Failure> {
    context.metrics.app_reported(&report.app, &report.outcome);
    let Some(bytes) = context.applications.get(&report.app) else {
        return Ok(());
    };
    let resource: Value = serde_json::from_slice(&bytes).map_err(|error| Failure {
        message: format!("the Application {} cannot be read: {error}", report.app),
        transient: false,
    })?;
    let done = argo::Done {
        operation: report.operation_taken,
        refresh: report.refresh_done,
        deletion: report.deletion_done,
        delete_hooks: report.delete_hooks,
    };
    let settings = context.settings.load();
    let Some(patch) = argo::resource_patch(&report.outcome, &resource, done, &settings) else {
        return Ok(());
    };
    let Some(kind) = context.applications.kind(context) else {
        return Ok(());
    };
    let connection = context.connection.with_priority(match priority {
        Priority::Interactive => cluster::Priority::Interactive,
        Priority::Bulk => cluster::Priority::Bulk,
    });
    let (namespace, name) = (&*report.app.namespace, &*report.app.name);
    let body = Bytes::from(patch.to_string());
    let options = PatchOptions {
        field_manager: "caretaker".to_owned(),
        ..Default::default()
    };
    match connection
        .patch(&kind, namespace, name, PatchKind::Merge, body, &options)
        .await
    {
        Ok(object) => {
            context.applications.put(&report.app, &object);
            Ok(())
        }
        // The resource is gone; its disappearance is on its way to us.
        Err(RequestError::NotFound { .. }) => Ok(()),
        Err(error) => {
            tracing::warn!(app = %report.app, %error, "writing status failed; it is tried again");
            Err(failure(&error))
        }
    }
}
