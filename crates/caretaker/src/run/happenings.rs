//! Kubernetes Events about Applications: written one after the other, when nothing else is to do.
//!
//! Comes in: what happened. Goes out: Events for `kubectl describe` and `kubectl get events`. They
//! matter less than the work they tell of, so they wait for it, up to a bound; one that cannot be
//! written is only missed, and logged.

use super::context::Context;
use cluster::{EventKind, NewEvent, ObjectReference};
use model::AppId;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// How often it is looked whether there is still other work ...
const PAUSE: Duration = Duration::from_millis(250);
/// ... and how many times, before an Event is written all the same.
const PAUSES: usize = 40;

/// Where happenings go.
pub struct Happenings(mpsc::UnboundedSender<NewEvent>);

impl Happenings {
    /// Starts the writer; it ends when this is dropped.
    pub fn start(context: &Arc<Context>) -> Self {
        let (sender, mut events) = mpsc::unbounded_channel();
        let context = context.clone();
        tokio::spawn(async move {
            while let Some(event) = events.recv().await {
                wait_for_leisure(&context).await;
                if let Err(error) = context.recorder.record(event).await {
                    tracing::debug!(%error, "an Event could not be written");
                }
            }
        });
        Self(sender)
    }

    /// Something happened to an app.
    pub fn tell(
        &self,
        context: &Context,
        app: &AppId,
        reason: &str,
        message: String,
        warning: bool,
    ) {
        // The writer ends with the process; what is told then is not missed by anybody.
        let _ = self.0.send(NewEvent {
            about: ObjectReference {
                api_version: "argoproj.io/v1alpha1".to_owned(),
                kind: "Application".to_owned(),
                namespace: app.namespace.to_string(),
                name: app.name.to_string(),
                uid: context.applications.uid(app),
                resource_version: String::new(),
            },
            kind: if warning {
                EventKind::Warning
            } else {
                EventKind::Normal
            },
            reason: reason.to_owned(),
            message,
        });
    }
}

async fn wait_for_leisure(context: &Context) {
    for _ in 0..PAUSES {
        if context.queue.is_idle() {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
