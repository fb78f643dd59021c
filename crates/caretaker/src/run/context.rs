//! What the parts of a running Caretaker share.

use super::RunOptions;
use super::applications::Applications;
use super::credentials::CredentialStore;
use super::kinds::Kinds;
use super::queue::Queue;
use super::source_work::Trees;
use super::telemetry::LiveProbe;
use super::wanted::Wanted;
use crate::clock::{clock, fresh_seed};
use crate::remotes::Identities as _;
use anyhow::{Context as _, Result};
use arc_swap::ArcSwap;
use cluster::{Connection, EventRecorder};
use engine::{Engine, Event};
use model::SourceKey;
use server::Metrics;
use source::Credentials;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

/// Rendered manifests are kept up to this many bytes.
const RENDER_CACHE_BYTES: u64 = 16 << 20;

/// Who wants to know of which kinds, given as globs, the health checks changed.
pub type ChecksListener = Box<dyn Fn(&[String]) + Send>;

/// Shared by the engine's loop, the workers and the watches.
pub struct Context {
    /// The cluster.
    pub connection: Connection,
    /// Where events go.
    pub events: mpsc::UnboundedSender<Event>,
    /// Argo CD's settings, as last read.
    pub settings: ArcSwap<argo::Settings>,
    /// Users' health checks, as last read.
    pub scripts: ArcSwap<lua::Scripts>,
    /// The kinds the cluster serves, as last discovered.
    pub kinds: Kinds,
    /// What watches compare against.
    pub wanted: Wanted,
    /// The Applications, as last seen.
    pub applications: Applications,
    /// Repositories and their trees.
    pub trees: Trees,
    /// Repository credentials.
    pub credentials: ArcSwap<CredentialStore>,
    /// Secrets of webhooks.
    pub webhook_secrets: ArcSwap<argo::webhook::WebhookSecrets>,
    /// Rendered manifests by content.
    pub renders: render::Cache,
    /// Requests of the engine.
    pub queue: Queue,
    /// Writes Kubernetes Events.
    pub recorder: EventRecorder,
    /// For probes.
    pub probe: Arc<LiveProbe>,
    /// For Prometheus.
    pub metrics: Arc<Metrics>,
    /// Where the Applications are.
    pub namespace: String,
    followed: ArcSwap<Vec<SourceKey>>,
    followed_version: AtomicU64,
    projects: Mutex<BTreeSet<String>>,
    kinds_listener: Mutex<Option<Box<dyn Fn() + Send>>>,
    checks_listener: Mutex<Option<ChecksListener>>,
    discovery_asked: AtomicBool,
    seeded: AtomicBool,
}

impl Context {
    /// Connects everything; fails when the cluster cannot be asked what it serves.
    pub async fn prepare(
        options: &RunOptions,
        connection: Connection,
        namespace: &str,
        events: mpsc::UnboundedSender<Event>,
    ) -> Result<Arc<Self>> {
        let discovery = connection
            .discover()
            .await
            .context("asking the API server what it serves failed")?;
        let version = connection.version().await;
        let version = version.context("asking the API server for its version failed")?;
        let cache = options.cache_dir.clone().unwrap_or_else(default_cache);
        Ok(Arc::new(Self {
            recorder: EventRecorder::new(connection.clone(), "caretaker"),
            settings: ArcSwap::from_pointee(argo::Settings::default().in_namespace(namespace)),
            scripts: ArcSwap::default(),
            kinds: Kinds::new(discovery, &version.git_version),
            wanted: Wanted::default(),
            applications: Applications::default(),
            trees: Trees::new(cache)?,
            credentials: ArcSwap::from_pointee(CredentialStore::default()),
            webhook_secrets: ArcSwap::from_pointee(Default::default()),
            renders: render::Cache::new(RENDER_CACHE_BYTES).with_clock(clock(false)),
            queue: Queue::default(),
            probe: Arc::new(LiveProbe::default()),
            metrics: Arc::new(Metrics::new(env!("CARGO_PKG_VERSION"))),
            namespace: namespace.to_owned(),
            followed: ArcSwap::default(),
            followed_version: AtomicU64::new(0),
            projects: Mutex::default(),
            kinds_listener: Mutex::default(),
            checks_listener: Mutex::default(),
            discovery_asked: AtomicBool::new(false),
            seeded: AtomicBool::new(false),
            connection,
            events,
        }))
    }

    /// Charts draw from a secret of this process: what they draw changes when it is started again.
    pub fn seed_charts_for_now(&self) {
        if !self.seeded.swap(true, Ordering::Relaxed) {
            tracing::info!(
                "argocd-secret has no server.secretkey: what charts draw at random changes with \
                 each start"
            );
            self.renders.set_secret(&fresh_seed());
        }
    }

    /// What a source is reached with.
    pub fn credentials_of(&self, source: &SourceKey) -> Credentials {
        let credentials = self.credentials.load();
        let identities = credentials.identities(&source.project, source.pass_credentials);
        identities.credentials(&source.repository)
    }

    /// Tells the engine; when it is gone, nobody listens and nothing is lost.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// The sources that apps follow.
    pub fn sources(&self) -> Vec<SourceKey> {
        self.followed.load().to_vec()
    }

    /// Publishes the sources that apps follow, if they changed; costs one comparison if not.
    pub fn set_sources(&self, engine: &Engine) {
        let version = engine.sources_version();
        if self.followed_version.swap(version, Ordering::Relaxed) != version {
            self.followed
                .store(Arc::new(engine.sources().cloned().collect()));
        }
    }

    /// Remembers which projects exist; gives those that no longer do.
    pub fn projects_told(&self, now: BTreeSet<String>) -> Vec<String> {
        let mut known = self
            .projects
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let before = std::mem::replace(&mut *known, now);
        before.difference(&known).cloned().collect()
    }

    /// Who wants to know that the kinds changed.
    pub fn on_kinds_changed(&self, listener: Box<dyn Fn() + Send>) {
        let mut known = self
            .kinds_listener
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        *known = Some(listener);
    }

    /// The kinds changed.
    pub fn kinds_changed(&self) {
        let listener = self
            .kinds_listener
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(listener) = &*listener {
            listener();
        }
    }

    /// Who wants to know that health checks changed.
    pub fn on_checks_changed(&self, listener: ChecksListener) {
        let mut known = self
            .checks_listener
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        *known = Some(listener);
    }

    /// The health checks of these kinds changed.
    pub fn checks_changed(&self, kinds: &[String]) {
        let listener = self
            .checks_listener
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(listener) = &*listener {
            listener(kinds);
        }
    }

    /// Asks what is served again, a moment from now; several wishes become one.
    pub fn discover_soon(self: &Arc<Self>) {
        if !self.discovery_asked.swap(true, Ordering::SeqCst) {
            tokio::spawn(super::watching::discover_after_pause(self.clone()));
        }
    }

    /// A discovery begins: wishes from now on are for the next one.
    pub fn discovery_begins(&self) {
        self.discovery_asked.store(false, Ordering::SeqCst);
    }
}

fn default_cache() -> PathBuf {
    std::env::temp_dir().join("caretaker")
}
