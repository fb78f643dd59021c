//! How each cluster is, asked when somebody looks; and the counters of watch events, which are
//! plain atomics that each watch holds on to.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::ClusterId;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::counter::Counter;

use super::series::Series;

/// A cluster at one moment; what is not known is not shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClusterReading {
    /// Its URL.
    pub server: String,
    /// Its version, as in `v1.36`.
    pub k8s_version: String,
    /// It answers.
    pub connected: bool,
    /// Kinds it serves.
    pub api_resources: u64,
    /// Objects we keep records of.
    pub objects: Option<u64>,
    /// What was sent to it.
    pub requests: Vec<RequestCount>,
    /// Requests under way.
    pub in_flight: Option<u64>,
    /// Requests that wait for their turn.
    pub waiting: Option<u64>,
    /// Requests that may be under way at once.
    pub limit: Option<u64>,
}

/// How often a verb ended in a way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RequestCount {
    /// As in `apply`.
    pub verb: &'static str,
    /// As in `done`.
    pub outcome: &'static str,
    /// How often.
    pub count: u64,
}

/// Who knows the clusters. Asked at each look, so it should answer from what is at hand.
pub trait SourceOfClusters: Send + Sync + 'static {
    /// All clusters, in a steady order.
    fn read(&self) -> Vec<ClusterReading>;
}

impl<F: Fn() -> Vec<ClusterReading> + Send + Sync + 'static> SourceOfClusters for F {
    fn read(&self) -> Vec<ClusterReading> {
        self()
    }
}

type Events = HashMap<Arc<str>, BTreeMap<(Arc<str>, Arc<str>), Counter>>;

/// Labels, and how often.
type EventCount = ([(&'static str, Arc<str>); 3], u64);

#[derive(Default)]
pub(super) struct Clusters {
    source: Mutex<Option<Arc<dyn SourceOfClusters>>>,
    events: Mutex<Events>,
    /// Kinds of the cluster we run in, for want of a source.
    kinds: AtomicUsize,
}

impl Clusters {
    pub fn read_from(&self, source: Arc<dyn SourceOfClusters>) {
        *self.source.lock().unwrap_or_else(PoisonError::into_inner) = Some(source);
    }

    pub fn events(&self, server: &str, group: &str, kind: &str) -> Counter {
        let mut events = self.counters();
        let kinds = events.entry(server.into()).or_default();
        kinds
            .entry((group.into(), kind.into()))
            .or_default()
            .clone()
    }

    pub fn api_resources(&self, count: usize) {
        self.kinds.store(count, Relaxed);
    }

    pub fn forget(&self, server: &str) {
        self.counters().remove(server);
    }

    fn counters(&self) -> MutexGuard<'_, Events> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readings(&self) -> Vec<ClusterReading> {
        let source = self
            .source
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        source.map_or_else(|| self.without_source(), |source| source.read())
    }

    fn without_source(&self) -> Vec<ClusterReading> {
        let kinds = self.kinds.load(Relaxed);
        let reading = || ClusterReading {
            server: ClusterId::IN_CLUSTER.to_owned(),
            connected: true,
            api_resources: u64::try_from(kinds).unwrap_or(u64::MAX),
            ..ClusterReading::default()
        };
        (kinds > 0).then(reading).into_iter().collect()
    }

    fn counted(&self) -> Vec<EventCount> {
        let events = self.counters();
        let mut counted: Vec<_> = events
            .iter()
            .flat_map(|(server, kinds)| kinds.iter().map(move |kind| (server, kind)))
            .map(|(server, ((group, kind), counter))| {
                let labels: [_; 3] = [
                    ("group", group.clone()),
                    ("kind", kind.clone()),
                    ("server", server.clone()),
                ];
                (labels, counter.get())
            })
            .filter(|(_, count)| *count > 0)
            .collect();
        counted.sort();
        counted
    }
}

impl fmt::Debug for Clusters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clusters").finish_non_exhaustive()
    }
}

/// A gauge of a cluster.
type Gauge = (
    &'static str,
    &'static str,
    fn(&ClusterReading) -> Option<u64>,
);

const GAUGES: [Gauge; 5] = [
    (
        "argocd_cluster_api_resources",
        "Kinds a cluster serves",
        |cluster| Some(cluster.api_resources),
    ),
    (
        "argocd_cluster_api_resource_objects",
        "Objects of a cluster that are kept in view",
        |cluster| cluster.objects,
    ),
    (
        "caretaker_cluster_requests_in_flight",
        "Requests to a cluster under way",
        |cluster| cluster.in_flight,
    ),
    (
        "caretaker_cluster_requests_waiting",
        "Requests to a cluster that wait for their turn",
        |cluster| cluster.waiting,
    ),
    (
        "caretaker_cluster_request_limit",
        "Requests to a cluster that may be under way at once",
        |cluster| cluster.limit,
    ),
];

impl Collector for Clusters {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let readings = self.readings();
        for (name, help, value) in GAUGES {
            let sample = |cluster: &ClusterReading| {
                Some((
                    [("server", cluster.server.clone())],
                    number(value(cluster)?),
                ))
            };
            Series::new(&mut encoder, name, help).gauges(readings.iter().filter_map(sample))?;
        }
        connections(&mut encoder, &readings)?;
        requests(&mut encoder, &readings)?;
        Series::new(
            &mut encoder,
            "argocd_cluster_events",
            "Watch events of a cluster by kind",
        )
        .counters(self.counted())
    }
}

fn connections(encoder: &mut DescriptorEncoder<'_>, readings: &[ClusterReading]) -> fmt::Result {
    let sample = |cluster: &ClusterReading| {
        let labels = [
            ("k8s_version", cluster.k8s_version.clone()),
            ("server", cluster.server.clone()),
        ];
        (labels, i64::from(cluster.connected))
    };
    let help = "Whether a cluster answers (1) or not (0)";
    Series::new(encoder, "argocd_cluster_connection_status", help)
        .gauges(readings.iter().map(sample))
}

fn requests(encoder: &mut DescriptorEncoder<'_>, readings: &[ClusterReading]) -> fmt::Result {
    let samples = readings.iter().flat_map(|cluster| {
        cluster.requests.iter().map(|request| {
            let labels = [
                ("outcome", request.outcome),
                ("server", cluster.server.as_str()),
                ("verb", request.verb),
            ];
            (labels, request.count)
        })
    });
    Series::new(
        encoder,
        "argocd_app_k8s_request",
        "Requests sent to a cluster",
    )
    .counters(samples)
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
