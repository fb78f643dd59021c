//! The Applications: made in one go, and followed until all are Synced and Healthy.

use crate::monorepo::Monorepo;
use crate::objects::Set;
use crate::scene::CONTROL_NAMESPACE;
use crate::{apply, in_flight, kinds};
use anyhow::{Result, anyhow};
use cluster::{Connection, WatchEvent, WatchHandle, WatchRequest};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Creates the Applications of a set.
pub async fn create(connection: &Connection, set: &Set, repository_url: &str) -> Result<()> {
    let (connection, url) = (connection.clone(), repository_url.to_owned());
    in_flight::each(set.names(), move |name| {
        let (connection, body) = (connection.clone(), application(&name, &url));
        async move { apply::value(&connection, &kinds::application(), CONTROL_NAMESPACE, &body).await }
    })
    .await
}

fn application(name: &str, repository_url: &str) -> Value {
    let source = json!({ "repoURL": repository_url, "targetRevision": "main", "path": name });
    let destination = json!({ "server": "https://kubernetes.default.svc", "namespace": name });
    let policy = json!({ "automated": { "prune": true, "selfHeal": true } });
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": { "name": name },
        "spec": { "project": "default", "source": source, "destination": destination, "syncPolicy": policy },
    })
}

/// The address of a repository at a server.
pub fn url(server: &testbed::GitServer, repository: &Monorepo) -> String {
    server.url_of(repository.name)
}

/// The parts of an Application that tell how it is.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Told {
    metadata: Metadata,
    status: Status,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Metadata {
    name: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    sync: Word,
    health: Word,
    operation_state: Operation,
    conditions: Vec<Condition>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Word {
    status: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Operation {
    phase: String,
    message: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Condition {
    message: String,
}

/// How an app was when it was seen last.
struct Seen {
    told: Told,
    /// When it was first Synced and Healthy.
    first_done: Option<Instant>,
}

type Apps = HashMap<String, Seen>;

/// Follows the Applications of a set.
pub struct Board {
    apps: Arc<Mutex<Apps>>,
    done: watch::Receiver<usize>,
    total: usize,
    _watch: WatchHandle,
}

impl Board {
    /// Starts a watch.
    pub fn start(connection: &Connection, set: &Set) -> Self {
        let apps = Arc::<Mutex<Apps>>::default();
        let (tell, done) = watch::channel(0_usize);
        let (shared, prefix) = (apps.clone(), format!("{}-", set.name));
        let request = WatchRequest {
            namespace: Some(CONTROL_NAMESPACE.to_owned()),
            ..WatchRequest::all(kinds::application())
        };
        let watch = connection.watch(request, move |event| {
            let WatchEvent::Applied(object) = event else {
                return;
            };
            let Ok(told) = serde_json::from_slice::<Told>(&object) else {
                return;
            };
            if told.metadata.name.starts_with(&prefix) {
                let mut apps = shared.lock().unwrap_or_else(PoisonError::into_inner);
                let now_done = take(&mut apps, told);
                tell.send_modify(|done| *done = done.saturating_add_signed(now_done));
            }
        });
        Self {
            apps,
            done,
            total: set.apps as usize,
            _watch: watch,
        }
    }

    /// Waits until all are, and says how it stands every five seconds.
    pub async fn all_done(&self, limit: Duration) -> Result<Instant> {
        let mut done = self.done.clone();
        let begun = Instant::now();
        loop {
            let all = done.wait_for(|done| *done >= self.total);
            match tokio::time::timeout(Duration::from_secs(5), all).await {
                Ok(Ok(_)) => return Ok(Instant::now()),
                Ok(Err(_)) => return Err(anyhow!("the watch on Applications ended")),
                Err(_) if begun.elapsed() > limit => return Err(self.too_late(limit)),
                Err(_) => bench::progress::say(self.to_string()),
            }
        }
    }

    /// How long after `begun` each app was first Synced and Healthy.
    pub fn times_since(&self, begun: Instant) -> Vec<Duration> {
        let apps = self.lock();
        let firsts = apps.values().filter_map(|seen| seen.first_done);
        firsts
            .map(|done| done.saturating_duration_since(begun))
            .collect()
    }

    fn too_late(&self, limit: Duration) -> anyhow::Error {
        let examples = self.examples();
        anyhow!("{self} after {} s; for example:{examples}", limit.as_secs())
    }

    fn examples(&self) -> String {
        let apps = self.lock();
        let open = apps.values().filter(|seen| !seen.told.is_done()).take(3);
        open.map(|seen| format!("\n  {}", seen.told)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Apps> {
        self.apps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes in what was told; by how much the number of apps that are done changed.
fn take(apps: &mut Apps, told: Told) -> isize {
    let is_done = told.is_done();
    let before = apps.remove(&told.metadata.name);
    let was_done = before.as_ref().is_some_and(|seen| seen.told.is_done());
    let first_done = before.and_then(|seen| seen.first_done);
    let first_done = first_done.or_else(|| is_done.then(Instant::now));
    apps.insert(told.metadata.name.clone(), Seen { told, first_done });
    isize::from(is_done) - isize::from(was_done)
}

impl Told {
    fn is_done(&self) -> bool {
        self.status.sync.status == "Synced" && self.status.health.status == "Healthy"
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = &self.status;
        write!(
            f,
            "{}: {:?} {:?}",
            self.metadata.name, status.sync.status, status.health.status
        )?;
        write!(f, ", operation {:?}", status.operation_state.phase)?;
        let words = status.conditions.iter().map(|condition| &condition.message);
        for words in words
            .chain([&status.operation_state.message])
            .filter(|words| !words.is_empty())
        {
            write!(f, ", {words}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let apps = self.lock();
        let mut states = BTreeMap::<String, usize>::new();
        for seen in apps.values().filter(|seen| !seen.told.is_done()) {
            let status = &seen.told.status;
            let state = [
                &status.sync.status,
                &status.health.status,
                &status.operation_state.phase,
            ];
            let words = state.map(|word| if word.is_empty() { "-" } else { word });
            *states.entry(words.join("/")).or_default() += 1;
        }
        let done = apps.values().filter(|seen| seen.told.is_done()).count();
        write!(f, "{done} of {} Synced and Healthy", self.total)?;
        states
            .iter()
            .try_for_each(|(state, count)| write!(f, ", {count} {state}"))
    }
}
