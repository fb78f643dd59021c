//! Builds the plan of one sync: stages in order, each a set of steps that may run side by side.
//!
//! Order: wave, then kind, as Argo CD 3.5 sorts tasks (gitops-engine/pkg/sync/sync_tasks.go and
//! sync_context.go): namespaces and CRDs move before their first dependent; prunes of a wave come
//! before its applies, in the reverse order of waves; `PruneLast` puts them after everything.
//! Cost: a sort of the app's own objects.

use crate::{Desired, Target, kind_rank};
use live::Record;
use model::{GroupKind, ObjectKey, ObjectSelector, PropagationPolicy};
use std::collections::HashMap;
use std::sync::Arc;

/// What one step does.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Make sure a namespace exists.
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
}

impl Action {
    /// The object it is about.
    pub fn key(&self) -> &ObjectKey {
        match self {
            Self::EnsureNamespace(key) | Self::Prune { key, .. } | Self::KeepExtra { key, .. } => {
                key
            }
            Self::Apply(desired) => &desired.key,
        }
    }
}

/// One step of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// What it does.
    pub action: Action,
}

/// Steps that may run side by side once all earlier stages are done.
#[derive(Clone, PartialEq, Debug)]
pub struct Stage {
    /// The wave it belongs to.
    pub wave: i64,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The wave's objects must be healthy before the next stage starts.
    pub gate: bool,
}

/// An ordered, immutable plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// In order.
    pub stages: Vec<Stage>,
}

/// May extra objects be deleted?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PruneRule {
    /// Yes.
    Allowed,
    /// The operation did not ask for it.
    NotAsked,
    /// `Prune=false` on the app.
    Forbidden,
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
    /// Prunes after everything else.
    pub prune_last: bool,
    /// What happens to dependents.
    pub propagation: PropagationPolicy,
    /// Only these objects (empty: all).
    pub only: &'a [ObjectSelector],
}

struct Task {
    wave: i64,
    /// Prunes run before the applies of their wave.
    order: (u8, usize),
    name: Arc<str>,
    step: Step,
}

impl Plan {
    /// Builds the plan.
    pub fn build(input: &PlanInput<'_>) -> Plan {
        let mut tasks = applies(input);
        let last_wave = tasks.iter().map(|task| task.wave).max().unwrap_or(0);
        tasks.extend(prunes(input, last_wave));
        tasks.sort_by(|a, b| (a.wave, a.order, &a.name).cmp(&(b.wave, b.order, &b.name)));
        let mut stages = namespace_stage(input, tasks.first().map_or(0, |task| task.wave));
        let several_waves = tasks.windows(2).any(|pair| pair[0].wave != pair[1].wave);
        stages.extend(in_stages(tasks, several_waves));
        Plan { stages }
    }

    /// Every step, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.stages.iter().flat_map(|stage| &stage.steps)
    }

    /// Nothing to do at all?
    pub fn is_empty(&self) -> bool {
        self.steps().next().is_none()
    }
}

fn selected(input: &PlanInput<'_>, key: &ObjectKey) -> bool {
    input.only.is_empty() || input.only.iter().any(|selector| selector.matches(key))
}

fn applies(input: &PlanInput<'_>) -> Vec<Task> {
    let objects = || input.target.objects.iter();
    let dependents = FirstDependents::of(input.target);
    objects()
        .filter(|desired| selected(input, &desired.key))
        .map(|desired| Task {
            wave: dependents.wave_of(desired),
            order: (1, kind_rank(&desired.key.group_kind.kind)),
            name: desired.key.name.clone(),
            step: Step {
                action: Action::Apply(desired.clone()),
            },
        })
        .collect()
}

/// The earliest wave that needs each namespace and each custom kind.
struct FirstDependents<'a> {
    namespaces: HashMap<&'a str, i64>,
    kinds: HashMap<&'a GroupKind, i64>,
}

impl<'a> FirstDependents<'a> {
    fn of(target: &'a Target) -> Self {
        let (mut namespaces, mut kinds) = (HashMap::new(), HashMap::new());
        for desired in &target.objects {
            let earliest = |wave: &mut i64| *wave = (*wave).min(desired.wave);
            let namespace = &*desired.key.namespace;
            namespaces
                .entry(namespace)
                .and_modify(earliest)
                .or_insert(desired.wave);
            kinds
                .entry(&desired.key.group_kind)
                .and_modify(earliest)
                .or_insert(desired.wave);
        }
        Self { namespaces, kinds }
    }

