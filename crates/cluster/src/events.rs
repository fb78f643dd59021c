//! What happened, for `kubectl describe` and `kubectl get events`: core/v1 Events, as Argo CD's
//! audit log writes them. The same thing said again within a while raises the first one's count.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use model::{GroupVersionKind, Timestamp};
use serde::Serialize;
use serde_json::json;

use crate::{
    ApiResource, Connection, CreateOptions, FieldValidation, PatchKind, PatchOptions, RequestError,
};

/// Said again within this time, an event is counted, not repeated.
const SAME_WITHIN: Duration = Duration::from_secs(600);
/// Events remembered for counting.
const REMEMBERED: usize = 1024;
/// The server's own bound on a message.
const LONGEST_MESSAGE: usize = 1024;

/// Whether it is news or trouble.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum EventKind {
    /// News.
    Normal,
    /// Trouble.
    Warning,
}

/// The object an event is about.
#[derive(Serialize, Clone, PartialEq, Eq, Hash, Debug, Default)]
#[serde(rename_all = "camelCase")]
pub struct ObjectReference {
    /// As in `argoproj.io/v1alpha1`.
    pub api_version: String,
    /// As in `Application`.
    pub kind: String,
    /// Its namespace; empty if cluster-scoped.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Its uid: `kubectl describe` finds events by it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// Its version when it happened.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub resource_version: String,
}

/// Something to tell.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NewEvent {
    /// What it is about.
    pub about: ObjectReference,
    /// News or trouble.
    pub kind: EventKind,
    /// One word, as in `OperationStarted`.
    pub reason: String,
    /// For a person. No secret bytes, please: anyone may read events.
    pub message: String,
}

/// Writes events.
#[derive(Debug)]
pub struct EventRecorder {
    connection: Connection,
    component: String,
    known: Mutex<HashMap<NewEvent, Told>>,
}

#[derive(Clone, Debug)]
struct Told {
    name: String,
    count: u64,
    last: Timestamp,
}

impl EventRecorder {
    /// `component` is the source that `kubectl` shows, as in `caretaker`.
    pub fn new(connection: Connection, component: &str) -> Self {
        Self {
            connection,
            component: component.to_owned(),
            known: Mutex::default(),
        }
    }

    /// Writes one event, or counts one that was written before.
    pub async fn record(&self, event: NewEvent) -> Result<(), RequestError> {
        let now = now();
        let event = event.without_version().shortened();
        if let Some(told) = self.told_before(&event, now) {
            match self.count(&event, &told, now).await {
                Err(RequestError::NotFound { .. }) => {}
                result => return result,
            }
        }
        self.write(event, now).await
    }

    fn told_before(&self, event: &NewEvent, now: Timestamp) -> Option<Told> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known
            .get(event)
            .filter(|told| now.since(told.last) < SAME_WITHIN)
            .cloned()
    }

    fn remember(&self, event: NewEvent, told: Told) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.retain(|_, other| told.last.since(other.last) < SAME_WITHIN);
        }
        if known.len() < REMEMBERED {
            known.insert(event, told);
        }
    }

    async fn count(
        &self,
        event: &NewEvent,
        told: &Told,
        now: Timestamp,
    ) -> Result<(), RequestError> {
        let told = Told {
            count: told.count + 1,
            last: now,
            ..told.clone()
        };
        let patch = json!({ "count": told.count, "lastTimestamp": now.rfc3339() });
        let (body, options) = (Bytes::from(patch.to_string()), PatchOptions::default());
        let (namespace, name, kind) = (event.namespace(), &told.name, PatchKind::Merge);
        self.connection
            .patch(&events(), namespace, name, kind, body, &options)
            .await?;
        self.remember(event.clone(), told);
        Ok(())
    }

    async fn write(&self, event: NewEvent, now: Timestamp) -> Result<(), RequestError> {
        let name = format!("{}.{:x}", event.about.name, nanoseconds());
        let body = Bytes::from(self.document(&event, &name, now).to_string());
        let options = CreateOptions {
            field_validation: FieldValidation::Ignore,
            ..Default::default()
        };
        self.connection
            .create(&events(), event.namespace(), body, &options)
            .await?;
        self.remember(
            event,
            Told {
                name,
                count: 1,
                last: now,
            },
        );
        Ok(())
    }

    fn document(&self, event: &NewEvent, name: &str, now: Timestamp) -> serde_json::Value {
        json!({
            "apiVersion": "v1",
            "kind": "Event",
            "metadata": { "name": name, "namespace": event.namespace() },
            "involvedObject": event.about,
            "source": { "component": self.component },
            "type": event.kind,
            "reason": event.reason,
            "message": event.message,
            "firstTimestamp": now.rfc3339(),
            "lastTimestamp": now.rfc3339(),
            "count": 1,
        })
    }
}

impl NewEvent {
    /// Events about cluster-scoped objects live in `default`, where the server wants them.
    fn namespace(&self) -> &str {
        match self.about.namespace.as_str() {
            "" => "default",
            namespace => namespace,
        }
    }

    /// The same news about a newer version of an object is still the same news.
    fn without_version(mut self) -> Self {
        self.about.resource_version.clear();
        self
    }

    fn shortened(mut self) -> Self {
        if self.message.len() > LONGEST_MESSAGE {
            let room = LONGEST_MESSAGE - '…'.len_utf8();
            self.message
                .truncate(self.message.floor_char_boundary(room));
            self.message.push('…');
        }
        self
    }
}

fn events() -> ApiResource {
    ApiResource::new(
        GroupVersionKind::from_api_version("v1", "Event"),
        "events",
        true,
    )
}

fn now() -> Timestamp {
    Timestamp(since_epoch().as_millis() as u64)
}

fn nanoseconds() -> u128 {
    since_epoch().as_nanos()
}

fn since_epoch() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_ends_within_the_servers_bound() {
        let event = NewEvent {
            about: ObjectReference::default(),
            kind: EventKind::Warning,
            reason: "R".into(),
            message: "é".repeat(1000),
        };
        let message = event.shortened().message;
        assert!(message.len() <= LONGEST_MESSAGE && message.ends_with('…'));
    }
}
