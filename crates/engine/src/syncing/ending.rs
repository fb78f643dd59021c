//! How operations end: well, badly, or to be tried again.

use crate::app_state::{AppState, OperationStage, Running};
use crate::engine::Engine;
use crate::request::{Notice, Outbox};
use crate::timers::Subject;
use model::{HistoryEntry, OperationPhase, OperationState, Timestamp};

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
        let message = format!("{why}. Retrying attempt #{attempt} at {}.", until.rfc3339());
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
        let message = "Operation terminated".to_owned();
        self.finish(state, running, OperationPhase::Failed, message, now, out);
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
        if phase == OperationPhase::Succeeded && running.is_full() {
            self.add_history(state, &finished, now);
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

    fn add_history(&self, state: &mut AppState, finished: &OperationState, now: Timestamp) {
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
            source: state.app.written_source.clone(),
        });
        let surplus = state.history.len().saturating_sub(state.app.history_limit);
        state.history.drain(..surplus);
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
