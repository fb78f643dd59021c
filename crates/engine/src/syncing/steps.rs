//! From a step of a plan to the request it makes, if it makes one.

use super::results::{self, Result};
use crate::app_state::{AppState, Running, Standing, StepState, Walk};
use crate::engine::{Engine, Pending};
use crate::request::{ApplyMode, Outbox, Priority, Work};
use crate::timers::Subject;
use live::Record;
use model::{App, ObjectKey, OperationPhase, ResultCode, SyncPhase, Timestamp};
use plan::{Action, Desired, Hook, Step};
use std::sync::Arc;

impl Engine {
    /// Asks for the steps of the current stage that are due.
    pub(super) fn issue_steps(
        &mut self,
        state: &AppState,
        running: &mut Running,
        walk: &mut Walk,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if awaits_confirmation(state, running, walk).is_some() {
            return;
        }
        for at in 0..walk.steps.len() {
            let tries = match &walk.steps[at] {
                StepState::Todo { tries } => *tries,
                StepState::Later { at, tries, .. } if *at <= now => *tries,
                StepState::Later { at, .. } => {
                    self.timers.ask(Subject::App(state.app.id.clone()), *at);
                    continue;
                }
                _ => continue,
            };
            let Some((phase, step)) = step_of(walk, at) else {
                continue;
            };
            // What an earlier operation left is being let go: one write of an object at a time.
            if state.releasing.contains_key(step.action.key()) {
                continue;
            }
            // A hook of two phases is not made anew before its first outcome is written down: a
            // restart would not know that it ran.
            if self.is_untold(state, running, phase, &step.action) {
                continue;
            }
            walk.steps[at] = match self.work_of(state, running, phase, &step.action) {
                Some(work) => {
                    let pending = Pending::Step(state.app.id.clone(), step.action.key().clone());
                    StepState::Asked {
                        id: self.ask(priority(running), pending, work, out),
                        tries,
                    }
                }
                None => StepState::Over,
            };
        }
    }

    /// The request a step makes; none where nothing needs to be asked, and the result is noted.
    fn work_of(
        &self,
        state: &AppState,
        running: &mut Running,
        phase: SyncPhase,
        action: &Action,
    ) -> Option<Work> {
        match action {
            Action::EnsureNamespace(_) if running.operation.dry_run => None,
            Action::EnsureNamespace(key) => {
                Some(Work::EnsureNamespace(key.clone(), acting(state, running)))
            }
            Action::Apply(desired) => self.apply_work(state, running, desired),
            Action::Prune { .. } => self.prune_work(state, running, action),
            Action::KeepExtra {
                key,
                version,
                reason,
            } => {
                let skipped = Result::of(ResultCode::PruneSkipped, reason);
                results::note(running, (phase, key), version, skipped);
                None
            }
            Action::ClearHook { hook, key } => self.clear_work(state, running, phase, (hook, key)),
            Action::RunHook { hook, key } => self.run_work(state, running, phase, (hook, key)),
        }
    }

    /// Only what still is what was seen, still is nobody's wish, and is known to be so at the
    /// newest revision, goes.
    fn prune_work(&self, state: &AppState, running: &mut Running, action: &Action) -> Option<Work> {
        let Action::Prune {
            key,
            version,
            uid,
            propagation,
            ..
        } = action
        else {
            return None;
        };
        if running.operation.dry_run {
            let pruned = Result::of(ResultCode::Pruned, "pruned (dry run)");
            results::note(running, (SyncPhase::Sync, key), version, pruned);
            return None;
        }
        let still = self.inventory.get(key);
        let still = still.is_some_and(|record| record.uid == *uid && !record.deleting);
        let claims = self.claims.get(key);
        let wanted = claims.is_some_and(|claims| !claims.is_empty());
        let known = running.own_revision
            || (state.desired.failed.is_none()
                && state.desired.revision.as_ref() == self.newest(&state.app));
        (still && !wanted && known).then(|| Work::Delete {
            key: key.clone(),
            version: version.clone(),
            uid: uid.clone(),
            propagation: *propagation,
            prune: true,
        })
    }

    fn apply_work(
        &self,
        state: &AppState,
        running: &mut Running,
        desired: &Arc<Desired>,
    ) -> Option<Work> {
        let app = acting(state, running);
        let only_differing =
            running.operation.initiated_by.automated || app.options.only_out_of_sync;
        let place = (SyncPhase::Sync, &desired.key);
        match self.standing(state, desired) {
            Standing::Synced if only_differing => {
                let unchanged = Result::of(ResultCode::Synced, "unchanged");
                results::note(running, place, &desired.version, unchanged);
                return None;
            }
            Standing::Shared(other) => {
                let message = format!("left alone: it is part of application {other}");
                let failed = Result::of(ResultCode::SyncFailed, &message);
                results::note(running, place, &desired.version, failed);
                return None;
            }
            _ => {}
        }
        let live = self.inventory.get(&desired.key);
        Some(Work::Apply {
            desired: desired.clone(),
            how: how(&app, running, desired, live),
            app,
        })
    }

    fn is_untold(
        &self,
        state: &AppState,
        running: &Running,
        phase: SyncPhase,
        action: &Action,
    ) -> bool {
        let Action::ClearHook { key, .. } = action else {
            return false;
        };
        let record = self.ours(state, key);
        record.is_some_and(|record| {
            !is_past(record, running, phase, key) && running.is_untold(record)
        })
    }

