//! Walks a plan: asks for the steps of a stage, and leaves the stage when it may.

use super::answers::note;
use crate::app_state::{AppState, OperationStage, Running, Standing, StepState, Walk};
use crate::engine::{Engine, Pending};
use crate::request::{Outbox, Priority, Work};
use crate::timers::Subject;
use model::{ObjectKey, OperationPhase, ResourceResult, ResultCode, Timestamp};
use plan::{Action, Desired};
use std::sync::Arc;

/// So often a stage is begun again because what it applied was deleted by somebody.
const VANISHES: u32 = 5;

impl Engine {
    pub(super) fn walk(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        mut walk: Walk,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        let superseded = self.is_superseded(state, &running);
        if running.terminate || superseded {
            // What is under way is waited for, so that old and new never overtake each other.
            if walk
                .steps
                .iter()
                .any(|step| matches!(step, StepState::Asked { .. }))
            {
                running.stage = OperationStage::Walking(walk);
                return (Some(running), false);
            }
            if running.terminate {
                self.terminated(state, running, now, out);
                return (None, true);
            }
            running.operation.revision = None;
            running.operation.only.clear();
            running.heal = false;
            running.operation.self_heal_attempts = 0;
            running.results.clear();
            return (Some(running), true);
        }
        if state.desired.revision.is_none() && !running.own_revision {
            // The definition changed: what it comes to is not known yet.
            running.stage = OperationStage::Walking(walk);
            return (Some(running), false);
        }
        loop {
            self.issue_steps(state, &mut running, &mut walk, now, out);
            if !walk.stage_is_over() {
                running.stage = OperationStage::Walking(walk);
                return (Some(running), false);
            }
            match self.leave_stage(state, &walk, &running) {
                Leave::Wait => {
                    running.stage = OperationStage::Walking(walk);
                    return (Some(running), false);
                }
                Leave::Fail(why) => {
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) if walk.begun_again >= VANISHES => {
                    let why = format!("{key} keeps vanishing while its wave waits to be healthy");
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) => {
                    walk.begin_again_at(&key);
                }
                Leave::Next => {
                    walk.stage += 1;
                    walk.enter();
                }
                Leave::Finish => {
                    let message = match walk.plan.is_empty() {
                        true => "successfully synced (no more tasks)",
                        false => "successfully synced (all tasks run)",
                    };
                    self.finish(
                        state,
                        running,
                        OperationPhase::Succeeded,
                        message.into(),
                        now,
                        out,
                    );
                    return (None, true);
                }
            }
        }
    }

