//! Tasks in; the same tasks in the order they run out.
//!
//! By phase, wave, kind and name; then namespaces and definitions of kinds move right before the
//! first task that needs them, into its phase and wave.
//! Source: Argo CD 3.5, gitops-engine/pkg/sync/sync_tasks.go (Less, adjustDeps).

use crate::kind_rank;
use crate::plan::Action;
use model::{GroupKind, SyncPhase};
use std::collections::HashMap;
use std::sync::Arc;

/// One thing to do, before stages are made of them.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its phase.
    pub phase: SyncPhase,
    /// Its wave.
    pub wave: i64,
    /// What it does.
    pub action: Action,
    /// The kind it defines, if it is a CustomResourceDefinition that is applied.
    pub defines: Option<GroupKind>,
}

/// What another task needs to be there.
#[derive(PartialEq, Eq, Hash)]
enum Need {
    Namespace(Arc<str>),
    Kind(GroupKind),
}

impl Task {
    /// A task in its own phase and wave.
    pub fn new(phase: SyncPhase, wave: i64, action: Action, defines: Option<GroupKind>) -> Self {
        Self {
            phase,
            wave,
            action,
            defines,
        }
    }

    fn rank(&self) -> (SyncPhase, i64, usize, &str) {
        let key = self.action.key();
        (
            self.phase,
            self.wave,
            kind_rank(&key.group_kind.kind),
            &key.name,
        )
    }

    fn makes_an_object(&self) -> bool {
        matches!(self.action, Action::Apply(_) | Action::RunHook { .. })
    }

    fn is_namespace(&self) -> bool {
        let kind = &self.action.key().group_kind;
        kind.group.is_empty() && &*kind.kind == "Namespace"
    }
}

/// Sorts tasks. Cost: a sort, and two passes.
pub fn sort(tasks: &mut Vec<Task>) {
    tasks.sort_by(|a, b| a.rank().cmp(&b.rank()));
    move_forward(
        tasks,
        |task| {
            task.is_namespace()
                .then(|| Need::Namespace(task.action.key().name.clone()))
        },
        |task| {
            let namespace = &task.action.key().namespace;
            (!namespace.is_empty()).then(|| Need::Namespace(namespace.clone()))
        },
    );
    move_forward(
        tasks,
        |task| task.defines.clone().map(Need::Kind),
        |task| Some(Need::Kind(task.action.key().group_kind.clone())),
    );
}

/// Puts what provides a need right before the first task that has it.
fn move_forward(
    tasks: &mut Vec<Task>,
    provides: impl Fn(&Task) -> Option<Need>,
    needs: impl Fn(&Task) -> Option<Need>,
) {
    let mut first: HashMap<Need, usize> = HashMap::new();
    let mut place: Vec<(usize, bool)> = (0..tasks.len()).map(|at| (at, true)).collect();
    for at in 0..tasks.len() {
        if !tasks[at].makes_an_object() {
            continue;
        }
        if let Some(provided) = provides(&tasks[at]) {
            if let Some(user) = first.get(&provided) {
                place[at] = (*user, false);
                (tasks[at].phase, tasks[at].wave) = (tasks[*user].phase, tasks[*user].wave);
            }
        } else if let Some(need) = needs(&tasks[at]) {
            first.entry(need).or_insert(at);
        }
    }
    if place.iter().all(|(_, own)| *own) {
        return;
    }
    let mut placed: Vec<((usize, bool), Task)> = place.into_iter().zip(tasks.drain(..)).collect();
    placed.sort_by_key(|(place, _)| *place);
    tasks.extend(placed.into_iter().map(|(_, task)| task));
}
