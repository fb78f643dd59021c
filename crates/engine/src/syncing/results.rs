//! What became of each object of an operation, and how it goes on with those that run.
//!
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (setResourceResult,
//! getOperationPhase).

use crate::app_state::{Running, Walk};
use crate::deleting::is_the_app_itself;
use crate::engine::Engine;
use live::Record;
use model::{App, ObjectKey, OperationPhase, ResourceResult, ResultCode, SyncPhase};
use plan::Action;
use std::sync::Arc;

/// What became of an object.
pub(super) struct Result<'a> {
    code: ResultCode,
    state: OperationPhase,
    hook: bool,
    message: &'a str,
}

impl<'a> Result<'a> {
    /// Of an object that is no hook: what was applied runs until it is known to be healthy.
    pub fn of(code: ResultCode, message: &'a str) -> Self {
        let state = match code {
            ResultCode::Synced => OperationPhase::Running,
            ResultCode::SyncFailed => OperationPhase::Failed,
            ResultCode::Pruned | ResultCode::PruneSkipped => OperationPhase::Succeeded,
        };
        Self {
            code,
            state,
            hook: false,
            message,
        }
    }

    /// Of a hook.
    pub fn of_hook(code: ResultCode, state: OperationPhase, message: &'a str) -> Self {
        Self {
            code,
            state,
            hook: true,
            message,
        }
    }
}

/// Notes a result. A message that says nothing leaves the one before.
pub(super) fn note(
    running: &mut Running,
    (phase, key): (SyncPhase, &ObjectKey),
    version: &Arc<str>,
    result: Result<'_>,
) {
    let place = (phase, key.clone());
    let before = running
        .results
        .get(&place)
        .map(|known| known.message.clone());
    let message = match result.message {
        "" => before.unwrap_or_default(),
        message => message.to_owned(),
    };
    // A dry run makes nothing that could run on.
    let state = match (running.operation.dry_run, result.state) {
        (true, OperationPhase::Running) => OperationPhase::Succeeded,
        (_, state) => state,
    };
    let result = ResourceResult {
        key: key.clone(),
        version: version.clone(),
        phase,
        hook: result.hook,
        code: result.code,
        state,
        message,
    };
    running.results.insert(place, result);
}

impl Engine {
    /// Judges what runs by the health of what lives. Only the current wave can have anything that
    /// runs; of a plan with one wave the objects are not waited for, only hooks.
    pub(super) fn look_at_running(&self, app: &App, running: &mut Running, walk: &Walk) {
        let places: Vec<(SyncPhase, ObjectKey)> = running_places(running, walk).collect();
        for place in places {
            let Some(result) = running.results.get_mut(&place) else {
                continue;
            };
            match self.inventory.get(&place.1) {
                Some(record) if result.hook => {
                    let (state, message) = hook_verdict(record);
                    settle(result, state, &message);
                }
                // It is healthy only once this very operation is over.
                Some(record) if is_the_app_itself(app, &record.key) => {
                    settle(result, OperationPhase::Succeeded, "");
                }
                Some(record) if walk.plan.several_waves => {
                    if let Some((state, message)) = object_verdict(record) {
                        settle(result, state, &message);
                    }
                }
                None if result.hook => {
                    result.code = ResultCode::SyncFailed;
                    settle(result, OperationPhase::Error, &missing(&place.1));
                }
                _ => {}
            }
        }
    }
}

/// What of the current wave still runs.
pub(super) fn running_places<'a>(
    running: &'a Running,
    walk: &'a Walk,
) -> impl Iterator<Item = (SyncPhase, ObjectKey)> + 'a {
    let steps = walk.begun_of_wave().flat_map(|stage| {
        let made = |action: &Action| matches!(action, Action::Apply(_) | Action::RunHook { .. });
        let steps = stage.steps.iter().filter(move |step| made(&step.action));
        steps.map(move |step| (stage.phase, step.action.key().clone()))
    });
    steps.filter(|place| {
        let result = running.results.get(place);
        result.is_some_and(|result| result.state == OperationPhase::Running)
    })
}

fn settle(result: &mut ResourceResult, state: OperationPhase, message: &str) {
    result.state = state;
    if !message.is_empty() {
        result.message = message.to_owned();
    }
}

/// How a hook is doing.
pub(super) fn hook_verdict(record: &Record) -> (OperationPhase, String) {
    let Some(health) = &record.health else {
        return (
            OperationPhase::Succeeded,
            format!("{} created", record.key.name),
        );
    };
    let state = match &*health.status {
        "Healthy" => OperationPhase::Succeeded,
        "Degraded" | "Unknown" => OperationPhase::Failed,
        _ => OperationPhase::Running,
    };
    (state, health.message.to_string())
}

/// How an object that later waves wait for is doing, if that is settled.
fn object_verdict(record: &Record) -> Option<(OperationPhase, String)> {
    let Some(health) = &record.health else {
        return Some((OperationPhase::Succeeded, String::new()));
    };
    let state = match &*health.status {
        "Healthy" => OperationPhase::Succeeded,
        "Degraded" => OperationPhase::Failed,
        _ => return None,
    };
    Some((state, health.message.to_string()))
}

fn missing(key: &ObjectKey) -> String {
    let kind = &key.group_kind;
    format!(
        "Resource {}/{}/{} is missing, it might have been deleted",
        kind.group, kind.kind, key.name
    )
}
