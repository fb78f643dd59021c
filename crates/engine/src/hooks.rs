//! What becomes of hooks once their operation is over.
//!
//! A hook is held by a finalizer from its making to the end of its operation, so that its outcome
//! is seen. Once that end is written down, hooks whose delete policy says so are deleted, and all
//! are let go. It is worked off what lives and what the status says, so it survives a restart.
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (deleteHooks,
//! removeHookFinalizer, terminateHooksPreemptively).

use crate::app_state::{AppState, Running};
use crate::engine::{Engine, Pending};
use crate::event::Failure;
use crate::judging::is_being_applied;
use crate::request::{Outbox, Priority, RequestId, Work};
use crate::timers::Subject;
use live::{LiveHook, Record};
use model::{
    AppId, ObjectKey, OperationPhase, OperationState, ResourceResult, SyncPhase, Timestamp,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// A hook that cannot be let go now is let go later.
const RETRY: Duration = Duration::from_secs(5);

/// The message of a hook that was stopped with its operation.
pub(crate) const TERMINATED: &str = "Terminated";

/// How an attempt of an operation with hooks ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HookOutcome {
    /// The beginning of the names of its runs.
    attempt: String,
    succeeded: bool,
    /// Hooks that were stopped: they are deleted whatever their policy.
    stopped: BTreeSet<ObjectKey>,
    /// Whether it is written down; only then may anything be deleted.
    told: Told,
}

/// How far an outcome is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    NotYet,
    /// By the report with this digest, if that is written.
    By(u64),
    Yes,
}

impl HookOutcome {
    fn new(state: &OperationState, told: Told) -> Option<Self> {
        let is_hook = |result: &&ResourceResult| result.hook;
        state.results.iter().find(is_hook)?;
        let stopped = |result: &&ResourceResult| {
            result.hook && result.state == OperationPhase::Failed && result.message == TERMINATED
        };
        let stopped = state.results.iter().filter(stopped);
        Some(Self {
            attempt: attempt(state.started_at, state.retry_count),
            succeeded: state.phase == OperationPhase::Succeeded,
            stopped: stopped.map(|result| result.key.clone()).collect(),
            told,
        })
    }

    /// The outcome that a status remembers.
    pub(crate) fn of_remembered(state: Option<&OperationState>) -> Option<Self> {
        let over = state.filter(|state| state.phase.is_finished() || state.finished_at.is_some());
        let mut over = over?.clone();
        if !over.phase.is_finished() {
            // It waited for its next attempt, and told that one's number.
            over.retry_count = over.retry_count.saturating_sub(1);
        }
        Self::new(&over, Told::Yes)
    }

    /// The outcome of an attempt that just ended; none if it ran no hooks.
    pub(crate) fn of_ended(state: &OperationState) -> Option<Self> {
        Self::new(state, Told::NotYet)
    }

