//! Requests that look at the cluster's objects, and those that take them away.

use super::context::Context;
use super::reduce::reduce;
use super::wanted::Want;
use super::worker::{failure, in_words};
use bytes::Bytes;
use cluster::{
    Answer, ApiResource, ApplyOptions, Connection, DeleteOptions, FieldValidation, RequestError,
};
use engine::{Failure, Priority};
use live::{Record, Verdict};
use model::{App, ObjectKey, PropagationPolicy};
use plan::Desired;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// A custom resource may come right after its definition: so often is the server asked again ...
const DISCOVERY_TRIES: u32 = 6;
/// ... and so long apart (Argo CD waits up to 3 s for a CRD to be established).
const DISCOVERY_WAIT: Duration = Duration::from_millis(500);

pub(super) fn connection(context: &Context, priority: Priority) -> Connection {
    context.connection.with_priority(match priority {
        Priority::Interactive => cluster::Priority::Interactive,
        Priority::Bulk => cluster::Priority::Bulk,
    })
}

pub(super) fn read(key: &ObjectKey, object: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(object).map_err(|error| Failure {
        message: format!("the server's {key} cannot be read: {error}"),
        transient: false,
    })
}

/// Reads an object and compares it; asks the server's dry run where we cannot tell.
pub async fn compare(
    context: &Arc<Context>,
    desired: Arc<Desired>,
    app: Arc<App>,
    priority: Priority,
) -> Result<Option<Record>, Failure> {
    let connection = connection(context, priority);
    let Some(resource) = context
        .kinds
        .exact(&desired.key.group_kind, &desired.version)
    else {
        return Ok(None);
    };
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let found = connection
        .get(&resource, namespace, name)
        .await
        .map_err(|e| failure(&e))?;
    let Some(bytes) = found else { return Ok(None) };
    let live = read(&desired.key, &bytes)?;
    let want = Want {
        ignore: context.wanted.rules(&app),
        desired,
        app,
    };
    let mut record = reduce(context, &live, Some(&want));
    let judgement = record.as_mut().and_then(|record| record.judgement.as_mut());
    if let Some(judgement) = judgement.filter(|j| j.verdict == Verdict::Doubtful) {
        judgement.verdict = dry_run(&connection, &resource, &want, &live).await?;
    }
    Ok(record)
}

async fn dry_run(
    connection: &Connection,
    resource: &ApiResource,
    want: &Want,
    live: &Value,
) -> Result<Verdict, Failure> {
    let desired = &want.desired;
    let options = apply_options(desired, &want.app, true);
    let body = Bytes::copy_from_slice(&desired.body);
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let applied = connection
        .apply(resource, namespace, name, body, &options)
        .await;
    let applied = match applied {
        Ok(applied) => applied,
        Err(error) if error.is_transient() => return Err(failure(&error)),
        // The server will not have it: that is a difference no apply can mend, and is told.
        Err(error) => return Ok(Verdict::Failed(in_words(&error).into())),
    };
    let predicted = read(&desired.key, &applied.object)?;
    let changes = diff::compare_predicted(
        &predicted,
        live,
        &want.app.field_manager,
        &want.ignore,
        &desired.key,
    );
    Ok(match changes {
        Ok(changes) if changes.is_empty() => Verdict::Same,
        Ok(changes) => Verdict::Different {
            writer: changes
                .iter()
                .find_map(|change| change.written_by.as_deref().map(Into::into)),
            changes: changes
                .iter()
                .map(|change| diff::describe(change, &desired.key))
                .collect(),
        },
        Err(error) => Verdict::Failed(error.to_string().into()),
    })
}

pub(super) fn apply_options(desired: &Desired, app: &App, dry_run: bool) -> ApplyOptions {
    let lenient = app.options.skip_validation || desired.options.skip_validation;
    ApplyOptions {
        field_manager: app.field_manager.to_string(),
        force: true,
        dry_run,
        field_validation: if lenient {
            FieldValidation::Ignore
        } else {
            FieldValidation::Strict
        },
        answer: Answer::Object,
    }
}

/// The kind as served. One that is not known is looked for again: its definition may just have
/// been applied.
pub(super) async fn served(
    context: &Arc<Context>,
    desired: &Desired,
) -> Result<ApiResource, Failure> {
    let kind = &desired.key.group_kind;
    for attempt in 0..DISCOVERY_TRIES {
        if let Some(resource) = context.kinds.exact(kind, &desired.version) {
            return Ok(resource);
        }
        if attempt > 0 {
            tokio::time::sleep(DISCOVERY_WAIT).await;
        }
        super::watching::rediscover(context).await;
    }
    context.kinds.exact(kind, &desired.version).ok_or_else(|| Failure {
        message: format!(
            "The Kubernetes API could not find version \"{}\" of {kind} for requested resource {}/{}. Make sure the \"{}\" CRD is installed on the destination cluster.",
            desired.version, desired.key.namespace, desired.key.name, kind.kind
        ),
        transient: false,
    })
}

/// Deletes an object if it is still the one that was meant; one that is gone or was replaced
/// since is no failure: what is there now is judged anew.
pub async fn delete(
    context: &Arc<Context>,
    key: &ObjectKey,
    version: &str,
    uid: &str,
    propagation: PropagationPolicy,
    priority: Priority,
) -> Result<(), Failure> {
    let connection = connection(context, priority);
    let Some(resource) = context.kinds.resource(&key.group_kind, version) else {
        return Ok(());
    };
    let options = DeleteOptions {
        uid: Some(uid.to_owned()),
        propagation,
        ..Default::default()
    };
    match connection
        .delete(&resource, &key.namespace, &key.name, &options)
        .await
    {
        Ok(_) | Err(RequestError::NotFound { .. } | RequestError::Conflict { .. }) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}
