//! May the walk go on after a stage whose steps are all over?
//!
//! Hooks of a wave are always waited for; objects only where another phase or wave follows. The
//! last wave without hooks ends the operation as soon as it is applied.
//! Source of the rules: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (Sync).

use super::results::running_places;
use crate::app_state::{AppState, Running, Standing, Walk};
use crate::engine::Engine;
use model::{ObjectKey, OperationPhase, SyncPhase};
use plan::Action;

/// What comes after a stage.
pub(super) enum Leave {
    /// Something still runs.
    Wait,
    /// An object was deleted by somebody: its stage is begun again.
    Again(ObjectKey),
    /// The next stage.
    Next,
    /// The end; it may be that hooks were the last of it.
    Finish { after_hooks: bool },
    /// Something failed.
    Fail,
}

impl Engine {
    pub(super) fn leave_stage(&self, state: &AppState, walk: &Walk, running: &Running) -> Leave {
        if walk.current().is_none() {
            return Leave::Finish { after_hooks: true };
        }
        if !walk.ends_wave() {
            return Leave::Next;
        }
        if runs_hooks(running, walk) {
            return Leave::Wait;
        }
        if walk.on_failure {
            return if walk.is_last() {
                Leave::Fail
            } else {
                Leave::Next
            };
        }
        if walk.failed || has_failed(running, walk) {
            return Leave::Fail;
        }
        let has_hooks = wave_has_hooks(walk);
        if walk.is_last() && !has_hooks {
            return Leave::Finish { after_hooks: false };
        }
        if !running.operation.dry_run
            && let Some(leave) = self.wait_for_objects(state, walk, running)
        {
            return leave;
        }
        match walk.is_last() {
            true => Leave::Finish { after_hooks: true },
            false => Leave::Next,
        }
    }

    /// Objects of the wave that are not healthy yet, or not gone yet.
    fn wait_for_objects(&self, state: &AppState, walk: &Walk, running: &Running) -> Option<Leave> {
        if walk.plan.several_waves {
            let mut applied = applied_of_wave(walk);
            if let Some(key) = applied.find(|key| self.is_missing(state, running, key)) {
                return Some(Leave::Again(key.clone()));
            }
            if running_places(running, walk).next().is_some() {
                return Some(Leave::Wait);
            }
        }
        let mut of_wave = walk.begun_of_wave().flat_map(|stage| &stage.steps);
        of_wave
            .any(|step| self.is_going(&step.action))
            .then_some(Leave::Wait)
    }

    /// Was it deleted by somebody since it was applied?
    fn is_missing(&self, state: &AppState, running: &Running, key: &ObjectKey) -> bool {
        if self.inventory.get(key).is_some() {
            return false;
        }
        let desired = running.target.as_ref().and_then(|target| target.get(key));
        desired.is_some_and(|desired| matches!(self.standing(state, desired), Standing::Missing))
    }

    /// Is it a prune of something that is still on its way out?
    pub(super) fn is_going(&self, action: &Action) -> bool {
        let Action::Prune { key, uid, .. } = action else {
            return false;
        };
        let record = self.inventory.get(key);
        record.is_some_and(|record| record.deleting && record.uid == *uid)
    }
}

fn runs_hooks(running: &Running, walk: &Walk) -> bool {
    running_places(running, walk).any(|place| running.results[&place].hook)
}

fn applied_of_wave(walk: &Walk) -> impl Iterator<Item = &ObjectKey> {
    let steps = walk.begun_of_wave().flat_map(|stage| &stage.steps);
    let applied = steps.filter(|step| matches!(step.action, Action::Apply(_)));
    applied.map(|step| step.action.key())
}

fn has_failed(running: &Running, walk: &Walk) -> bool {
    let stages = walk.begun_of_wave();
    let mut places = stages.flat_map(|stage| {
        let steps = stage.steps.iter();
        steps.map(move |step| (stage.phase, step.action.key().clone()))
    });
    places.any(|place| is_bad(running, &place))
}

fn is_bad(running: &Running, place: &(SyncPhase, ObjectKey)) -> bool {
    let result = running.results.get(place);
    result.is_some_and(|result| {
        matches!(result.state, OperationPhase::Failed | OperationPhase::Error)
    })
}

fn wave_has_hooks(walk: &Walk) -> bool {
    let mut steps = walk.begun_of_wave().flat_map(|stage| &stage.steps);
    steps.any(|step| step.action.is_of_hook())
}