    /// What is left of an earlier run is taken away, unless it is this very run's.
    fn clear_work(
        &self,
        state: &AppState,
        running: &Running,
        phase: SyncPhase,
        (hook, key): (&Hook, &ObjectKey),
    ) -> Option<Work> {
        let record = self.ours(state, key)?;
        if running.operation.dry_run || is_past(record, running, phase, key) {
            return None;
        }
        let live = record.hook.as_deref();
        let held = live.is_some_and(|live| live.held);
        let delete = hook.options.policy.before_creation && !record.deleting;
        (delete || held).then(|| Work::ReleaseHook {
            key: key.clone(),
            version: record.version.clone(),
            uid: record.uid.clone(),
            delete: delete.then_some(acting(state, running).options.propagation),
        })
    }

    /// A hook is made once a run: one that is there already, or is known to be over, is not.
    fn run_work(
        &self,
        state: &AppState,
        running: &mut Running,
        phase: SyncPhase,
        (hook, key): (&Arc<Hook>, &ObjectKey),
    ) -> Option<Work> {
        if is_known_over(running, phase, key) {
            return None;
        }
        let live = self.ours(state, key);
        if live.is_some_and(|record| is_of_later_phase(record, running, phase)) {
            let over = Result::of_hook(ResultCode::Synced, OperationPhase::Succeeded, "");
            results::note(running, (phase, key), &hook.object.version, over);
            return None;
        }
        if live.is_some_and(|record| is_of_run(record, running, phase)) {
            let made = Result::of_hook(ResultCode::Synced, OperationPhase::Running, "");
            results::note(running, (phase, key), &hook.object.version, made);
            return None;
        }
        let app = acting(state, running);
        Some(Work::RunHook {
            how: how(&app, running, &hook.object, live),
            hook: hook.clone(),
            key: key.clone(),
            run: running.run_of(phase).into(),
            held: true,
            app,
        })
    }

    /// A live object that carries the app's mark.
    fn ours(&self, state: &AppState, key: &ObjectKey) -> Option<&Record> {
        let record = self.inventory.get(key)?;
        (record.instance.as_ref() == Some(&state.app.tracking.instance)).then_some(record)
    }

    /// Is all gone that the current stage cleared away?
    pub(super) fn is_cleared(&self, running: &Running, walk: &Walk) -> bool {
        let Some(stage) = walk.current().filter(|_| !running.operation.dry_run) else {
            return true;
        };
        stage.steps.iter().all(|step| match &step.action {
            Action::ClearHook { hook, key } => {
                let record = self.inventory.get(key);
                record.is_none_or(|record| {
                    !is_in_the_way(record, hook) || is_past(record, running, stage.phase, key)
                })
            }
            _ => true,
        })
    }
}

/// The first prune of the stage that nobody has confirmed yet, and how many more there are.
pub(super) fn awaits_confirmation<'a>(
    state: &AppState,
    running: &Running,
    walk: &'a Walk,
) -> Option<(&'a ObjectKey, usize)> {
    let approved = state.app.approved_at;
    let confirmed = approved.is_some_and(|at| at.seconds() >= running.started_at.seconds());
    if confirmed || running.operation.dry_run {
        return None;
    }
    let steps = &walk.current()?.steps;
    let mut waiting = steps.iter().filter_map(|step| match &step.action {
        Action::Prune {
            key,
            on_confirmation: true,
            ..
        } => Some(key),
        _ => None,
    });
    let first = waiting.next()?;
    Some((first, waiting.count()))
}

fn step_of(walk: &Walk, at: usize) -> Option<(SyncPhase, Step)> {
    let stage = walk.current()?;
    Some((stage.phase, stage.steps.get(at)?.clone()))
}

/// The app as the operation sees it.
pub(super) fn acting(state: &AppState, running: &Running) -> Arc<App> {
    running.acting.clone().unwrap_or_else(|| state.app.clone())
}

fn is_of_run(record: &Record, running: &Running, phase: SyncPhase) -> bool {
    let run = record.hook.as_ref().and_then(|hook| hook.run.as_deref());
    run.is_some_and(|run| *run == *running.run_of(phase))
}

/// Does what lives belong to this run of the hook, or to one after it?
fn is_past(record: &Record, running: &Running, phase: SyncPhase, key: &ObjectKey) -> bool {
    is_of_run(record, running, phase)
        || is_known_over(running, phase, key)
        || is_of_later_phase(record, running, phase)
}

/// Must it go before the hook is made?
fn is_in_the_way(record: &Record, hook: &Hook) -> bool {
    record.deleting || (hook.options.policy.before_creation && record.hook.is_some())
}

/// Was the hook's outcome in this phase told before a restart, or seen since?
fn is_known_over(running: &Running, phase: SyncPhase, key: &ObjectKey) -> bool {
    let known = running.results.get(&(phase, key.clone()));
    known.is_some_and(|result| result.state.is_finished())
}

/// A hook that runs in a later phase of this very attempt went well in the earlier ones.
fn is_of_later_phase(record: &Record, running: &Running, phase: SyncPhase) -> bool {
    let mut later = SyncPhase::ALL.into_iter().filter(|other| *other > phase);
    later.any(|other| is_of_run(record, running, other))
}

/// By which way an object is brought to what is wanted: the operation, the app, the object's own
/// annotations and those of the live one all have a say.
fn how(app: &App, running: &Running, desired: &Desired, live: Option<&Record>) -> ApplyMode {
    let live = live.map(|record| record.wishes).unwrap_or_default();
    ApplyMode {
        dry_run: running.operation.dry_run,
        replace: app.options.replace || desired.options.replace || live.replace,
        force: running.operation.force || desired.options.force || live.force,
    }
}

fn priority(running: &Running) -> Priority {
    match running.heal || !running.operation.initiated_by.automated {
        true => Priority::Interactive,
        false => Priority::Bulk,
    }
}
