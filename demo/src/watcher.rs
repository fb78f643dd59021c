//! A `kubectl get --watch` that notes when it saw what.
//!
//! In: a kind. Out: every state of its objects, each with the time at which it arrived. A step marks
//! its place, does something, and waits for the states it expects, in their order.

use crate::interrupt;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::BufReader;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How long any answer may take before a step has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a wait looks up for Ctrl-C. It is woken at once by what it waits for.
const GLANCE: Duration = Duration::from_millis(100);

/// A state of an object.
pub struct Sighting {
    /// When it arrived.
    pub at: SystemTime,
    /// The object was deleted.
    pub deleted: bool,
    /// The object.
    pub object: Value,
}

impl Sighting {
    /// Is it this object?
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        let metadata = &self.object["metadata"];
        metadata["namespace"] == namespace && metadata["name"] == name
    }
}

/// A place in the sequence of sightings: what follows is newer.
#[derive(Clone, Copy)]
pub struct Mark(usize);

/// The watch of one kind, in all namespaces.
pub struct Watcher {
    kind: &'static str,
    log: Arc<Log>,
    child: Child,
}

#[derive(Default)]
struct Log {
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Default)]
struct State {
    sightings: Vec<Arc<Sighting>>,
    ended: bool,
}

impl Watcher {
    /// Begins to watch.
    pub fn start(mut kubectl: Command, kind: &'static str) -> Result<Watcher> {
        kubectl.args(["get", kind, "--all-namespaces", "--watch"]);
        kubectl.args(["--output=json", "--output-watch-events"]);
        let kubectl = kubectl
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = kubectl.spawn().context("cannot start kubectl")?;
        let stdout = child.stdout.take().context("kubectl has no stdout")?;
        let log = Arc::<Log>::default();
        let ours = log.clone();
        std::thread::spawn(move || ours.take_in(stdout));
        Ok(Watcher { kind, log, child })
    }

    /// The present end of the sequence.
    pub fn mark(&self) -> Mark {
        Mark(self.log.state().sightings.len())
    }

    /// Waits for the first sighting after the mark that is wanted; gives it, and the place after
    /// it.
    pub fn first(
        &self,
        after: Mark,
        what: &str,
        mut wanted: impl FnMut(&Sighting) -> bool,
    ) -> Result<(Arc<Sighting>, Mark)> {
        let deadline = Instant::now() + PATIENCE;
        let mut next = after.0;
        let mut state = self.log.state();
        loop {
            while let Some(sighting) = state.sightings.get(next).cloned() {
                next += 1;
                if wanted(&sighting) {
                    return Ok((sighting, Mark(next)));
                }
            }
            interrupt::check()?;
            if state.ended {
                bail!("kubectl no longer watches {}", self.kind);
            }
            if Instant::now() > deadline {
                bail!("{what}: not within {} s", PATIENCE.as_secs());
            }
            state = self.log.wait(state);
        }
    }

    /// The next sighting, if there is one soon.
    pub fn next(&self, after: Mark) -> Option<(Arc<Sighting>, Mark)> {
        let mut state = self.log.state();
        if state.sightings.len() <= after.0 {
            state = self.log.wait(state);
        }
        Some((state.sightings.get(after.0)?.clone(), Mark(after.0 + 1)))
    }

    /// The objects as last seen, by `namespace/name`.
    pub fn current(&self) -> BTreeMap<String, Value> {
        let mut objects = BTreeMap::new();
        for sighting in &self.log.state().sightings {
            let metadata = &sighting.object["metadata"];
            let text = |field: &str| metadata[field].as_str().unwrap_or_default();
            let name = format!("{}/{}", text("namespace"), text("name"));
            if sighting.deleted {
                objects.remove(&name);
            } else {
                objects.insert(name, sighting.object.clone());
            }
        }
        objects
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // It has ended already if Ctrl-C reached it first.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Log {
    fn take_in(&self, stdout: ChildStdout) {
        let events = serde_json::Deserializer::from_reader(BufReader::new(stdout));
        for mut event in events.into_iter::<Value>().map_while(Result::ok) {
            let sighting = Sighting {
                at: SystemTime::now(),
                deleted: event["type"] == "DELETED",
                object: event["object"].take(),
            };
            self.state().sightings.push(Arc::new(sighting));
            self.news.notify_all();
        }
        self.state().ended = true;
        self.news.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let waited = self.news.wait_timeout(state, GLANCE);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// The time between two sightings.
pub fn between(first: SystemTime, second: SystemTime) -> Duration {
    // The clock may have been set back in between; then there is nothing to tell.
    second.duration_since(first).unwrap_or_default()
}