    fn wave_of(&self, desired: &Desired) -> i64 {
        let key = &desired.key;
        let is_namespace = key.group_kind.group.is_empty() && &*key.group_kind.kind == "Namespace";
        let needed_by = match &desired.defines {
            Some(kind) => self.kinds.get(kind),
            None if is_namespace => self.namespaces.get(&*key.name),
            None => None,
        };
        needed_by.map_or(desired.wave, |wave| desired.wave.min(*wave))
    }
}

fn prunes(input: &PlanInput<'_>, last_wave: i64) -> Vec<Task> {
    let extras: Vec<&Record> = input
        .extras
        .iter()
        .copied()
        .filter(|record| selected(input, &record.key))
        .collect();
    let mirrored = mirrored_waves(&extras);
    extras
        .into_iter()
        .map(|record| Task {
            wave: match input.prune_last {
                true => last_wave.saturating_add(1),
                false => mirrored.get(&record.wave).copied().unwrap_or(record.wave),
            },
            order: (0, usize::MAX - kind_rank(&record.key.group_kind.kind)),
            name: record.key.name.clone(),
            step: Step {
                action: prune_action(input, record),
            },
        })
        .collect()
}

/// Prunes run in the reverse order of waves: the first wave's objects go last. The waves are
/// swapped symmetrically, so that prunes stay within the waves the app has.
fn mirrored_waves(extras: &[&Record]) -> HashMap<i64, i64> {
    let mut waves: Vec<i64> = extras.iter().map(|record| record.wave).collect();
    waves.sort_unstable();
    waves.dedup();
    waves
        .iter()
        .copied()
        .zip(waves.iter().rev().copied())
        .collect()
}

fn prune_action(input: &PlanInput<'_>, record: &Record) -> Action {
    let (key, version) = (record.key.clone(), record.version.clone());
    if record.protection.prune {
        return Action::KeepExtra {
            key,
            version,
            reason: "ignored (no prune)",
        };
    }
    match input.prune {
        PruneRule::Allowed => Action::Prune {
            key,
            version,
            uid: record.uid.clone(),
            propagation: input.propagation,
        },
        PruneRule::Forbidden => Action::KeepExtra {
            key,
            version,
            reason: "ignored (no prune)",
        },
        PruneRule::NotAsked => Action::KeepExtra {
            key,
            version,
            reason: "ignored (requires pruning)",
        },
    }
}

fn namespace_stage(input: &PlanInput<'_>, wave: i64) -> Vec<Stage> {
    let Some(key) = input.namespace.clone() else {
        return Vec::new();
    };
    if input.target.get(&key).is_some() {
        return Vec::new();
    }
    let steps = vec![Step {
        action: Action::EnsureNamespace(key),
    }];
    vec![Stage {
        wave,
        steps,
        gate: false,
    }]
}

/// Runs of equal wave and kind become stages; the last stage of a wave is a health gate when
/// there are several waves.
fn in_stages(tasks: Vec<Task>, several_waves: bool) -> Vec<Stage> {
    let mut stages: Vec<(Stage, (u8, usize))> = Vec::new();
    for task in tasks {
        // All prunes of a wave run side by side, whatever their kind.
        let order = if task.order.0 == 0 {
            (0, 0)
        } else {
            task.order
        };
        match stages.last_mut() {
            Some((stage, last)) if stage.wave == task.wave && *last == order => {
                stage.steps.push(task.step);
            }
            _ => {
                let stage = Stage {
                    wave: task.wave,
                    steps: vec![task.step],
                    gate: false,
                };
                stages.push((stage, order));
            }
        }
    }
    let mut stages: Vec<Stage> = stages.into_iter().map(|(stage, _)| stage).collect();
    for at in 0..stages.len() {
        let ends_wave = stages
            .get(at + 1)
            .is_none_or(|next| next.wave != stages[at].wave);
        stages[at].gate = several_waves && ends_wave;
    }
    stages
}
