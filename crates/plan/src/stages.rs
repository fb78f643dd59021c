//! Ordered tasks in; stages out, each a set of steps that may run side by side.
//!
//! Of each wave first the prunes, whatever their kind; then what is left of earlier runs of hooks
//! is cleared; then what is made, kind by kind.
//! Source: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (runTasks).

use crate::order::Task;
use crate::plan::{Action, Step};
use model::SyncPhase;

/// Steps that may run side by side once all earlier stages are done.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// The phase it belongs to.
    pub phase: SyncPhase,
    /// The wave it belongs to.
    pub wave: i64,
    /// Its steps.
    pub steps: Vec<Step>,
}

impl Stage {
    /// Do both belong to the same wave of the same phase?
    pub fn is_of_wave_of(&self, other: &Self) -> bool {
        (self.phase, self.wave) == (other.phase, other.wave)
    }
}

/// Stages of tasks in their order.
pub fn in_stages(tasks: Vec<Task>) -> Vec<Stage> {
    let mut stages = Vec::new();
    let mut tasks = tasks.into_iter().peekable();
    while let Some(first) = tasks.next() {
        let (phase, wave) = (first.phase, first.wave);
        let mut of_wave = vec![first];
        while let Some(task) = tasks.next_if(|task| (task.phase, task.wave) == (phase, wave)) {
            of_wave.push(task);
        }
        stages.extend(of_one_wave(phase, wave, of_wave));
    }
    stages
}

fn of_one_wave(phase: SyncPhase, wave: i64, tasks: Vec<Task>) -> Vec<Stage> {
    let actions = tasks.into_iter().map(|task| task.action);
    let (made, pruned): (Vec<Action>, Vec<Action>) =
        actions.partition(|action| matches!(action, Action::Apply(_) | Action::RunHook { .. }));
    let cleared: Vec<Action> = made.iter().filter_map(cleared_first).collect();
    let mut runs = vec![pruned, cleared];
    runs.extend(by_kind(made));
    let stage = |actions: Vec<Action>| Stage {
        phase,
        wave,
        steps: actions.into_iter().map(|action| Step { action }).collect(),
    };
    runs.into_iter()
        .filter(|run| !run.is_empty())
        .map(stage)
        .collect()
}

fn cleared_first(action: &Action) -> Option<Action> {
    let Action::RunHook { hook, key } = action else {
        return None;
    };
    Some(Action::ClearHook {
        hook: hook.clone(),
        key: key.clone(),
    })
}

/// Runs of equal kind.
fn by_kind(actions: Vec<Action>) -> Vec<Vec<Action>> {
    let mut runs: Vec<Vec<Action>> = Vec::new();
    for action in actions {
        let kind = |action: &Action| action.key().group_kind.kind.clone();
        match runs.last_mut() {
            Some(run) if kind(&run[0]) == kind(&action) => run.push(action),
            _ => runs.push(vec![action]),
        }
    }
    runs
}
