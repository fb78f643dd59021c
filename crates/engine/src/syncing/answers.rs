//! Answers to the steps of an operation.

use super::results::{self, Result as Became};
use crate::app_state::{AppState, OperationStage, Running, StepState};
use crate::engine::Engine;
use crate::event::{Applied, Failure};
use crate::request::{Notice, Outbox, RequestId};
use live::Verdict;
use model::{AppId, ObjectKey, OperationPhase, ResultCode, SyncPhase, Timestamp};
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
        let seen = matches!(&result, Ok(applied) if applied.record.is_some());
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
        let answered = answer_step(state, id, ok, now);
        let done = matches!(answered, Some((_, _, Ok(_))));
        if let (Some((action, phase, ok)), Some(running)) = (answered, &mut state.running) {
            note_applied(running, &action, phase, &version, ok, seen);
        }
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
        let Some((action, phase, ok)) = answer_step(state, id, result.map(|()| String::new()), now)
        else {
            return;
        };
        if ok.is_ok() {
            self.take_done(&action, key);
        }
        let running = self
            .apps
            .get_mut(app)
            .and_then(|state| state.running.as_mut());
        if let Some(running) = running {
            note_done(running, &action, phase, &version, ok.map(drop));
        }
    }

    /// What a deletion or a made namespace means for what is known of the cluster.
    fn take_done(&mut self, action: &Action, key: &ObjectKey) {
        match action {
            Action::EnsureNamespace(_) => drop(self.namespaces.insert(key.clone())),
            Action::Prune { uid, .. } => {
                if let Some(record) = self.inventory.get_mut(key)
                    && record.uid == *uid
                {
                    record.deleting = true;
                }
            }
            // The watch tells when it is gone; until then its stage waits.
            _ => {}
        }
    }
}

/// Takes an answer to its step: the step's action and phase, and how it went, once it is over.
fn answer_step(
    state: &mut AppState,
    id: RequestId,
    result: Result<String, Failure>,
    now: Timestamp,
) -> Option<(Action, SyncPhase, Result<String, String>)> {
    let Some(Running {
        stage: OperationStage::Walking(walk),
        ..
    }) = &mut state.running
    else {
        return None;
    };
    let asked =
        |step: &StepState| matches!(step, StepState::Asked { id: asked, .. } if *asked == id);
    let at = walk.steps.iter().position(asked)?;
    let StepState::Asked { tries, .. } = walk.steps[at] else {
        return None;
    };
    let phase = walk.current()?.phase;
    let action = walk.step(at)?.action.clone();
    match result {
        Err(failure) if failure.transient => {
            let wait = Duration::from_millis(200 << tries.min(7)).min(LONGEST_STEP_WAIT);
            walk.steps[at] = StepState::Later {
                at: now + wait,
                tries: tries + 1,
                reason: failure.message,
            };
            None
        }
        result => {
            walk.failed |= result.is_err();
            walk.steps[at] = StepState::Over;
            Some((action, phase, result.map_err(|failure| failure.message)))
        }
    }
}

/// The result of a step that makes something. A hook that nothing tells of (its kind carries no
/// marks) is done as soon as it is made.
fn note_applied(
    running: &mut Running,
    action: &Action,
    phase: SyncPhase,
    version: &Arc<str>,
    ok: Result<String, String>,
    seen: bool,
) {
    let code = match ok {
        Ok(_) => ResultCode::Synced,
        Err(_) => ResultCode::SyncFailed,
    };
    let (Ok(message) | Err(message)) = &ok;
    let became = match (action, &ok) {
        (Action::RunHook { .. }, Err(_)) => Became::of_hook(code, OperationPhase::Failed, message),
        (Action::RunHook { .. }, Ok(_)) if seen => {
            Became::of_hook(code, OperationPhase::Running, message)
        }
        (Action::RunHook { .. }, Ok(_)) => {
            Became::of_hook(code, OperationPhase::Succeeded, message)
        }
        _ => Became::of(code, message),
    };
    results::note(running, (phase, action.key()), version, became);
}

/// The result of a step that has no object for an answer.
fn note_done(
    running: &mut Running,
    action: &Action,
    phase: SyncPhase,
    version: &Arc<str>,
    ok: Result<(), String>,
) {
    let namespace = matches!(action, Action::EnsureNamespace(_));
    let version = if namespace { &"v1".into() } else { version };
    let became = match (action, &ok) {
        (Action::ClearHook { .. }, Ok(())) => return,
        (Action::ClearHook { .. }, Err(why)) => {
            Became::of_hook(ResultCode::SyncFailed, OperationPhase::Error, why)
        }
        (_, Err(why)) => Became::of(ResultCode::SyncFailed, why),
        (Action::EnsureNamespace(_), Ok(())) => Became::of(ResultCode::Synced, "created"),
        (_, Ok(())) => Became::of(ResultCode::Pruned, "pruned"),
    };
    results::note(running, (phase, action.key()), version, became);
}
