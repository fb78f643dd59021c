//! Requests that make or change objects: apply, replace, make a hook or let it go, make a namespace.

mod hook_release;
mod namespace;
mod writer;

pub use hook_release::release_hook;
pub use namespace::ensure_namespace;

use super::context::Context;
use super::reduce::reduce;
use super::wanted::Want;
use bytes::Bytes;
use engine::{Applied, ApplyMode, Failure, Priority, hook_body};
use model::{App, ObjectKey};
use plan::{Desired, Hook};
use std::sync::Arc;
use writer::Writer;

/// Brings an object to what is wanted, under the app's field manager.
pub async fn apply(
    context: &Arc<Context>,
    desired: Arc<Desired>,
    app: Arc<App>,
    how: ApplyMode,
    priority: Priority,
) -> Result<Applied, Failure> {
    let want = Want {
        ignore: context.wanted.rules(&app),
        desired,
        app,
    };
    let writer = Writer::new(context, &want.desired, &want.app, how, priority).await?;
    let body = writer.respecting(&want).await?;
    let (object, message) = writer.write(body).await?;
    let record = (!how.dry_run)
        .then(|| reduce(context, &object, Some(&want)))
        .flatten();
    Ok(Applied { record, message })
}

/// A hook, with the run it is made in.
pub struct Run {
    /// The hook.
    pub hook: Arc<Hook>,
    /// The object it is in this run.
    pub key: ObjectKey,
    /// Names the run.
    pub name: Arc<str>,
    /// It is held until its outcome was seen.
    pub held: bool,
}

/// Makes a hook.
pub async fn run_hook(
    context: &Arc<Context>,
    run: Run,
    app: Arc<App>,
    how: ApplyMode,
    priority: Priority,
) -> Result<Applied, Failure> {
    let body = hook_body(
        &run.hook,
        &run.key,
        (&run.name, run.held),
        &app,
        &argo::tracking::mark,
    );
    let body = body.map_err(|error| Failure {
        message: format!("{}: the desired text is unreadable: {error}", run.key),
        transient: false,
    })?;
    let desired = Desired {
        key: run.key,
        body: body.to_string().into_bytes().into(),
        ..(*run.hook.object).clone()
    };
    let writer = Writer::new(context, &desired, &app, how, priority).await?;
    let (object, message) = writer.write(Bytes::copy_from_slice(&desired.body)).await?;
    let record = (!how.dry_run)
        .then(|| reduce(context, &object, None))
        .flatten();
    Ok(Applied { record, message })
}
