//! What there is to say of each app: a row an app, turned into series when somebody looks.
//!
//! A row's labels are replaced when its app changes, so none is ever left behind; looking copies
//! the rows' handles and lets the table go at once.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{App, AppId, Condition, OperationPhase, OperationState, Outcome, Timestamp};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;

use super::git::shown;
use super::series::Series;

/// Ends a sync can have.
const ENDS: [OperationPhase; 3] = [
    OperationPhase::Succeeded,
    OperationPhase::Failed,
    OperationPhase::Error,
];

/// What the definition says.
#[derive(PartialEq, Debug)]
struct Defined {
    project: Arc<str>,
    dest_server: Arc<str>,
    dest_namespace: Arc<str>,
    repo: Arc<str>,
    autosync: &'static str,
    deleting: bool,
}

/// What was last reported.
#[derive(Debug)]
struct Reported {
    sync: &'static str,
    health: Arc<str>,
    syncing: bool,
    conditions: BTreeMap<&'static str, i64>,
}

#[derive(Clone, Debug)]
struct Row {
    id: AppId,
    defined: Arc<Defined>,
    reported: Option<Arc<Reported>>,
    syncs: [u64; ENDS.len()],
    heals: u64,
    /// When the operation began that was counted last, or had ended before we came.
    counted: Option<Timestamp>,
}

/// The table.
#[derive(Debug, Default)]
pub(super) struct Apps {
    rows: Mutex<BTreeMap<AppId, Row>>,
}

impl Apps {
    /// Takes a definition in; answers a repository that no app follows any more.
    pub fn define(&self, app: &App) -> Option<Arc<str>> {
        let defined = Arc::new(Defined::of(app));
        let mut rows = self.rows();
        let Some(row) = rows.get_mut(&app.id) else {
            rows.insert(app.id.clone(), Row::new(app, defined));
            return None;
        };
        let moved = row.defined.repo != defined.repo;
        let before = std::mem::replace(&mut row.defined, defined);
        moved.then(|| unfollowed(&rows, &before.repo)).flatten()
    }

    pub fn report(&self, id: &AppId, outcome: &Outcome) {
        if let Some(row) = self.rows().get_mut(id) {
            row.reported = Some(Arc::new(Reported::of(outcome)));
            row.count(outcome.operation.as_ref());
        }
    }

    pub fn healed(&self, id: &AppId) {
        if let Some(row) = self.rows().get_mut(id) {
            row.heals += 1;
        }
    }

    /// Forgets an app; answers a repository that no app follows any more.
    pub fn remove(&self, id: &AppId) -> Option<Arc<str>> {
        let mut rows = self.rows();
        let gone = rows.remove(id)?;
        unfollowed(&rows, &gone.defined.repo)
    }

    /// The destination cluster of an app.
    pub fn server_of(&self, id: &AppId) -> Option<Arc<str>> {
        Some(self.rows().get(id)?.defined.dest_server.clone())
    }

    fn rows(&self) -> MutexGuard<'_, BTreeMap<AppId, Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Walks all apps, but only when an app goes or moves to another repository.
fn unfollowed(rows: &BTreeMap<AppId, Row>, repo: &Arc<str>) -> Option<Arc<str>> {
    let followed = rows.values().any(|row| row.defined.repo == *repo);
    (!followed).then(|| repo.clone())
}

impl Defined {
    fn of(app: &App) -> Self {
        Self {
            project: app.project.clone(),
            dest_server: app.destination.cluster.0.clone(),
            dest_namespace: app.destination.namespace.clone(),
            repo: shown(&app.source.repository).into(),
            autosync: if app.automated.is_some() {
                "true"
            } else {
                "false"
            },
            deleting: app.deletion.is_some(),
        }
    }
}

impl Reported {
    fn of(outcome: &Outcome) -> Self {
        let health = outcome.health.as_ref().map(|(word, _)| word.clone());
        let running = |state: &OperationState| !state.phase.is_finished();
        Self {
            sync: outcome.sync.as_str(),
            health: health.unwrap_or_else(|| "Unknown".into()),
            syncing: outcome.operation.as_ref().is_some_and(running),
            conditions: counted(&outcome.conditions),
        }
    }
}

fn counted(conditions: &[Condition]) -> BTreeMap<&'static str, i64> {
    let mut kinds = BTreeMap::new();
    for condition in conditions {
        *kinds.entry(condition.kind.as_str()).or_insert(0) += 1;
    }
    kinds
}

