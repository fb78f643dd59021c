//! Walks a plan: asks for the steps of a stage, and leaves the stage when it may.
//!
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (Sync).

use super::leaving::Leave;
use crate::app_state::{AppState, OperationStage, Running, StepState, Walk};
use crate::engine::Engine;
use crate::request::Outbox;
use model::{OperationPhase, Timestamp};

/// So often a stage is begun again because what it applied was deleted by somebody.
const VANISHES: u32 = 5;

/// Nothing was left to do, or hooks were the last of it.
const NO_MORE_TASKS: &str = "successfully synced (no more tasks)";
/// The last of it were objects, which are not waited for.
const ALL_TASKS_RUN: &str = "successfully synced (all tasks run)";

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
            if is_under_way(&walk) {
                running.stage = OperationStage::Walking(walk);
                return (Some(running), false);
            }
            if running.terminate {
                self.terminated(state, running, now, out);
                return (None, true);
            }
            begin_anew(&mut running);
            return (Some(running), true);
        }
        if state.desired.revision.is_none() && !running.own_revision {
            // The definition changed: what it comes to is not known yet.
            running.stage = OperationStage::Walking(walk);
            return (Some(running), false);
        }
        loop {
            self.issue_steps(state, &mut running, &mut walk, now, out);
            self.look_at_running(&state.app, &mut running, &walk);
            let may_leave = walk.stage_is_over() && self.is_cleared(&running, &walk);
            let leave = match may_leave {
                true => self.leave_stage(state, &walk, &running),
                false => Leave::Wait,
            };
            match leave {
                Leave::Wait => {
                    walk.waits_for = self.waits_for(state, &running, &walk);
                    running.stage = OperationStage::Walking(walk);
                    return (Some(running), false);
                }
                Leave::Fail if !walk.on_failure && !walk.plan.on_failure.is_empty() => {
                    walk.turn_to_failure();
                }
                Leave::Fail => {
                    let why = super::failing::reason(&running, &walk);
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) if walk.begun_again >= VANISHES => {
                    let why = format!("{key} keeps vanishing while its wave waits to be healthy");
                    self.attempt_failed(state, running, why, now, out);
                    return (state.running.take(), false);
                }
                Leave::Again(key) => walk.begin_again_at(&key),
                Leave::Next => {
                    walk.stage += 1;
                    walk.enter();
                }
                Leave::Finish { after_hooks } => {
                    let message = match after_hooks || walk.plan.is_empty() {
                        true => NO_MORE_TASKS,
                        false => ALL_TASKS_RUN,
                    };
                    let phase = OperationPhase::Succeeded;
                    self.finish(state, running, phase, message.into(), now, out);
                    return (None, true);
                }
            }
        }
    }
}

fn is_under_way(walk: &Walk) -> bool {
    let asked = |step: &StepState| matches!(step, StepState::Asked { .. });
    walk.steps.iter().any(asked)
}

/// A newer revision takes the place of the one that is being synced.
fn begin_anew(running: &mut Running) {
    running.operation.revision = None;
    running.operation.only.clear();
    running.heal = false;
    running.operation.self_heal_attempts = 0;
    running.results.clear();
}
