//! Watches on everything the cluster serves: what they see is reduced on the spot and told.
//!
//! Cost of an event: a scan of its metadata; a full read and a comparison only for objects that
//! are desired or carry a mark. The object's bytes go no further.

use super::context::Context;
use super::reduce::reduce;
use cluster::{
    ApiResource, Discovery, FailureReason, ServerVersion, WatchEvent, WatchHandle, WatchRequest,
};
use engine::{Event, Listing};
use model::{ClusterId, GroupKind, ObjectKey};
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Definitions that change in one go are discovered in one go.
const DISCOVERY_PAUSE: Duration = Duration::from_millis(300);

/// All watches; they end when this is dropped.
pub struct Watches {
    context: Arc<Context>,
    handles: Mutex<HashMap<GroupKind, Watched>>,
    /// First listings that are still to come.
    outstanding: AtomicUsize,
}

/// A kind under watch. What was told of it outlives the watch.
struct Watched {
    resource: ApiResource,
    told: Arc<Mutex<SeerState>>,
    _handle: WatchHandle,
}

/// Starts a watch on every kind that is served and not excluded.
pub fn start(context: &Arc<Context>) -> Arc<Watches> {
    let watches = Arc::new(Watches {
        context: context.clone(),
        handles: Mutex::default(),
        outstanding: AtomicUsize::new(1),
    });
    watches.follow_discovery();
    watches.one_listed();
    let weak = Arc::downgrade(&watches);
    context.on_kinds_changed(Box::new(move || {
        if let Some(watches) = weak.upgrade() {
            watches.follow_discovery();
        }
    }));
    let weak = Arc::downgrade(&watches);
    context.on_checks_changed(Box::new(move |kinds| {
        if let Some(watches) = weak.upgrade() {
            watches.look_again(kinds);
        }
    }));
    watches
}

/// Asks the server again what it serves; what changed is watched and told.
pub async fn rediscover(context: &Arc<Context>) {
    match discovered(context).await {
        Ok((discovery, version)) => {
            if context.kinds.replace(discovery, &version.git_version) {
                context.kinds_changed();
                context.tell(Event::KindsChanged(ClusterId::in_cluster()));
            }
        }
        Err(error) => tracing::warn!(
            error = format!("{error:#}"),
            "discovery failed; the last one stays in force"
        ),
    }
}

/// A server that was upgraded says so without our restart.
async fn discovered(context: &Context) -> anyhow::Result<(Discovery, ServerVersion)> {
    let discovery = context.connection.discover().await?;
    Ok((discovery, context.connection.version().await?))
}

impl Watches {
    /// Watches what is new and lets go of what is no longer served.
    fn follow_discovery(self: &Arc<Self>) {
        let discovery = self.context.kinds.current();
        let settings = self.context.settings.load();
        let wanted: HashMap<GroupKind, ApiResource> = discovery
            .each_preferred()
            .filter(|kind| kind.is_watchable())
            .filter(|kind| !settings.is_excluded(&kind.gvk.group_kind, ClusterId::IN_CLUSTER))
            .map(|kind| (kind.gvk.group_kind.clone(), kind.clone()))
            .collect();
        let mut handles = self
            .handles
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        // A group that failed says nothing about its kinds: their watches stay.
        handles.retain(|kind, watched| {
            wanted
                .get(kind)
                .is_some_and(|now| now.gvk == watched.resource.gvk)
                || discovery.is_incomplete(&kind.group)
        });
        for (kind, resource) in wanted {
            handles
                .entry(kind)
                .or_insert_with(|| self.watched(resource, Arc::default()));
        }
        self.context.metrics.api_resources(handles.len());
    }

    /// Watches these kinds, given as globs, anew: all of their objects are seen once more.
    fn look_again(self: &Arc<Self>, kinds: &[String]) {
        let mut handles = self
            .handles
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        for (kind, watched) in handles.iter_mut() {
            let name = match &*kind.group {
                "" => kind.kind.to_string(),
                group => format!("{group}/{}", kind.kind),
            };
            if kinds.iter().any(|glob| model::glob::matches(glob, &name)) {
                *watched = self.watched(watched.resource.clone(), watched.told.clone());
            }
        }
    }

    fn watched(self: &Arc<Self>, resource: ApiResource, told: Arc<Mutex<SeerState>>) -> Watched {
        self.outstanding.fetch_add(1, Ordering::SeqCst);
        Watched {
            _handle: self.watch(resource.clone(), told.clone()),
            resource,
            told,
        }
    }

    fn watch(self: &Arc<Self>, resource: ApiResource, told: Arc<Mutex<SeerState>>) -> WatchHandle {
        let seer = Seer {
            context: self.context.clone(),
            kind: resource.gvk.group_kind.clone(),
            api_version: resource.gvk.api_version(),
            state: told,
        };
        let weak = Arc::downgrade(self);
        let first = std::sync::Once::new();
        self.context
            .connection
            .watch(WatchRequest::all(resource), move |event| {
                if seer.see(event) {
                    first.call_once(|| {
                        if let Some(watches) = weak.upgrade() {
                            watches.one_listed();
                        }
                    });
                }
            })
    }

    /// One more kind is listed; after the last the picture of the cluster is complete.
    fn one_listed(&self) {
        if self.outstanding.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.context.probe.set_ready();
            self.context
                .tell(Event::ClusterReady(ClusterId::in_cluster(), true));
        }
    }
}

/// The parts of an object that say whether it concerns us.
#[derive(Deserialize)]
struct Head<'a> {
    #[serde(borrow)]
    metadata: MetadataHead<'a>,
}