impl Row {
    fn new(app: &App, defined: Arc<Defined>) -> Self {
        let before = app.remembered.operation.as_ref();
        let ended = before.filter(|state| state.phase.is_finished());
        Self {
            id: app.id.clone(),
            defined,
            reported: None,
            syncs: Default::default(),
            heals: 0,
            counted: ended.map(|state| state.started_at),
        }
    }

    /// Counts an operation once, when it has ended.
    fn count(&mut self, operation: Option<&OperationState>) {
        let Some(state) = operation.filter(|state| self.counted != Some(state.started_at)) else {
            return;
        };
        if let Some(end) = ENDS.iter().position(|end| *end == state.phase) {
            self.syncs[end] += 1;
            self.counted = Some(state.started_at);
        }
    }

    fn sync(&self) -> &'static str {
        self.reported
            .as_ref()
            .map_or("Unknown", |reported| reported.sync)
    }

    fn health(&self) -> &str {
        self.reported
            .as_ref()
            .map_or("Unknown", |reported| &reported.health)
    }

    fn operation(&self) -> &'static str {
        let syncing = self
            .reported
            .as_ref()
            .is_some_and(|reported| reported.syncing);
        match (self.defined.deleting, syncing) {
            (true, _) => "delete",
            (false, true) => "sync",
            (false, false) => "",
        }
    }

    fn who(&self) -> [(&'static str, &str); 3] {
        [
            ("name", &self.id.name),
            ("namespace", &self.id.namespace),
            ("project", &self.defined.project),
        ]
    }
}

impl Collector for Apps {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let rows: Vec<Row> = self.rows().values().cloned().collect();
        infos(&mut encoder, &rows)?;
        conditions(&mut encoder, &rows)?;
        syncs(&mut encoder, &rows)?;
        heals(&mut encoder, &rows)
    }
}

fn infos(encoder: &mut DescriptorEncoder<'_>, rows: &[Row]) -> fmt::Result {
    let sample = |row: &'_ Row| {
        let (defined, text) = (&row.defined, |text: &str| text.to_owned());
        let labels = [
            ("autosync_enabled", text(defined.autosync)),
            ("dest_namespace", text(&defined.dest_namespace)),
            ("dest_server", text(&defined.dest_server)),
            ("health_status", text(row.health())),
            ("name", text(&row.id.name)),
            ("namespace", text(&row.id.namespace)),
            ("operation", text(row.operation())),
            ("project", text(&defined.project)),
            ("repo", text(&defined.repo)),
            ("sync_status", text(row.sync())),
        ];
        (labels, 1)
    };
    Series::new(
        encoder,
        "argocd_app_info",
        "Information about an application",
    )
    .gauges(rows.iter().map(sample))
}

fn conditions(encoder: &mut DescriptorEncoder<'_>, rows: &[Row]) -> fmt::Result {
    let reported = rows
        .iter()
        .filter_map(|row| Some((row, row.reported.as_ref()?)));
    let samples = reported.flat_map(|(row, reported)| {
        reported.conditions.iter().map(|(kind, count)| {
            let [name, namespace, project] = row.who();
            ([("condition", *kind), name, namespace, project], *count)
        })
    });
    Series::new(
        encoder,
        "argocd_app_condition",
        "Conditions of an application",
    )
    .gauges(samples)
}

fn syncs(encoder: &mut DescriptorEncoder<'_>, rows: &[Row]) -> fmt::Result {
    let samples = rows.iter().flat_map(|row| {
        let ended = ENDS.iter().zip(row.syncs).filter(|(_, count)| *count > 0);
        ended.map(|(end, count)| {
            let [name, namespace, project] = row.who();
            let server = ("dest_server", &*row.defined.dest_server);
            (
                [server, name, namespace, ("phase", end.as_str()), project],
                count,
            )
        })
    });
    Series::new(
        encoder,
        "argocd_app_sync",
        "Syncs of an application that ended",
    )
    .counters(samples)
}

fn heals(encoder: &mut DescriptorEncoder<'_>, rows: &[Row]) -> fmt::Result {
    let samples = rows.iter().filter(|row| row.heals > 0).map(|row| {
        let [name, namespace, _] = row.who();
        ([name, namespace], row.heals)
    });
    Series::new(
        encoder,
        "caretaker_heals",
        "Objects of an application that were set right",
    )
    .counters(samples)
}
