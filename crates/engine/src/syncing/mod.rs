//! Operations: when one starts by itself, and how it walks its plan.
//!
//! Source of the rules: Argo CD 3.5, controller/appcontroller.go (autoSync) and controller/sync.go.
//! No operation holds a worker: each wait is a state that an event or a timer ends.

mod answers;
mod automatic;
mod ending;
mod failing;
mod leaving;
mod preparing;
mod progress;
mod results;
mod steps;
mod waiting;
mod walking;

use crate::app_state::{AppState, Judged, OperationStage, Refresh, Running};
use crate::engine::Engine;
use crate::request::{Notice, Outbox};
use model::{Initiator, Operation, OperationPhase, ResourceResult, Timestamp};

impl Engine {
    /// Takes in what users asked for on the custom resource.
    pub(crate) fn take_requests(&mut self, state: &mut AppState, now: Timestamp, out: &mut Outbox) {
        match (state.app.refresh, state.refresh) {
            (Some(hard), None) => {
                state.refresh = Some(Refresh::Resolving(hard));
                state.report.refreshes += 1;
                self.resolve(&state.app.source.clone(), now, out);
            }
            (None, Some(Refresh::Done)) => {
                state.refresh = None;
                state.report.written = None;
            }
            _ => {}
        }
        if state.app.requested.is_none() {
            state.report.take_operation = false;
        }
        let remembered = state.app.remembered.operation.as_ref();
        if let (Some(running), Some(told)) = (&mut state.running, remembered)
            && told.phase == OperationPhase::Terminating
            && told.started_at.seconds() == running.started_at.seconds()
        {
            running.terminate = true;
        }
    }

    /// Goes on with an operation that was under way when the process died.
    pub(crate) fn resume(&mut self, state: &mut AppState) {
        let Some(told) = &state.app.remembered.operation else {
            return;
        };
        if told.phase.is_finished() {
            return;
        }
        let mut running = Running::new(told.operation.clone(), told.started_at);
        // One that waited to be tried again begins its next attempt; of one that was under way
        // the hooks that are over are not run again.
        let waited = told.finished_at.is_some();
        running.retry_count = told.retry_count;
        let over = |result: &&ResourceResult| result.hook && result.state.is_finished();
        let known = told.results.iter().filter(over).filter(|_| !waited);
        running.results = known
            .map(|result| ((result.phase, result.key.clone()), result.clone()))
            .collect();
        running.told_hooks = running.results.keys().cloned().collect();
        running.terminate = told.phase == OperationPhase::Terminating;
        running.told = true;
        state.running = Some(running);
    }

    /// Moves the app's operation as far as it goes now.
    pub(crate) fn advance_operation(
        &mut self,
        state: &mut AppState,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        if state.running.is_none() {
            self.begin(state, judged, now, out);
        }
        while let Some(running) = state.running.take() {
            let (running, go_on) = self.advance_running(state, running, judged, now, out);
            state.running = running;
            if !go_on {
                break;
            }
        }
    }

    fn begin(&mut self, state: &mut AppState, judged: &Judged, now: Timestamp, out: &mut Outbox) {
        if let Some(operation) = state.app.requested.clone()
            && !state.report.take_operation
        {
            state.report.take_operation = true;
            state.running = Some(self.requested(state, operation, now, out));
            return;
        }
        state.sync_error = None;
        if let Some(automated) = state.app.automated {
            self.consider_automatic(state, automated, judged, now, out);
        }
    }

    fn requested(
        &self,
        state: &AppState,
        operation: Operation,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Running {
        let running = Running::new(operation, now);
        out.notices.push(Notice::Event {
            app: state.app.id.clone(),
            reason: "OperationStarted",
            message: format!(
                "{} initiated sync",
                initiator(&running.operation.initiated_by)
            ),
            warning: false,
        });
        running
    }

    /// An operation that takes too long is stopped like one that somebody terminates.
    fn mind_the_time(&self, running: &mut Running, now: Timestamp) {
        let limit = self.settings.sync_timeout;
        if limit.is_some_and(|limit| now.since(running.started_at) >= limit) && !running.terminate {
            running.terminate = true;
            running.timed_out = true;
        }
    }

    fn advance_running(
        &mut self,
        state: &mut AppState,
        mut running: Running,
        judged: &Judged,
        now: Timestamp,
        out: &mut Outbox,
    ) -> (Option<Running>, bool) {
        self.mind_the_time(&mut running, now);
        match std::mem::replace(&mut running.stage, OperationStage::Ready) {
            OperationStage::Preparing(id) => {
                running.stage = OperationStage::Preparing(id);
                match running.terminate {
                    true => self.terminated(state, running, now, out),
                    false => return (Some(running), false),
                }
            }
            OperationStage::Broken(message) => {
                self.finish(state, running, OperationPhase::Error, message, now, out);
            }
            OperationStage::Waiting {
                until,
                failed_at,
                message,
            } => {
                if running.terminate {
                    self.terminated(state, running, now, out);
                    return (None, true);
                }
                if until > now && !self.is_superseded(state, &running) {
                    running.stage = OperationStage::Waiting {
                        until,
                        failed_at,
                        message,
                    };
                    return (Some(running), false);
                }
                begin_retry(&mut running);
                return (Some(running), true);
            }
            OperationStage::Ready => return self.ready(state, running, judged, now, out),
            OperationStage::Walking(walk) => {
                return self.walk(state, running, walk, now, out);
            }
        }
        (None, true)
    }
}

/// The next attempt starts over; it takes the newest revision if it is told to.
fn begin_retry(running: &mut Running) {
    running.retry_count += 1;
    running.results.clear();
    running.told_hooks.clear();
    if running.operation.retry.is_some_and(|retry| retry.refresh) {
        running.operation.revision = None;
        running.own_revision = false;
        running.target = None;
    }
}

fn initiator(by: &Initiator) -> &str {
    match by.username.as_str() {
        "" if by.automated => "automated sync policy",
        "" => "unknown user",
        name => name,
    }
}
