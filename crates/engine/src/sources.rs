//! The desired side: which revision a source leads to, and what it renders to.
//!
//! One resolution serves every app that follows the same reference of the same repository. A
//! failure leaves what runs alone: the last revision stays in force and the failure is told with
//! the time since which it holds.

use crate::app_state::{AppState, OperationStage, Refresh};
use crate::engine::{Engine, Pending};
use crate::event::{Failure, RenderedTarget, Resolved};
use crate::request::{Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use model::{App, AppId, Digest, Revision, SourceKey, Staleness, Timestamp, TreePath};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// The longest wait between tries of a source that fails.
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// Apps whose inputs did not change show the new revision a little later, so that the ones that
/// did change go first.
const UNAFFECTED_DELAY: Duration = Duration::from_secs(2);

/// They do so one after the other, so that a push to a repository of many apps is no burst of writes.
const UNAFFECTED_SPREAD: Duration = Duration::from_millis(10);

/// One source.
#[derive(Debug, Default)]
pub struct SourceState {
    apps: BTreeSet<AppId>,
    revision: Option<Revision>,
    asked: Option<RequestId>,
    /// Something was said to have changed while a resolution was under way.
    again: bool,
    succeeded_at: Option<Timestamp>,
    failure: Option<Staleness>,
    failures: u32,
}

impl SourceState {
    /// Since when it fails, if it does.
    pub fn failure(&self) -> Option<&Staleness> {
        self.failure.as_ref()
    }
}

impl Engine {
    /// Makes an app follow its source.
    pub(crate) fn follow(&mut self, app: &App, now: Timestamp, out: &mut Outbox) {
        self.follow_later(app);
        let source = &self.sources[&app.source];
        if source.revision.is_none() && source.asked.is_none() && app.invalid.is_empty() {
            self.resolve(&app.source.clone(), now, out);
        }
    }

    /// The same, leaving it to the next tick to resolve.
    pub(crate) fn follow_later(&mut self, app: &App) {
        let source = self.sources.entry(app.source.clone()).or_insert_with(|| {
            self.sources_version += 1;
            SourceState::default()
        });
        source.apps.insert(app.id.clone());
        if source.revision.is_none() && source.asked.is_none() && app.invalid.is_empty() {
            self.timers
                .ask(Subject::Source(app.source.clone()), Timestamp(0));
        }
    }

    /// Takes an app off its source; a source nobody follows is forgotten.
    pub(crate) fn unfollow(&mut self, app: &App) {
        let Some(source) = self.sources.get_mut(&app.source) else {
            return;
        };
        source.apps.remove(&app.id);
        if source.apps.is_empty() {
            self.sources.remove(&app.source);
            self.sources_version += 1;
            self.timers.forget(&Subject::Source(app.source.clone()));
        }
    }

    pub(crate) fn source_pushed(&mut self, key: &SourceKey, now: Timestamp, out: &mut Outbox) {
        self.resolve(key, now, out);
    }

    /// Asks where a source leads; one request at a time.
    pub(crate) fn resolve(&mut self, key: &SourceKey, now: Timestamp, out: &mut Outbox) {
        let Some(source) = self.sources.get_mut(key) else {
            return;
        };
        if source.asked.is_some() {
            source.again = true;
            return;
        }
        let work = Work::Resolve {
            source: key.clone(),
            previous: source.revision.clone(),
        };
        let id = self.ask(
            Priority::Interactive,
            Pending::Source(key.clone()),
            work,
            out,
        );
        if let Some(source) = self.sources.get_mut(key) {
            source.asked = Some(id);
        }
        // Should the answer never come, the poll asks again.
        self.timers
            .ask(Subject::Source(key.clone()), now + self.poll_interval(key));
    }

    fn poll_interval(&self, key: &SourceKey) -> Duration {
        let spread = Digest::of(key.to_string().as_bytes()).as_bytes()[0];
        self.settings.poll + self.settings.poll_jitter * u32::from(spread) / 256
    }

    pub(crate) fn source_resolved(
        &mut self,
        key: &SourceKey,
        id: RequestId,
        result: Result<Resolved, Failure>,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let interval = self.poll_interval(key);
        let Some(source) = self.sources.get_mut(key) else {
            return;
        };
        if source.asked != Some(id) {
            return;
        }
        source.asked = None;
        let again = std::mem::take(&mut source.again);
        let next = match result {
            Ok(resolved) => {
                source.succeeded_at = Some(now);
                source.failures = 0;
                let recovered = source.failure.take().is_some();
                self.advance_source(key, resolved, recovered, now);
                now + interval
            }
            Err(failure) => {
                let wait = Duration::from_secs(1 << source.failures.min(6)).min(LONGEST_RETRY);
                source.failures += 1;
                let last_success = source.succeeded_at;
                source.failure = Some(Staleness {
                    last_success,
                    error: failure.message,
                });
                self.dirty.extend(source.apps.iter().cloned());
                now + wait.min(interval)
            }
        };
        self.timers.ask(Subject::Source(key.clone()), next);
        self.finish_refreshes(key);
        if again {
            self.resolve(key, now, out);
        }
    }

    /// A resolution is over, well or badly: refreshes that waited for it go on.
    fn finish_refreshes(&mut self, key: &SourceKey) {
        let apps = self
            .sources
            .get(key)
            .map(|source| source.apps.clone())
            .unwrap_or_default();
        for id in apps {
            let Some(state) = self.apps.get_mut(&id) else {
                continue;
            };
            if let Some(Refresh::Resolving(hard)) = state.refresh {
                state.refresh = Some(Refresh::Comparing);
                if hard {
                    state.desired.fresh = true;
                    state.desired.revision = None;
                }
                self.dirty.insert(id);
            }
        }
    }

    /// A source leads somewhere: its apps are rendered anew, or, where none of their inputs
    /// changed, simply stand at the new revision.
    fn advance_source(&mut self, key: &SourceKey, to: Resolved, recovered: bool, now: Timestamp) {
        let Some(source) = self.sources.get_mut(key) else {
            return;
        };
        let moved = source.revision.as_ref() != Some(&to.revision);
        let from = source.revision.replace(to.revision.clone());
        if !moved && !recovered {
            return self.look_elsewhere(key);
        }
        let mut wait = UNAFFECTED_DELAY;
        for id in source.apps.clone() {
            let Some(state) = self.apps.get_mut(&id) else {
                continue;
            };
            let unaffected = moved
                && from.is_some()
                && stands_at(state, from.as_ref())
                && !touches(state, to.changed.as_deref());
            if unaffected {
                state.desired.revision = Some(to.revision.clone());
                wait += UNAFFECTED_SPREAD;
                self.timers.ask(Subject::App(id), now + wait);
            } else {
                self.dirty.insert(id);
            }
        }
    }

    /// The source did not move, but what some of its apps take from elsewhere may have.
    fn look_elsewhere(&mut self, key: &SourceKey) {
        let Some(source) = self.sources.get(key) else {
            return;
        };
        for id in &source.apps {
            let Some(state) = self.apps.get_mut(id) else {
                continue;
            };
            if state
                .desired
                .inputs
                .as_ref()
                .is_some_and(|inputs| inputs.moves())
            {
                state.desired.look_again = true;
                self.dirty.insert(id.clone());
            }
        }
    }

    /// Sees to it that the app's target stands for the newest revision.
    pub(crate) fn advance_desired(
        &mut self,
        state: &mut AppState,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if !state.app.invalid.is_empty() {
            return;
        }
        let source = self.sources.get(&state.app.source);
        let Some(newest) = source.and_then(|source| source.revision.clone()) else {
            return;
        };
        let stands = state.desired.revision.as_ref() == Some(&newest) && !state.desired.look_again;
        let asked = state
            .desired
            .rendering
            .as_ref()
            .is_some_and(|(_, r)| *r == newest);
        if asked || (stands && state.desired.failed.is_none()) {
            return;
        }
        if let Some((failed, failure)) = &state.desired.failed
            && *failed == newest
        {
            let due = state.desired.again_at.is_some_and(|at| at <= now);
            if !failure.transient || !due {
                return;
            }
        }
        let work = Work::Render {
            app: state.app.clone(),
            source: state.app.source.clone(),
            revision: newest.clone(),
            fresh: std::mem::take(&mut state.desired.fresh),
            local: None,
        };
        state.desired.look_again = false;
        let pending = Pending::App(state.app.id.clone());
        let id = self.ask(Priority::Interactive, pending, work, out);
        state.desired.rendering = Some((id, newest));
    }

    pub(crate) fn rendered(
        &mut self,
        app: &AppId,
        id: RequestId,
        result: Result<RenderedTarget, Failure>,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let Some(mut state) = self.apps.remove(app) else {
            return;
        };
        self.dirty.insert(app.clone());
        let rendering = state.desired.rendering.take_if(|(asked, _)| *asked == id);
        match (rendering, result) {
            (Some((_, revision)), Ok(rendered)) => {
                state.desired.known_at = Some(now);
                self.take_target(&mut state, revision, rendered, out);
            }
            (Some((_, revision)), Err(failure)) if keeps_target(&state, &revision, &failure) => {
                state.desired.elsewhere_stale = Some(Staleness {
                    last_success: state.desired.known_at,
                    error: failure.message,
                });
            }
            (Some((_, revision)), Err(failure)) => {
                if failure.transient {
                    let at = now + Duration::from_secs(5);
                    state.desired.again_at = Some(at);
                    self.timers.ask(Subject::App(app.clone()), at);
                }
                state.desired.failed = Some((revision, failure));
            }
            (None, result) => own_target_rendered(&mut state, id, result),
        }
        self.apps.insert(app.clone(), state);
    }

    fn take_target(
        &mut self,
        state: &mut AppState,
        revision: Revision,
        rendered: RenderedTarget,
        out: &mut Outbox,
    ) {
        state.desired.failed = None;
        state.desired.elsewhere_stale = None;
        state.desired.revision = Some(revision);
        state.desired.inputs = Some(rendered.inputs);
        let old = state.desired.target.replace(rendered.target.clone());
        if old
            .as_ref()
            .is_some_and(|old| old.digest == rendered.target.digest)
        {
            return;
        }
        state.compare_again.clear();
        self.publish(&state.app, old.as_ref(), Some(&rendered.target), out);
    }

    pub(crate) fn own_revision_resolved(
        &mut self,
        app: &AppId,
        id: RequestId,
        result: Result<Resolved, Failure>,
        out: &mut Outbox,
    ) {
        let Some(mut state) = self.apps.remove(app) else {
            return;
        };
        self.dirty.insert(app.clone());
        self.own_resolved(&mut state, id, result, out);
        self.apps.insert(app.clone(), state);
    }

    fn own_resolved(
        &mut self,
        state: &mut AppState,
        id: RequestId,
        result: Result<Resolved, Failure>,
        out: &mut Outbox,
    ) {
        let waits = |stage: &OperationStage| matches!(stage, OperationStage::Preparing(asked) if *asked == id);
        if !state
            .running
            .as_ref()
            .is_some_and(|running| waits(&running.stage))
        {
            return;
        }
        let resolved = match result {
            Ok(resolved) => resolved,
            Err(failure) => return fail_preparing(state, failure),
        };
        let acting = state
            .running
            .as_ref()
            .and_then(|running| running.acting.clone());
        let app = acting.unwrap_or_else(|| state.app.clone());
        let work = Work::Render {
            source: app.source.clone(),
            revision: resolved.revision.clone(),
            fresh: false,
            local: None,
            app,
        };
        let pending = Pending::App(state.app.id.clone());
        let id = self.ask(Priority::Interactive, pending, work, out);
        if let Some(running) = &mut state.running {
            running.revision = Some(resolved.revision);
            running.stage = OperationStage::Preparing(id);
        }
    }

    /// The newest known revision of an app's source.
    pub(crate) fn newest(&self, app: &App) -> Option<&Revision> {
        self.sources.get(&app.source)?.revision.as_ref()
    }

    /// Why an app's source, or what it takes from elsewhere, cannot be reached, if it cannot.
    pub(crate) fn staleness<'a>(&'a self, state: &'a AppState) -> Option<&'a Staleness> {
        let source = self.sources.get(&state.app.source);
        source
            .and_then(|source| source.failure.as_ref())
            .or(state.desired.elsewhere_stale.as_ref())
    }
}

/// The target stands for that very revision and could only not be looked at again.
fn keeps_target(state: &AppState, revision: &Revision, failure: &Failure) -> bool {
    failure.transient
        && state.desired.target.is_some()
        && state.desired.revision.as_ref() == Some(revision)
}

/// Was the app's target rendered from this revision, with nothing under way or failed?
fn stands_at(state: &AppState, revision: Option<&Revision>) -> bool {
    let desired = &state.desired;
    desired.target.is_some()
        && desired.failed.is_none()
        && desired.rendering.is_none()
        && desired.revision.as_ref() == revision
}

/// Could one of these changes have changed what the app renders to?
fn touches(state: &AppState, changed: Option<&[TreePath]>) -> bool {
    let (Some(changed), Some(inputs)) = (changed, &state.desired.inputs) else {
        return true;
    };
    inputs.moves() || changed.iter().any(|path| inputs.touches(path))
}

/// The target of an operation that names its own revision has arrived.
fn own_target_rendered(
    state: &mut AppState,
    id: RequestId,
    result: Result<RenderedTarget, Failure>,
) {
    let Some(running) = &mut state.running else {
        return;
    };
    if !matches!(running.stage, OperationStage::Preparing(asked) if asked == id) {
        return;
    }
    match result {
        Ok(rendered) => {
            running.target = Some(Arc::clone(&rendered.target));
            running.stage = OperationStage::Ready;
        }
        Err(failure) => fail_preparing(state, failure),
    }
}

fn fail_preparing(state: &mut AppState, failure: Failure) {
    if let Some(running) = &mut state.running {
        running.stage = OperationStage::Broken(failure.message);
    }
}
