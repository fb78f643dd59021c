//! What an operation waits for, in the words that people and scripts know.
//!
//! Source of the words: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (setRunningPhase).

use super::results::running_places;
use super::steps::awaits_confirmation;
use crate::app_state::{AppState, Running, StepState, Walk};
use crate::engine::Engine;
use model::ObjectKey;
use plan::Action;

impl Engine {
    /// Names one object that is waited for and how many more there are.
    pub(super) fn waits_for(&self, state: &AppState, running: &Running, walk: &Walk) -> String {
        if let Some((key, more)) = awaits_confirmation(state, running, walk) {
            return sentence("pruning confirmation of", key, more, "resources");
        }
        if let Some(steps) = open_steps(walk) {
            return steps;
        }
        if let Some(running) = still_running(running, walk) {
            return running;
        }
        self.still_going(walk).unwrap_or_default()
    }

    /// What is pruned, or cleared away before a hook is made anew, and not gone yet.
    fn still_going(&self, walk: &Walk) -> Option<String> {
        let steps = walk.begun_of_wave().flat_map(|stage| &stage.steps);
        let going: Vec<&Action> = steps
            .map(|step| &step.action)
            .filter(|action| match action {
                Action::ClearHook { key, .. } => self.inventory.get(key).is_some(),
                action => self.is_going(action),
            })
            .collect();
        let hooks = going.iter().any(|action| action.is_of_hook());
        let what = if hooks {
            "deletion of hook"
        } else {
            "deletion of"
        };
        let first = going.first()?;
        let kind = if hooks { "hooks" } else { "resources" };
        Some(sentence(what, first.key(), going.len() - 1, kind))
    }
}

/// Steps that are not over: asked for, or to be tried again.
fn open_steps(walk: &Walk) -> Option<String> {
    let open = walk.steps.iter().enumerate();
    let open = open.filter(|(_, step)| **step != StepState::Over);
    let mut open = open.filter_map(|(at, step)| Some((walk.step(at)?.action.key(), step)));
    let (key, step) = open.next()?;
    let waiting = sentence("completion of", key, open.count(), "resources");
    Some(match step {
        StepState::Later { reason, .. } => format!("{waiting} (failed for now: {reason})"),
        _ => waiting,
    })
}

/// Hooks first; objects whose health is waited for after them.
fn still_running(running: &Running, walk: &Walk) -> Option<String> {
    let is_hook = |place: &(model::SyncPhase, ObjectKey)| running.results[place].hook;
    let waited = |place: &(model::SyncPhase, ObjectKey)| walk.plan.several_waves || is_hook(place);
    let places: Vec<_> = running_places(running, walk).filter(waited).collect();
    let hooks = places.iter().filter(|place| is_hook(place)).count();
    let first = places
        .iter()
        .find(|place| is_hook(place))
        .or(places.first())?;
    let what = match hooks {
        0 => "healthy state of",
        _ => "completion of hook",
    };
    let others = match hooks == places.len() {
        true => "hooks",
        false => "resources",
    };
    Some(sentence(what, &first.1, places.len() - 1, others))
}

fn sentence(what: &str, key: &ObjectKey, more: usize, others: &str) -> String {
    let kind = &key.group_kind;
    let first = format!(
        "waiting for {what} {}/{}/{}",
        kind.group, kind.kind, key.name
    );
    match more {
        0 => first,
        more => format!("{first} and {more} more {others}"),
    }
}
