//! Requests that touch the cluster's objects: compare, apply, delete, make a namespace.

use super::context::Context;
use super::reduce::reduce;
use super::wanted::Want;
use super::worker::{failure, in_words};
use bytes::Bytes;
use cluster::{
    Answer, ApiResource, ApplyOptions, Connection, CreateOptions, DeleteOptions, FieldValidation,
    PatchKind, PatchOptions, RequestError, migrate_client_side,
};
use engine::{Applied, Failure, Priority};
use live::{Record, Verdict};
use model::{App, GroupKind, ObjectKey, PropagationPolicy};
use plan::Desired;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A custom resource may come right after its definition: so often is the server asked again ...
const DISCOVERY_TRIES: u32 = 6;
/// ... and so long apart (Argo CD waits up to 3 s for a CRD to be established).
const DISCOVERY_WAIT: Duration = Duration::from_millis(500);

fn connection(context: &Context, priority: Priority) -> Connection {
    context.connection.with_priority(match priority {
        Priority::Interactive => cluster::Priority::Interactive,
        Priority::Bulk => cluster::Priority::Bulk,
    })
}

fn read(key: &ObjectKey, object: &[u8]) -> Result<Value, Failure> {
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

fn apply_options(desired: &Desired, app: &App, dry_run: bool) -> ApplyOptions {
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

/// Applies an object under the app's field manager.
pub async fn apply(
    context: &Arc<Context>,
    desired: Arc<Desired>,
    app: Arc<App>,
    dry_run: bool,
    priority: Priority,
) -> Result<Applied, Failure> {
    let connection = connection(context, priority);
    let resource = served(context, &desired).await?;
    let options = apply_options(&desired, &app, dry_run);
    let want = Want {
        ignore: context.wanted.rules(&app),
        desired,
        app,
    };
    let body = body(&connection, &resource, &want).await?;
    let Want { desired, app, .. } = &want;
    let mut applied = send(&connection, &resource, desired, body.clone(), &options).await?;
    let mut object = read(&desired.key, &applied.object)?;
    // Fields that were applied client-side become ours, so that taking over leaves none behind.
    if !dry_run && let Some(patch) = migrate_client_side(&object, &app.field_manager) {
        migrate(&connection, &resource, desired, app, &patch).await?;
        applied = send(&connection, &resource, desired, body, &options).await?;
        object = read(&desired.key, &applied.object)?;
    }
    let record = (!dry_run)
        .then(|| reduce(context, &object, Some(&want)))
        .flatten();
    Ok(Applied {
        record,
        message: message(&desired.key, dry_run, &applied.warnings),
    })
}

fn message(key: &ObjectKey, dry_run: bool, warnings: &[String]) -> String {
    let dry = if dry_run { " (dry run)" } else { "" };
    let warnings: Vec<String> = warnings
        .iter()
        .map(|text| format!("; warning: {text}"))
        .collect();
    format!(
        "{} serverside-applied{dry}{}",
        applied_kind(key),
        warnings.concat()
    )
}

/// What is sent: the desired text, or, where ignored fields are to be respected, that text with
/// those fields as they are live.
async fn body(
    connection: &Connection,
    resource: &ApiResource,
    want: &Want,
) -> Result<Bytes, Failure> {
    let Want {
        desired,
        app,
        ignore,
    } = want;
    let as_desired = Bytes::copy_from_slice(&desired.body);
    if !app.options.respect_ignored || ignore.is_empty_for(&desired.key) {
        return Ok(as_desired);
    }
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let found = connection
        .get(resource, namespace, name)
        .await
        .map_err(|error| failure(&error))?;
    let Some(live) = found else {
        return Ok(as_desired);
    };
    let live = read(&desired.key, &live)?;
    let mut wanted = read(&desired.key, &desired.body)?;
    ignore
        .respect(&desired.key, &mut wanted, &live)
        .map_err(|error| Failure {
            message: in_words(&error),
            transient: false,
        })?;
    Ok(Bytes::from(wanted.to_string()))
}

async fn send(
    connection: &Connection,
    resource: &ApiResource,
    desired: &Desired,
    body: Bytes,
    options: &ApplyOptions,
) -> Result<cluster::Applied, Failure> {
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    connection
        .apply(resource, namespace, name, body, options)
        .await
        .map_err(|error| failure(&error))
}

/// `deployment.apps/web`, as kubectl names it.
fn applied_kind(key: &ObjectKey) -> String {
    let kind = key.group_kind.kind.to_lowercase();
    match &*key.group_kind.group {
        "" => format!("{kind}/{}", key.name),
        group => format!("{kind}.{group}/{}", key.name),
    }
}

/// The kind as served. One that is not known is looked for again: its definition may just have
/// been applied.
async fn served(context: &Arc<Context>, desired: &Desired) -> Result<ApiResource, Failure> {
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

async fn migrate(
    connection: &Connection,
    resource: &ApiResource,
    desired: &Desired,
    app: &App,
    patch: &Value,
) -> Result<(), Failure> {
    let body = Bytes::from(patch.to_string());
    let (namespace, name) = (&*desired.key.namespace, &*desired.key.name);
    let options = PatchOptions {
        field_manager: app.field_manager.to_string(),
        ..Default::default()
    };
    let patched = connection
        .patch(resource, namespace, name, PatchKind::Json, body, &options)
        .await;
    patched.map(drop).map_err(|error| failure(&error))
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

/// Makes a namespace; one that is there is left alone.
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
    let options = CreateOptions {
        field_manager: app.field_manager.to_string(),
        ..Default::default()
    };
    let body = Bytes::from(object.to_string());
    match context
        .connection
        .create(&resource, "", body, &options)
        .await
    {
        Ok(_) | Err(RequestError::AlreadyExists { .. }) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}