    fn issue_steps(
        &mut self,
        state: &AppState,
        running: &mut Running,
        walk: &mut Walk,
        now: Timestamp,
        out: &mut Outbox,
    ) {
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
            let Some(step) = walk.step(at).cloned() else {
                continue;
            };
            walk.steps[at] = match self.work_of(state, running, &step.action) {
                Some(work) => {
                    let interactive = running.heal || !running.operation.initiated_by.automated;
                    let priority = if interactive {
                        Priority::Interactive
                    } else {
                        Priority::Bulk
                    };
                    let pending = Pending::Step(state.app.id.clone(), step.action.key().clone());
                    StepState::Asked {
                        id: self.ask(priority, pending, work, out),
                        tries,
                    }
                }
                None => StepState::Over,
            };
        }
    }

    /// The request a step makes; none where nothing needs to be asked, and the result is noted.
    fn work_of(&self, state: &AppState, running: &mut Running, action: &Action) -> Option<Work> {
        match action {
            Action::EnsureNamespace(_) if running.operation.dry_run => None,
            Action::EnsureNamespace(key) => {
                Some(Work::EnsureNamespace(key.clone(), state.app.clone()))
            }
            Action::Apply(desired) => self.apply_work(state, running, desired),
            Action::Prune { key, version, .. } if running.operation.dry_run => {
                note(
                    running,
                    key,
                    version,
                    ResultCode::Pruned,
                    "pruned (dry run)",
                );
                None
            }
            Action::Prune {
                key,
                version,
                uid,
                propagation,
            } => {
                // Only what still is what was seen, still is nobody's wish, and is known to be so
                // at the newest revision, goes.
                let still = self
                    .inventory
                    .get(key)
                    .is_some_and(|r| r.uid == *uid && !r.deleting);
                let wanted = self
                    .claims
                    .get(key)
                    .is_some_and(|claims| !claims.is_empty());
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
            Action::KeepExtra {
                key,
                version,
                reason,
            } => {
                note(running, key, version, ResultCode::PruneSkipped, reason);
                None
            }
        }
    }

    fn apply_work(
        &self,
        state: &AppState,
        running: &mut Running,
        desired: &Arc<Desired>,
    ) -> Option<Work> {
        let only_differing =
            running.operation.initiated_by.automated || state.app.options.only_out_of_sync;
        match self.standing(state, desired) {
            Standing::Synced if only_differing => {
                note(
                    running,
                    &desired.key,
                    &desired.version,
                    ResultCode::Synced,
                    "unchanged",
                );
                return None;
            }
            Standing::Shared(other) => {
                let message = format!("left alone: it is part of application {other}");
                note(
                    running,
                    &desired.key,
                    &desired.version,
                    ResultCode::SyncFailed,
                    &message,
                );
                return None;
            }
            _ => {}
        }
        Some(Work::Apply {
            desired: desired.clone(),
            app: state.app.clone(),
            dry_run: running.operation.dry_run,
        })
    }

    /// May the walk go on after a stage whose steps are all over?
    fn leave_stage(&self, state: &AppState, walk: &Walk, running: &Running) -> Leave {
        let Some(stage) = walk.plan.stages.get(walk.stage) else {
            return Leave::Finish;
        };
        let next = walk.plan.stages.get(walk.stage + 1);
        let ends_wave = next.is_none_or(|next| next.wave != stage.wave);
        if ends_wave && walk.failed {
            return Leave::Fail(first_failure(running));
        }
        if stage.gate && ends_wave && !running.operation.dry_run {
            let of_wave = walk
                .plan
                .stages
                .iter()
                .filter(|other| other.wave == stage.wave);
            for step in of_wave.flat_map(|stage| &stage.steps) {
                match self.gate(state, &step.action) {
                    Gate::Open => {}
                    Gate::Wait => return Leave::Wait,
                    Gate::Failed(why) => return Leave::Fail(why),
                    Gate::Vanished => return Leave::Again(step.action.key().clone()),
                }
            }
        }
        if next.is_none() {
            Leave::Finish
        } else {
            Leave::Next
        }
    }

    fn gate(&self, state: &AppState, action: &Action) -> Gate {
        let Some(record) = self.inventory.get(action.key()) else {
            // A pruned object is gone, as it should; an applied one was deleted by somebody.
            return match action {
                Action::Apply(desired)
                    if matches!(self.standing(state, desired), Standing::Missing) =>
                {
                    Gate::Vanished
                }
                _ => Gate::Open,
            };
        };
        match (action, &record.health) {
            (Action::Apply(_), Some(health)) => match &*health.status {
                "Degraded" => {
                    Gate::Failed(format!("{} is Degraded: {}", record.key, health.message))
                }
                "Healthy" => Gate::Open,
                _ => Gate::Wait,
            },
            _ => Gate::Open,
        }
    }
}

enum Leave {
    Wait,
    Again(ObjectKey),
    Next,
    Finish,
    Fail(String),
}

enum Gate {
    Open,
    Vanished,
    Wait,
    Failed(String),
}

fn first_failure(running: &Running) -> String {
    let failed = |result: &&ResourceResult| result.code == ResultCode::SyncFailed;
    match running.results.values().find(failed) {
        Some(result) => format!(
            "one or more objects failed to apply, reason: {}: {}",
            result.key, result.message
        ),
        None => "one or more objects failed to apply".to_owned(),
    }
}
