//! Numbers for Prometheus, under Argo CD's names where it has one, under `caretaker_` where not.
//!
//! Comes in: what happened, told as it happens. Goes out: OpenMetrics text. Telling costs an atomic
//! or one short lock; what is only interesting when somebody looks (apps' states, clusters,
//! memory) is read when somebody does. What belongs to an app, a repository or a cluster is gone
//! when that is gone, so the number of series is bounded by what there is.

mod apps;
mod clusters;
mod engine;
mod git;
mod process;
mod series;

pub use clusters::{ClusterReading, RequestCount, SourceOfClusters};
pub use engine::Flight;
/// A number that only rises; clones count together.
pub use prometheus_client::metrics::counter::Counter;

use std::sync::Arc;
use std::time::Duration;

use apps::Apps;
use clusters::Clusters;
use engine::EngineMetrics;
use git::{GitMetrics, GitRequest};
use model::{App, AppId, ClusterId, Outcome};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// All metrics of the process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    apps: Arc<Apps>,
    clusters: Arc<Clusters>,
    local_events: Counter,
    engine: EngineMetrics,
    git: GitMetrics,
}

impl Metrics {
    /// Fresh metrics; `version` is this program's.
    pub fn new(version: &str) -> Self {
        let mut registry = Registry::default();
        let (apps, clusters) = (Arc::<Apps>::default(), Arc::<Clusters>::default());
        let git = GitMetrics::in_registry(&mut registry);
        let engine = EngineMetrics::in_registry(&mut registry);
        register_version(&mut registry, version);
        registry.register_collector(Box::new(apps.clone()));
        registry.register_collector(Box::new(clusters.clone()));
        registry.register_collector(Box::new(process::Process));
        let local_events = clusters.events(ClusterId::IN_CLUSTER, "", "");
        Self {
            registry,
            local_events,
            apps,
            clusters,
            engine,
            git,
        }
    }

    /// All of them as OpenMetrics text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if prometheus_client::encoding::text::encode(&mut text, &self.registry).is_err() {
            tracing::error!("metrics could not be written");
        }
        text
    }

    /// An app is there, new or changed.
    pub fn app_defined(&self, app: &App) {
        self.let_go(self.apps.define(app));
    }

    /// What is to be said of an app. A sync that ended is counted once, however often it is told.
    pub fn app_reported(&self, id: &AppId, outcome: &Outcome) {
        self.apps.report(id, outcome);
    }

    /// An app is gone, and all its series with it; its repository's too, if nobody else follows it.
    pub fn app_gone(&self, id: &AppId) {
        self.let_go(self.apps.remove(id));
    }

    /// An app was compared with its source.
    pub fn app_reconciled(&self, id: &AppId, took: Duration) {
        if let Some(server) = self.apps.server_of(id) {
            self.engine.reconciled(&id.namespace, &server, took);
        }
    }

    /// Drift of an app was seen.
    pub fn drifted(&self) {
        self.engine.drift_events.inc();
    }

    /// An object of an app was set right.
    pub fn healed(&self, id: &AppId) {
        self.apps.healed(id);
    }

    /// How long setting an object right took, from the event to the apply's answer.
    pub fn heal_took(&self, took: Duration) {
        self.engine.heal_duration.observe(took.as_secs_f64());
    }

    /// A render was answered, perhaps from the cache.
    pub fn rendered(&self, cached: bool) {
        self.engine.rendered(cached);
    }

    /// The engine made a step.
    pub fn engine_step(&self, took: Duration) {
        self.engine.step.observe(took.as_secs_f64());
    }

    /// A request of the engine is under way until the returned value is dropped. `kind` is one of
    /// a few words, as in `render`.
    pub fn flight(&self, kind: &'static str) -> Flight {
        self.engine.flight(kind)
    }

    /// A Git server was asked where a reference leads.
    pub fn git_request(&self, repository: &str, took: Duration) {
        self.git.asked(repository, GitRequest::ListRemote, took);
    }

    /// A Git server could not say where a reference leads.
    pub fn git_request_failed(&self, repository: &str) {
        self.git.failed(repository, GitRequest::ListRemote);
    }

    /// A Git server was asked for a commit.
    pub fn git_fetch(&self, repository: &str, took: Duration) {
        self.git.asked(repository, GitRequest::Fetch, took);
    }

    /// A Git server did not give a commit.
    pub fn git_fetch_failed(&self, repository: &str) {
        self.git.failed(repository, GitRequest::Fetch);
    }

    /// Where to ask about clusters when somebody looks. Later sources replace earlier ones.
    pub fn clusters_from(&self, source: impl SourceOfClusters) {
        self.clusters.read_from(Arc::new(source));
    }

    /// The counter of a kind's watch events. Ask once a watch, keep it, count on it.
    pub fn cluster_events(&self, server: &str, group: &str, kind: &str) -> Counter {
        self.clusters.events(server, group, kind)
    }

    /// Something happened in the cluster we run in, of whatever kind.
    pub fn cluster_event(&self) {
        self.local_events.inc();
    }

    /// How many kinds the cluster we run in serves; shown unless [`Self::clusters_from`] says more.
    pub fn api_resources(&self, count: usize) {
        self.clusters.api_resources(count);
    }

    /// A cluster is gone, and the counters of its events with it.
    pub fn cluster_gone(&self, server: &str) {
        self.clusters.forget(server);
    }

    fn let_go(&self, repository: Option<Arc<str>>) {
        if let Some(repository) = repository {
            self.git.forget(&repository);
        }
    }
}

fn register_version(registry: &mut Registry, version: &str) {
    let info = Family::<[(&str, String); 1], Gauge>::default();
    info.get_or_create(&[("version", version.to_owned())])
        .set(1);
    registry.register("argocd_info", "The program's version", info.clone());
    registry.register("caretaker_info", "The program's version", info);
}