    fn is_about(&self, hook: &LiveHook) -> bool {
        let run = hook.run.as_deref();
        run.is_some_and(|run| {
            run.strip_prefix(&self.attempt)
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// Is the hook to be deleted?
    fn deletes(&self, record: &Record, hook: &LiveHook) -> bool {
        self.stopped.contains(&record.key)
            || match self.succeeded {
                true => hook.delete_on_success,
                false => hook.delete_on_failure,
            }
    }
}

fn attempt(started_at: Timestamp, retry_count: u32) -> String {
    format!("{}/{retry_count}", started_at.rfc3339())
}

impl Running {
    /// Names the run of a hook: no other attempt, and no other phase, has the same name.
    pub(crate) fn run_of(&self, phase: SyncPhase) -> String {
        format!("{}/{phase}", attempt(self.started_at, self.retry_count))
    }

    /// Is it a run of this attempt whose outcome is not written down yet?
    pub(crate) fn is_untold(&self, record: &Record) -> bool {
        let Some(run) = record.hook.as_ref().and_then(|hook| hook.run.as_deref()) else {
            return false;
        };
        let phase = SyncPhase::ALL
            .into_iter()
            .find(|phase| *run == *self.run_of(*phase));
        let place = phase.map(|phase| (phase, record.key.clone()));
        place.is_some_and(|place| {
            self.results.contains_key(&place) && !self.told_hooks.contains(&place)
        })
    }

    /// Did it begin to make any hook?
    pub(crate) fn has_run_hooks(&self) -> bool {
        self.results.values().any(|result| result.hook)
    }
}

impl AppState {
    /// A report goes out, with what is known of hooks by now.
    pub(crate) fn note_hooks_in(&mut self, report: u64) {
        if let Some(running) = &mut self.running {
            let over = |result: &&ResourceResult| result.hook && result.state.is_finished();
            let over = running.results.values().filter(over);
            let over = over.map(|result| (result.phase, result.key.clone()));
            running.telling_hooks = Some((report, over.collect()));
        }
        if let Some(outcome) = &mut self.hook_outcome
            && outcome.told != Told::Yes
        {
            outcome.told = Told::By(report);
        }
    }

    /// A report was written.
    pub(crate) fn note_hooks_told(&mut self, report: u64) {
        if let Some(running) = &mut self.running
            && let Some((_, told)) = running.telling_hooks.take_if(|(asked, _)| *asked == report)
        {
            running.told_hooks.extend(told);
        }
        if let Some(outcome) = &mut self.hook_outcome
            && outcome.told == Told::By(report)
        {
            outcome.told = Told::Yes;
        }
    }
}

impl Engine {
    /// Lets go of the hooks of operations that are over. Cost: a look at the app's own objects.
    pub(crate) fn let_hooks_go(&mut self, state: &mut AppState, now: Timestamp, out: &mut Outbox) {
        let works: Vec<Work> = self
            .hooks_of(state)
            .filter_map(|record| self.release_of(state, record, now))
            .collect();
        for work in works {
            let Work::ReleaseHook { key, delete, .. } = &work else {
                continue;
            };
            let (key, deletes) = (key.clone(), delete.is_some());
            let pending = Pending::Release(state.app.id.clone(), key.clone());
            let id = self.ask(Priority::Bulk, pending, work, out);
            state.releasing.insert(key, (id, deletes));
        }
    }

    fn hooks_of<'a>(&'a self, state: &'a AppState) -> impl Iterator<Item = &'a Record> {
        let app = &state.app;
        self.inventory
            .hooks_of_instance(&app.destination.cluster, &app.tracking.instance)
    }

    /// What is to be done about a hook, if anything.
    fn release_of(&self, state: &AppState, record: &Record, now: Timestamp) -> Option<Work> {
        let hook = record.hook.as_deref()?;
        let waits = state
            .release_again
            .get(&record.key)
            .is_some_and(|at| *at > now);
        let under_way = state.releasing.contains_key(&record.key)
            || state.deleting.contains_key(&record.key)
            || is_being_applied(state, &record.key);
        if waits || under_way {
            return None;
        }
        let running = state.running.as_ref();
        let current = running.map(|running| attempt(running.started_at, running.retry_count));
        let is_current = |attempt: &String| {
            let run = hook.run.as_deref();
            run.is_some_and(|run| {
                run.strip_prefix(attempt.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            })
        };
        let outcome = state
            .hook_outcome
            .as_ref()
            .filter(|outcome| outcome.is_about(hook));
        let delete = match outcome {
            Some(outcome) if outcome.told != Told::Yes => return None,
            Some(outcome) => outcome.deletes(record, hook) && !record.deleting,
            // Of the operation under way, or made by somebody else: its own steps see to it.
            None if hook.run.is_none() || current.as_ref().is_some_and(is_current) => return None,
            None => false,
        };
        (delete || hook.held).then(|| Work::ReleaseHook {
            key: record.key.clone(),
            version: record.version.clone(),
            uid: record.uid.clone(),
            delete: delete.then_some(state.app.options.propagation),
        })
    }

    pub(crate) fn hook_released(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) {
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let asked = state.releasing.get(key).copied();
        let Some((_, deletes)) = asked.filter(|(asked, _)| *asked == id) else {
            return;
        };
        state.releasing.remove(key);
        match result {
            Ok(()) => {
                state.release_again.remove(key);
                self.note_released(key, deletes);
            }
            Err(_) => {
                state.release_again.insert(key.clone(), now + RETRY);
                self.timers.ask(Subject::App(app.clone()), now + RETRY);
            }
        }
        self.dirty.insert(app.clone());
    }

    /// Until the watch tells what became of it, a hook that was let go is not let go again.
    fn note_released(&mut self, key: &ObjectKey, deletes: bool) {
        let Some(record) = self.inventory.get_mut(key) else {
            return;
        };
        record.deleting |= deletes;
        if let Some(hook) = record.hook.as_deref_mut() {
            hook.held = false;
        }
    }
}
