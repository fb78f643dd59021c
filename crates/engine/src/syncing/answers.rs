//! Answers to the steps of an operation.

use crate::app_state::{AppState, OperationStage, Running, StepState};
use crate::engine::Engine;
use crate::event::{Applied, Failure};
use crate::request::{Notice, Outbox, RequestId};
use live::Verdict;
use model::{AppId, ObjectKey, ResourceResult, ResultCode, Timestamp};
use plan::Action;
use std::sync::Arc;
use std::time::Duration;

/// The longest wait between tries of a step that fails for a passing reason.
const LONGEST_STEP_WAIT: Duration = Duration::from_secs(15);

impl Engine {
    pub(crate) fn step_applied(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<Applied, Failure>,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        self.dirty.insert(app.clone());
        let version = self.version_of(app, key);
        let ok = match &result {
            Ok(applied) => Ok(applied.message.clone()),
            Err(failure) => Err(failure.clone()),
        };
        // What the server did counts, whether or not the step is still wanted.
        if let Ok(Applied {
            record: Some(record),
            ..
        }) = result
        {
            self.take_applied(record);
        }
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let healing = state.running.as_ref().filter(|running| running.heal);
        let healing = healing.map(|running| running.started_at);
        let done = answer_step(state, key, id, ok, version, ResultCode::Synced, now);
        if let Some(since) = healing.filter(|_| done) {
            out.notices.push(Notice::Healed {
                app: app.clone(),
                key: key.clone(),
                since,
            });
        }
    }

    pub(super) fn version_of(&self, app: &AppId, key: &ObjectKey) -> Arc<str> {
        let target = self.apps.get(app).and_then(|state| {
            state
                .running
                .as_ref()
                .and_then(|r| r.target.as_ref())
                .or(state.desired.target.as_ref())
        });
        let desired = target
            .and_then(|target| target.get(key))
            .map(|d| d.version.clone());
        desired
            .or_else(|| self.inventory.get(key).map(|record| record.version.clone()))
            .unwrap_or_else(|| "".into())
    }

    /// The server's answer to our own apply is, by definition, what our manifest comes to.
    pub(super) fn take_applied(&mut self, mut record: live::Record) {
        if let Some(judgement) = &mut record.judgement {
            judgement.verdict = Verdict::Same;
        }
        self.take_answered(record);
    }

    pub(crate) fn step_done(
        &mut self,
        app: &AppId,
        key: &ObjectKey,
        id: RequestId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) {
        self.dirty.insert(app.clone());
        let version = self.version_of(app, key);
        let Some(state) = self.apps.get_mut(app) else {
            return;
        };
        let (namespace, doomed) = step_kind(state, id);
        let ok = result.map(|()| {
            if namespace {
                "created".to_owned()
            } else {
                "pruned".to_owned()
            }
        });
        if ok.is_ok() {
            match (namespace, self.inventory.get_mut(key)) {
                (true, _) => drop(self.namespaces.insert(key.clone())),
                (false, Some(record)) if doomed.as_ref() == Some(&record.uid) => {
                    record.deleting = true;
                }
                (false, _) => {}
            }
        }
        let code = if namespace {
            ResultCode::Synced
        } else {
            ResultCode::Pruned
        };
        let version = if namespace { "v1".into() } else { version };
        answer_step(state, key, id, ok, version, code, now);
    }
}

/// Takes an answer to its step; true if the step is over and went well.
fn answer_step(
    state: &mut AppState,
    key: &ObjectKey,
    id: RequestId,
    result: Result<String, Failure>,
    version: Arc<str>,
    code: ResultCode,
    now: Timestamp,
) -> bool {
    let Some(running) = &mut state.running else {
        return false;
    };
    let OperationStage::Walking(walk) = &mut running.stage else {
        return false;
    };
    let asked =
        |step: &StepState| matches!(step, StepState::Asked { id: asked, .. } if *asked == id);
    let Some(at) = walk.steps.iter().position(asked) else {
        return false;
    };
    let StepState::Asked { tries, .. } = walk.steps[at] else {
        return false;
    };
    let (over, code, message) = match result {
        Ok(message) => (true, code, message),
        Err(failure) if failure.transient => {
            let wait = Duration::from_millis(200 << tries.min(7)).min(LONGEST_STEP_WAIT);
            walk.steps[at] = StepState::Later {
                at: now + wait,
                tries: tries + 1,
                reason: failure.message,
            };
            return false;
        }
        Err(failure) => (false, ResultCode::SyncFailed, failure.message),
    };
    walk.failed |= !over;
    walk.steps[at] = StepState::Over;
    note(running, key, &version, code, &message);
    over
}

/// Does a request make a namespace, and if not, which UID does it delete?
fn step_kind(state: &AppState, id: RequestId) -> (bool, Option<Arc<str>>) {
    let Some(running) = &state.running else {
        return (false, None);
    };
    let OperationStage::Walking(walk) = &running.stage else {
        return (false, None);
    };
    let asked =
        |step: &StepState| matches!(step, StepState::Asked { id: asked, .. } if *asked == id);
    let at = walk.steps.iter().position(asked);
    match at.and_then(|at| walk.step(at)).map(|step| &step.action) {
        Some(Action::EnsureNamespace(_)) => (true, None),
        Some(Action::Prune { uid, .. }) => (false, Some(uid.clone())),
        _ => (false, None),
    }
}

pub(super) fn note(
    running: &mut Running,
    key: &ObjectKey,
    version: &Arc<str>,
    code: ResultCode,
    message: &str,
) {
    let (key, version, message) = (key.clone(), version.clone(), message.to_owned());
    running.results.insert(
        key.clone(),
        ResourceResult {
            key,
            version,
            code,
            message,
        },
    );
}