#[derive(Deserialize)]
struct MetadataHead<'a> {
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    namespace: Cow<'a, str>,
    #[serde(borrow, default)]
    uid: Cow<'a, str>,
}

#[derive(Default)]
struct SeerState {
    /// UIDs told as records: if such an object loses its mark the engine must hear of it.
    told: HashSet<Arc<str>>,
    /// UIDs of the listing under way.
    listing: Option<HashSet<Arc<str>>>,
}

/// What one watch does with its events.
struct Seer {
    context: Arc<Context>,
    kind: GroupKind,
    api_version: String,
    state: Arc<Mutex<SeerState>>,
}

impl Seer {
    /// Takes an event in; true once the kind is as well known as it will be for now.
    fn see(&self, event: WatchEvent) -> bool {
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        match event {
            WatchEvent::Restarted => {
                state.listing = Some(HashSet::new());
                false
            }
            WatchEvent::Applied(bytes) => {
                self.context.metrics.cluster_event();
                self.applied(&mut state, &bytes);
                false
            }
            WatchEvent::Deleted(bytes) => {
                self.context.metrics.cluster_event();
                self.deleted(&mut state, &bytes);
                false
            }
            WatchEvent::Listed { resource_version } => {
                if let Some(uids) = state.listing.take() {
                    self.context.tell(Event::Listed(Box::new(Listing {
                        cluster: ClusterId::in_cluster(),
                        kind: self.kind.clone(),
                        uids,
                        at: resource_version.parse().unwrap_or(0),
                    })));
                }
                true
            }
            WatchEvent::Resumed => true,
            WatchEvent::Failed {
                error,
                reason,
                failing_for,
            } => {
                let expected = matches!(reason, FailureReason::NotServed);
                if !expected && failing_for.as_secs() < 1 {
                    tracing::warn!(kind = %self.kind, %error, "a watch failed; it is tried again");
                }
                // What we may not see or what is not served is as known as it will be.
                matches!(reason, FailureReason::Forbidden | FailureReason::NotServed)
            }
        }
    }

    fn key(&self, head: &MetadataHead<'_>) -> ObjectKey {
        ObjectKey {
            cluster: ClusterId::in_cluster(),
            group_kind: self.kind.clone(),
            namespace: (&*head.namespace).into(),
            name: (&*head.name).into(),
        }
    }

    fn applied(&self, state: &mut SeerState, bytes: &[u8]) {
        let head: Head<'_> = match serde_json::from_slice(bytes) {
            Ok(head) => head,
            Err(error) => {
                tracing::error!(kind = %self.kind, %error, "an object cannot be read; it is left out");
                return;
            }
        };
        let (key, uid) = (
            self.key(&head.metadata),
            Arc::<str>::from(&*head.metadata.uid),
        );
        if let Some(listing) = &mut state.listing {
            listing.insert(uid.clone());
        }
        self.look_at_special_kinds(&key, true);
        let want = self.context.wanted.get(&key);
        let concerns_us = want.is_some() || self.may_be_marked(bytes);
        let record = concerns_us.then(|| self.read(bytes)).flatten();
        let record = record.and_then(|object| reduce(&self.context, &object, want.as_ref()));
        match record {
            Some(record) => {
                state.told.insert(uid);
                self.context.tell(Event::Observed(Box::new(record)));
            }
            None if state.told.remove(&uid) => self.context.tell(Event::Unmarked(key)),
            None => {}
        }
    }

    fn deleted(&self, state: &mut SeerState, bytes: &[u8]) {
        let Ok(head) = serde_json::from_slice::<Head<'_>>(bytes) else {
            return;
        };
        let (key, uid) = (
            self.key(&head.metadata),
            Arc::<str>::from(&*head.metadata.uid),
        );
        self.look_at_special_kinds(&key, false);
        let told = state.told.remove(&uid);
        if told || self.context.wanted.get(&key).is_some() || self.may_be_marked(bytes) {
            self.context.tell(Event::Vanished(key, uid));
        }
    }

    /// A cheap look for the marks; what only seems marked is found out when it is read.
    fn may_be_marked(&self, bytes: &[u8]) -> bool {
        let settings = self.context.settings.load();
        memchr::memmem::find(bytes, b"argocd.argoproj.io/tracking-id").is_some()
            || (settings.tracking_method != model::TrackingMethod::Annotation
                && memchr::memmem::find(bytes, settings.label_key.as_bytes()).is_some())
    }

    fn read(&self, bytes: &[u8]) -> Option<Value> {
        let mut object: Value = serde_json::from_slice(bytes).ok()?;
        // Items of a listing of built-in kinds leave these out.
        let map = object.as_object_mut()?;
        map.entry("apiVersion")
            .or_insert_with(|| self.api_version.as_str().into());
        map.entry("kind")
            .or_insert_with(|| (*self.kind.kind).into());
        Some(object)
    }

    fn look_at_special_kinds(&self, key: &ObjectKey, exists: bool) {
        match (&*self.kind.group, &*self.kind.kind) {
            ("", "Namespace") => self.context.tell(Event::Namespace(key.clone(), exists)),
            ("apiextensions.k8s.io", "CustomResourceDefinition")
            | ("apiregistration.k8s.io", "APIService") => self.context.discover_soon(),
            _ => {}
        }
    }
}

/// Rediscovers once, a moment after the last of several wishes.
pub async fn discover_after_pause(context: Arc<Context>) {
    tokio::time::sleep(DISCOVERY_PAUSE).await;
    context.discovery_begins();
    rediscover(&context).await;
}
