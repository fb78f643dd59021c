//! How operations end: well, badly, or to be tried again.

use super::results::hook_verdict;
use super::steps::acting;
use crate::app_state::{AppState, OperationStage, Running};
use crate::engine::Engine;
use crate::hooks::{HookOutcome, TERMINATED};
use crate::request::{Notice, Outbox};
use crate::timers::Subject;
use model::{HistoryEntry, OperationPhase, OperationState, ResourceResult, Timestamp};

impl Engine {
    pub(super) fn attempt_failed(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        why: String,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let retry = running
            .operation
            .retry
            .filter(|_| !running.operation.dry_run);
        let left = retry.is_some_and(|r| r.limit.is_none_or(|limit| running.retry_count < limit));
        let (true, Some(retry)) = (left, retry) else {
            let retried = match running.retry_count {
                0 => String::new(),
                times => format!(" (retried {times} times)."),
            };
            self.finish(
                state,
                running,
                OperationPhase::Failed,
                format!("{why}{retried}"),
                now,
                out,
            );
            return;
        };
        let until = now + retry.backoff.wait(running.retry_count);
        self.timers.ask(Subject::App(state.app.id.clone()), until);
        let attempt = running.retry_count + 1;
        let message = format!("{why}. Retrying attempt #{attempt} at {}.", until.kitchen());
        let ended = running.state(OperationPhase::Failed, String::new(), Some(now));
        remember_hooks(state, &ended);
        running.stage = OperationStage::Waiting {
            until,
            failed_at: now,
            message,
        };
        state.running = Some(running);
    }

    pub(super) fn terminated(
        &mut self,
        state: &mut AppState,
        running: Running,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let mut running = running;
        self.stop_hooks(&mut running);
        let message = match running.timed_out {
            true => "Operation terminated, triggered by controller sync timeout",
            false => "Operation terminated",
        };
        let phase = OperationPhase::Failed;
        self.finish(state, running, phase, message.to_owned(), now, out);
    }

    /// Hooks that still run are stopped; one that is over by now is told as it is.
    fn stop_hooks(&self, running: &mut Running) {
        let is_running =
            |result: &&mut ResourceResult| result.hook && result.state == OperationPhase::Running;
        for result in running.results.values_mut().filter(is_running) {
            let verdict = self.inventory.get(&result.key).map(hook_verdict);
            let over = verdict.filter(|(phase, _)| phase.is_finished());
            (result.state, result.message) =
                over.unwrap_or((OperationPhase::Failed, TERMINATED.to_owned()));
        }
    }

    pub(super) fn finish(
        &mut self,
        state: &mut AppState,
        running: Running,
        phase: OperationPhase,
        message: String,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if !running.operation.initiated_by.automated {
            // Somebody waits for it: it is told without regard to the last report.
            state.report.last = Timestamp(0);
        }
        let heal = running.heal;
        let finished = running.state(phase, message, Some(now));
        remember_hooks(state, &finished);
        if phase == OperationPhase::Succeeded && running.is_full() {
            self.add_history(state, &running, &finished, now);
            state.brought_out = running.target.as_ref().map(|target| target.digest);
        }
        out.notices.push(Notice::Event {
            app: state.app.id.clone(),
            reason: "OperationCompleted",
            message: completion(&finished, heal),
            warning: phase != OperationPhase::Succeeded,
        });
        state.last = Some(finished);
        state.last_definition = Some(state.definition());
    }

    fn add_history(
        &self,
        state: &mut AppState,
        running: &Running,
        finished: &OperationState,
        now: Timestamp,
    ) {
        let Some(revision) = finished.revision.clone() else {
            return;
        };
        if state.app.history_limit == 0 {
            return;
        }
        state.history.push(HistoryEntry {
            id: state.history.last().map_or(0, |last| last.id + 1),
            revision,
            started_at: finished.started_at,
            deployed_at: now,
            initiated_by: finished.operation.initiated_by.clone(),
            source: acting(state, running).written_source.clone(),
        });
        let surplus = state.history.len().saturating_sub(state.app.history_limit);
        state.history.drain(..surplus);
    }
}

/// What becomes of an attempt's hooks is decided by how it ended.
fn remember_hooks(state: &mut AppState, ended: &OperationState) {
    if let Some(outcome) = HookOutcome::of_ended(ended) {
        state.hook_outcome = Some(outcome);
    }
}

fn completion(state: &OperationState, heal: bool) -> String {
    let what = if heal { "Self-heal" } else { "Sync operation" };
    let to = state
        .revision
        .as_ref()
        .map(|r| format!(" to {}", r.short()))
        .unwrap_or_default();
    match state.phase {
        OperationPhase::Succeeded => format!("{what}{to} succeeded"),
        _ => format!("{what}{to} failed: {}", state.message),
    }
}
