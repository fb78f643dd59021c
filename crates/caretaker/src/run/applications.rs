//! The Applications themselves: watched, kept as bytes, translated for the engine.

use super::context::Context;
use cluster::{ApiResource, WatchEvent, WatchHandle, WatchRequest};
use engine::Event;
use model::{AppId, GroupKind};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;

/// Resource version and JSON of each.
type Kept = HashMap<AppId, (u64, Arc<[u8]>)>;

/// The Applications as last seen.
#[derive(Default)]
pub struct Applications {
    kept: Mutex<Kept>,
}

impl Applications {
    /// An Application's JSON.
    pub fn get(&self, id: &AppId) -> Option<Arc<[u8]>> {
        self.lock().get(id).map(|(_, bytes)| bytes.clone())
    }

    /// Keeps an Application, unless a newer one is kept.
    pub fn put(&self, id: &AppId, object: &[u8]) {
        let version = resource_version(object);
        let mut kept = self.lock();
        if kept.get(id).is_none_or(|(known, _)| *known <= version) {
            kept.insert(id.clone(), (version, object.into()));
        }
    }

    /// The kind as served; none while its definition is not installed.
    pub fn kind(&self, context: &Context) -> Option<ApiResource> {
        context
            .kinds
            .resource(&GroupKind::new("argoproj.io", "Application"), "v1alpha1")
    }

    /// Tells the engine of every Application again: the settings they are read by have changed.
    pub fn tell_all(&self, context: &Context) {
        let all: Vec<Arc<[u8]>> = self
            .lock()
            .values()
            .map(|(_, bytes)| bytes.clone())
            .collect();
        for bytes in all {
            tell(context, &bytes);
        }
    }

    /// An Application's UID; empty when it is not known.
    pub fn uid(&self, id: &AppId) -> String {
        let bytes = self.get(id).unwrap_or_else(|| Arc::from([]));
        let head = cluster::ObjectHead::read(&bytes);
        head.ok()
            .and_then(|head| head.metadata.uid.map(String::from))
            .unwrap_or_default()
    }

    fn remove(&self, id: &AppId) {
        self.lock().remove(id);
    }

    fn ids(&self) -> Vec<AppId> {
        self.lock().keys().cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn resource_version(object: &[u8]) -> u64 {
    let head = cluster::ObjectHead::read(object);
    head.ok()
        .and_then(|head| head.resource_version().parse().ok())
        .unwrap_or(0)
}

/// Watches the Applications of the control plane's namespace. `listed` turns true once all that
/// exist were told.
pub fn watch(
    context: &Arc<Context>,
    kind: ApiResource,
    listed: watch::Sender<bool>,
) -> WatchHandle {
    let shared = context.clone();
    let seen: Mutex<Option<HashSet<AppId>>> = Mutex::new(None);
    let request = WatchRequest {
        namespace: Some(context.namespace.clone()),
        ..WatchRequest::all(kind)
    };
    context.connection.watch(request, move |event| {
        let mut seen = seen.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match event {
            WatchEvent::Restarted => *seen = Some(HashSet::new()),
            WatchEvent::Applied(bytes) => {
                if let (Some(id), Some(seen)) = (tell(&shared, &bytes), seen.as_mut()) {
                    seen.insert(id);
                }
            }
            WatchEvent::Deleted(bytes) => {
                if let Some(id) = id_of(&bytes) {
                    forget(&shared, &id);
                }
            }
            WatchEvent::Listed { .. } => {
                if let Some(seen) = seen.take() {
                    let gone = shared
                        .applications
                        .ids()
                        .into_iter()
                        .filter(|id| !seen.contains(id));
                    gone.for_each(|id| forget(&shared, &id));
                }
                // Nobody may be waiting any more.
                let _ = listed.send(true);
            }
            WatchEvent::Failed { error, .. } => {
                tracing::warn!(%error, "Applications cannot be watched; it is tried again");
            }
            WatchEvent::Resumed => {}
        }
    })
}

fn id_of(bytes: &[u8]) -> Option<AppId> {
    let object: Value = serde_json::from_slice(bytes).ok()?;
    let metadata = object.get("metadata")?;
    Some(AppId::new(
        metadata.get("namespace")?.as_str()?,
        metadata.get("name")?.as_str()?,
    ))
}

fn forget(context: &Context, id: &AppId) {
    context.applications.remove(id);
    context.wanted.forget(id);
    context.metrics.app_gone(id);
    context.tell(Event::AppGone(id.clone()));
}

fn tell(context: &Context, bytes: &[u8]) -> Option<AppId> {
    let mut object: Value = match serde_json::from_slice(bytes) {
        Ok(object) => object,
        Err(error) => {
            tracing::error!(%error, "an Application is no JSON; it is left out");
            return None;
        }
    };
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    let settings = context.settings.load();
    let app = argo::translate(&object, &settings);
    let id = app.id.clone();
    // A Value that was read from bytes always serialises.
    let slim = serde_json::to_vec(&object).unwrap_or_else(|_| bytes.to_vec());
    context.applications.put(&id, &slim);
    context.metrics.app_defined(&app);
    context.tell(Event::App(Box::new(app)));
    Some(id)
}
