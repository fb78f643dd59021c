//! Builds the plan of one sync: stages in order, each a set of steps that may run side by side.
//!
//! Order: phase, wave, kind, name, as Argo CD 3.5 sorts tasks (gitops-engine/pkg/sync/sync_tasks.go
//! and sync_context.go). Cost: a sort of the app's own objects.

use crate::order::{self, Task};
use crate::prune::{self, PruneRule};
use crate::stages::{Stage, in_stages};
use crate::{Desired, Hook, Target};
use live::Record;
use model::{Consent, ObjectKey, ObjectSelector, PropagationPolicy, SyncPhase};
use std::sync::Arc;

/// What one step does.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Make sure a namespace exists, with the metadata the app gives it.
    EnsureNamespace(ObjectKey),
    /// Apply an object.
    Apply(Arc<Desired>),
    /// Delete an object, bound to the UID that was seen.
    Prune {
        /// The object.
        key: ObjectKey,
        /// Its version.
        version: Arc<str>,
        /// The UID it must still have.
        uid: Arc<str>,
        /// What happens to its dependents.
        propagation: PropagationPolicy,
        /// Somebody has to confirm it first.
        on_confirmation: bool,
    },
    /// Leave an object that is no longer in the source, and say why.
    KeepExtra {
        /// The object.
        key: ObjectKey,
        /// Its version.
        version: Arc<str>,
        /// Why it stays, in Argo CD's words.
        reason: &'static str,
    },
    /// Take away what an earlier run left of a hook.
    ClearHook {
        /// The hook.
        hook: Arc<Hook>,
        /// The object it is in this operation.
        key: ObjectKey,
    },
    /// Make a hook; it runs until its health says otherwise.
    RunHook {
        /// The hook.
        hook: Arc<Hook>,
        /// The object it is in this operation.
        key: ObjectKey,
    },
}

impl Action {
    /// The object it is about.
    pub fn key(&self) -> &ObjectKey {
        match self {
            Self::EnsureNamespace(key)
            | Self::Prune { key, .. }
            | Self::KeepExtra { key, .. }
            | Self::ClearHook { key, .. }
            | Self::RunHook { key, .. } => key,
            Self::Apply(desired) => &desired.key,
        }
    }

    /// Is it about a hook?
    pub fn is_of_hook(&self) -> bool {
        matches!(self, Self::ClearHook { .. } | Self::RunHook { .. })
    }
}

/// One step of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// What it does.
    pub action: Action,
}

/// An ordered, immutable plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// In order.
    pub stages: Vec<Stage>,
    /// What runs instead of the rest when something fails.
    pub on_failure: Vec<Stage>,
    /// There is more than one phase or wave: each waits for the health of the one before.
    pub several_waves: bool,
}

/// What a plan is made from.
pub struct PlanInput<'a> {
    /// What is wanted.
    pub target: &'a Target,
    /// Live objects that carry the app's mark and are not in the target.
    pub extras: Vec<&'a Record>,
    /// A namespace to make first.
    pub namespace: Option<ObjectKey>,
    /// May extras go?
    pub prune: PruneRule,
    /// What holds for extras that say nothing themselves.
    pub consent: Consent,
    /// Prunes after everything else.
    pub prune_last: bool,
    /// What happens to dependents.
    pub propagation: PropagationPolicy,
    /// Only these objects (empty: all).
    pub only: &'a [ObjectSelector],
    /// Hooks run, with this at the end of names that a hook leaves open; none leaves hooks out.
    pub hook_run: Option<&'a dyn Fn(SyncPhase) -> String>,
}

impl PlanInput<'_> {
    pub(crate) fn selects(&self, key: &ObjectKey) -> bool {
        self.only.is_empty() || self.only.iter().any(|selector| selector.matches(key))
    }
}

impl Plan {
    /// Builds the plan.
    pub fn build(input: &PlanInput<'_>) -> Plan {
        let mut tasks: Vec<Task> = applies(input).chain(hooks(input)).collect();
        tasks.extend(prune::tasks(input, &tasks));
        order::sort(&mut tasks);
        let is_step = |task: &Task| (task.phase, task.wave);
        let several_waves = match (tasks.first(), tasks.last()) {
            (Some(first), Some(last)) => is_step(first) != is_step(last),
            _ => false,
        };
        let (on_failure, tasks) = tasks
            .into_iter()
            .partition(|task| task.phase == SyncPhase::SyncFail);
        let mut stages = namespace_stage(input);
        stages.extend(in_stages(tasks));
        Plan {
            stages,
            on_failure: in_stages(on_failure),
            several_waves,
        }
    }

    /// Every step, in order, without those of a failure.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }

    /// Nothing to do at all?
    pub fn is_empty(&self) -> bool {
        self.steps().next().is_none()
    }

    /// Does it run any hook?
    pub fn has_hooks(&self) -> bool {
        let failure = self.on_failure.iter().flat_map(|stage| &stage.steps);
        self.steps()
            .chain(failure)
            .any(|step| step.action.is_of_hook())
    }
}

fn applies<'a>(input: &'a PlanInput<'_>) -> impl Iterator<Item = Task> + 'a {
    let objects = input.target.objects.iter();
    let selected = objects.filter(|desired| input.selects(&desired.key));
    selected.map(|desired| {
        let action = Action::Apply(desired.clone());
        Task::new(
            SyncPhase::Sync,
            desired.wave,
            action,
            desired.defines.clone(),
        )
    })
}

fn hooks<'a>(input: &'a PlanInput<'_>) -> impl Iterator<Item = Task> + 'a {
    let hooks = input.hook_run.is_some().then_some(&input.target.hooks);
    let runs = hooks.into_iter().flatten().flat_map(|hook| {
        let phases = hook.options.phases.iter();
        phases.map(move |phase| (*phase, hook))
    });
    runs.map(|(phase, hook)| {
        let action = Action::RunHook {
            key: key_of_run(hook, phase, input),
            hook: hook.clone(),
        };
        Task::new(phase, hook.object.wave, action, hook.object.defines.clone())
    })
}

/// The object a hook is in this operation: a name that it leaves open is made up.
fn key_of_run(hook: &Hook, phase: SyncPhase, input: &PlanInput<'_>) -> ObjectKey {
    let key = hook.object.key.clone();
    match input.hook_run.filter(|_| hook.is_named_by_run) {
        Some(ending) => ObjectKey {
            name: format!("{}{}", key.name, ending(phase)).into(),
            ..key
        },
        None => key,
    }
}

fn namespace_stage(input: &PlanInput<'_>) -> Vec<Stage> {
    let Some(key) = input.namespace.clone() else {
        return Vec::new();
    };
    if input.target.get(&key).is_some() {
        return Vec::new();
    }
    let action = Action::EnsureNamespace(key);
    vec![Stage {
        phase: SyncPhase::PreSync,
        wave: i64::MIN,
        steps: vec![Step { action }],
    }]
}
