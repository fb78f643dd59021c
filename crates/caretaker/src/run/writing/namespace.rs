//! Makes the namespace an app goes to.
//!
//! Source of the rules: Argo CD 3.5, controller/sync_namespace.go.

use crate::run::context::Context;
use crate::run::worker::failure;
use bytes::Bytes;
use cluster::{ApiResource, ApplyOptions, CreateOptions, FieldValidation, RequestError};
use engine::Failure;
use model::{App, GroupKind, ObjectKey};
use serde_json::json;
use std::sync::Arc;

/// Makes a namespace; one that is there is left alone, but for the metadata the app gives it.
pub async fn ensure_namespace(
    context: &Arc<Context>,
    key: &ObjectKey,
    app: &App,
) -> Result<(), Failure> {
    let kind = GroupKind::new("", "Namespace");
    let resource = context.kinds.resource(&kind, "v1").ok_or_else(|| Failure {
        message: "the API server does not serve namespaces".to_owned(),
        transient: true,
    })?;
    let mut object = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {}});
    if let Some(metadata) = &app.namespace_metadata {
        object["metadata"] = (**metadata).clone();
    }
    object["metadata"]["name"] = (*key.name).into();
    let body = Bytes::from(object.to_string());
    if app.namespace_metadata.is_some() {
        return keep_metadata(context, &resource, key, app, body).await;
    }
    let options = CreateOptions {
        field_manager: app.field_manager.to_string(),
        ..Default::default()
    };
    match context
        .connection
        .create(&resource, "", body, &options)
        .await
    {
        Ok(_) | Err(RequestError::AlreadyExists { .. }) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

async fn keep_metadata(
    context: &Context,
    resource: &ApiResource,
    key: &ObjectKey,
    app: &App,
    body: Bytes,
) -> Result<(), Failure> {
    let options = ApplyOptions {
        field_manager: app.field_manager.to_string(),
        force: true,
        dry_run: false,
        field_validation: FieldValidation::Strict,
        answer: cluster::Answer::Metadata,
    };
    let applied = context
        .connection
        .apply(resource, "", &key.name, body, &options)
        .await;
    applied.map(drop).map_err(|error| failure(&error))
}
