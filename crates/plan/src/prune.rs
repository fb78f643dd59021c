//! What is no longer in the source: whether it goes, and when.
//!
//! Prunes run in the reverse order of waves, before the applies of their wave; those that come last
//! come after everything. Source: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go
//! (getSyncTasks, pruneObject).

use crate::order::Task;
use crate::plan::{Action, PlanInput};
use live::Record;
use model::{Consent, SyncPhase};
use std::collections::HashMap;

/// May extra objects be deleted?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PruneRule {
    /// Yes, as far as they and the app consent.
    Allowed,
    /// The operation did not ask for it.
    NotAsked,
}

const NO_PRUNE: &str = "ignored (no prune)";
const REQUIRES_PRUNING: &str = "ignored (requires pruning)";

/// The tasks of extras. `others` are all the other tasks: what comes last comes after them.
pub fn tasks(input: &PlanInput<'_>, others: &[Task]) -> Vec<Task> {
    let extras = input.extras.iter().copied();
    let extras: Vec<&Record> = extras.filter(|record| input.selects(&record.key)).collect();
    let mirrored = mirrored_waves(&extras);
    let wave = |record: &Record| mirrored.get(&record.wave).copied().unwrap_or(record.wave);
    let of_sync = others.iter().filter(|task| task.phase == SyncPhase::Sync);
    let waves = of_sync
        .map(|task| task.wave)
        .chain(extras.iter().map(|record| wave(record)));
    let last = waves.max().unwrap_or(0).max(0).saturating_add(1);
    let tasks = extras.iter().map(|record| {
        let wave = match input.prune_last || record.wishes.prune_last {
            true => last,
            false => wave(record),
        };
        Task::new(SyncPhase::Sync, wave, action(input, record), None)
    });
    tasks.collect()
}

/// The waves of extras, swapped symmetrically: the first wave's objects go last, and all stay
/// within the waves there are.
fn mirrored_waves(extras: &[&Record]) -> HashMap<i64, i64> {
    let mut waves: Vec<i64> = extras.iter().map(|record| record.wave).collect();
    waves.sort_unstable();
    waves.dedup();
    let mirrored = waves.iter().rev().copied();
    waves.iter().copied().zip(mirrored).collect()
}

fn action(input: &PlanInput<'_>, record: &Record) -> Action {
    let (key, version) = (record.key.clone(), record.version.clone());
    let consent = record.wishes.prune.unwrap_or(input.consent);
    let reason = match (input.prune, consent) {
        (PruneRule::NotAsked, _) => REQUIRES_PRUNING,
        (PruneRule::Allowed, Consent::Never) => NO_PRUNE,
        (PruneRule::Allowed, consent) => {
            return Action::Prune {
                key,
                version,
                uid: record.uid.clone(),
                propagation: input.propagation,
                on_confirmation: consent == Consent::OnConfirmation,
            };
        }
    };
    Action::KeepExtra {
        key,
        version,
        reason,
    }
}
