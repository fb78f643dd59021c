//! The promises that must hold after every step, whatever goes wrong (I1-I10).
//!
//! I1 nothing is deleted that is not ours, by UID. I2 an older commit is never applied over a
//! newer one. I3 nothing is written outside what the project permits. I4 no secret bytes in any
//! output. I5 nothing is pruned while the desired set is unknown. I6 once faults stop the cluster
//! converges and writes stop. I7 Synced is said only of what was compared. I8 writes per drift are
//! bounded. I9 one writer per object at a time. I10 the inventory holds every marked object.

use crate::world::World;
use engine::{ApplyMode, Report, Request, RequestId, Work};
use model::{App, AppId, ObjectKey, Project, SyncStatus};
use plan::Desired;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A promise that was broken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// Which one.
    pub invariant: &'static str,
    /// How.
    pub what: String,
}

impl Violation {
    pub(crate) fn new(invariant: &'static str, what: impl Into<String>) -> Self {
        Self {
            invariant,
            what: what.into(),
        }
    }
}

/// What the checks remember between steps.
#[derive(Debug, Default)]
pub struct Checks {
    in_flight: HashMap<RequestId, ObjectKey>,
    /// Runs of hooks that were made, by object.
    hook_runs: HashSet<(ObjectKey, String)>,
    /// Apps that were told to sync manifests that are of no commit.
    local: BTreeSet<AppId>,
    /// The oldest commit that each app may still apply.
    floor: BTreeMap<AppId, usize>,
}

impl Checks {
    /// I9: two writes of one object are never under way together.
    pub(crate) fn asked(&mut self, request: &Request) -> Option<Violation> {
        let key = match &request.work {
            Work::Apply {
                desired,
                how: ApplyMode { dry_run: false, .. },
                ..
            } => desired.key.clone(),
            Work::RunHook {
                key,
                how: ApplyMode { dry_run: false, .. },
                ..
            }
            | Work::ReleaseHook { key, .. }
            | Work::Delete { key, .. } => key.clone(),
            _ => return None,
        };
        let twice = self.in_flight.values().any(|other| *other == key);
        self.in_flight.insert(request.id, key.clone());
        twice.then(|| Violation::new("I9", format!("two writers of {key}")))
    }

    pub(crate) fn answered(&mut self, id: RequestId) {
        self.in_flight.remove(&id);
    }

    pub(crate) fn forget_in_flight(&mut self) {
        self.in_flight.clear();
    }

    /// A sync of manifests that came with it was asked for.
    pub(crate) fn allow_local(&mut self, app: &AppId) {
        self.local.insert(app.clone());
    }

    /// A sync to a named older revision was asked for: older is allowed again.
    pub(crate) fn allow_older(&mut self, app: &AppId) {
        self.floor.remove(app);
    }
}

/// I2 and I3, for an apply about to happen.
pub(crate) fn check_apply(world: &mut World, desired: &Desired, app: &App) -> Vec<Violation> {
    let mut found = Vec::new();
    if !permitted(world, &desired.key, desired.namespaced) {
        found.push(Violation::new(
            "I3",
            format!("applied {} outside the project", desired.key),
        ));
    }
    let has = |world: &World, at: usize| contains(world, app, at, desired);
    let commits = world.git.len();
    let latest = (0..commits).rev().find(|at| has(world, *at));
    let earliest = (0..commits).find(|at| has(world, *at));
    let floor = world.checks().floor.get(&app.id).copied().unwrap_or(0);
    match (earliest, latest) {
        (Some(earliest), Some(latest)) => {
            if latest < floor {
                let what = format!("{} of commit {latest} over commit {floor}", desired.key);
                found.push(Violation::new("I2", what));
            }
            world
                .checks()
                .floor
                .insert(app.id.clone(), floor.max(earliest));
        }
        _ if world.checks().local.contains(&app.id) => {}
        _ => found.push(Violation::new(
            "I2",
            format!("{} is of no commit", desired.key),
        )),
    }
    found
}

/// I8 and I3, for a hook about to be made: one run of a hook makes one object, whatever crashes and
/// faults there were, as long as that object lives.
pub(crate) fn check_hook(
    world: &mut World,
    key: &ObjectKey,
    run: &str,
    dry_run: bool,
) -> Vec<Violation> {
    let mut found = Vec::new();
    if !permitted(world, key, !key.namespace.is_empty()) {
        let what = format!("made hook {key} outside the project");
        found.push(Violation::new("I3", what));
    }
    if dry_run {
        return found;
    }
    let live = world.cluster.get(key);
    let same = live.is_some_and(|live| {
        live["metadata"]["annotations"][plan::HOOK_RUN] == *run
            && live["metadata"]["deletionTimestamp"].is_null()
    });
    let again = !world
        .checks()
        .hook_runs
        .insert((key.clone(), run.to_owned()));
    if again && !same {
        let what = format!("hook {key} was made again in its run {run}");
        found.push(Violation::new("I8", what));
    }
    found
}

fn contains(world: &World, app: &App, at: usize, desired: &Desired) -> bool {
    let Some(revision) = world.git.revision(at) else {
        return false;
    };
    let rendered = world.render_quietly(app, &revision);
    rendered.is_ok_and(|r| {
        r.target
            .get(&desired.key)
            .is_some_and(|d| d.digest == desired.digest)
    })
}

fn permitted(world: &World, key: &ObjectKey, namespaced: bool) -> bool {
    let (project, _) = argo::project::AppProject::from_resource(&world.project);
    project.permits_object(key, namespaced).is_permitted()
}

/// I1, I3 and I5, for a deletion that is being asked for.
pub(crate) fn check_delete(world: &mut World, key: &ObjectKey, uid: &str) -> Vec<Violation> {
    let Some(live) = world.cluster.get(key).cloned() else {
        return Vec::new();
    };
    if live["metadata"]["uid"] != uid {
        return Vec::new();
    }
    let mut found = Vec::new();
    let instance = argo::tracking::owner(&live, key, &world.settings);
    let Some(app) = instance.and_then(|instance| app_of(world, &instance)) else {
        return vec![Violation::new(
            "I1",
            format!("deleted {key}, which no app of ours marks"),
        )];
    };
    if !permitted(world, key, !key.namespace.is_empty()) {
        found.push(Violation::new(
            "I3",
            format!("deleted {key} outside the project"),
        ));
    }
    let is_hook = plan::HookOptions::of(&live).is_some();
    if app.deletion.is_none() && !is_hook {
        let wanted = world
            .resolved
            .clone()
            .map(|revision| world.render_quietly(&app, &revision));
        match wanted {
            Some(Ok(rendered)) if rendered.target.get(key).is_none() => {}
            Some(Ok(_)) if requested_revision(&app) => {}
            Some(Ok(_)) => found.push(Violation::new(
                "I5",
                format!("pruned {key}, which is wanted"),
            )),
            Some(Err(failure)) => {
                let what = format!("pruned {key} while rendering fails: {}", failure.message);
                found.push(Violation::new("I5", what));
            }
            None => found.push(Violation::new(
                "I5",
                format!("pruned {key} with no revision known"),
            )),
        }
    }
    found
}

fn requested_revision(app: &App) -> bool {
    app.remembered
        .operation
        .as_ref()
        .is_some_and(|state| !state.operation.initiated_by.automated)
}

fn app_of(world: &World, instance: &str) -> Option<App> {
    let apps = world
        .resources
        .values()
        .map(|resource| argo::translate(resource, &world.settings));
    apps.into_iter()
        .find(|app| *app.tracking.instance == *instance)
}

/// I4, for a status about to be written.
pub(crate) fn check_report(world: &mut World, report: &Report) -> Vec<Violation> {
    let text = format!("{:?}", report.outcome);
    leaks(world, &text)
        .map(|what| Violation::new("I4", what))
        .into_iter()
        .collect()
}

/// Does a text carry a Secret's value? Values shorter than eight characters prove nothing.
fn leaks(world: &World, text: &str) -> Option<String> {
    let secrets = world
        .cluster
        .objects()
        .filter(|(key, _)| &*key.group_kind.kind == "Secret");
    for (key, object) in secrets {
        let fields = ["data", "stringData"]
            .into_iter()
            .filter_map(|field| object[field].as_object());
        let values = fields
            .flat_map(|map| map.values())
            .filter_map(Value::as_str);
        if values
            .into_iter()
            .any(|value| value.len() >= 8 && text.contains(value))
        {
            return Some(format!("a value of {key} is told"));
        }
    }
    None
}

/// I6, I7 and I10, once everything is calm.
pub(crate) fn check_calm(world: &World) -> Vec<Violation> {
    let mut found = inventory_is_complete(world);
    for (id, resource) in &world.resources {
        let app = argo::translate(resource, &world.settings);
        let Some(outcome) = world.engine.outcome(id, world.now) else {
            continue;
        };
        let said = resource["status"]["sync"]["status"].as_str().unwrap_or("");
        if said == "Synced" && outcome.sync != SyncStatus::Synced {
            found.push(Violation::new(
                "I7",
                format!("{id} is said to be Synced and is not"),
            ));
        }
        if outcome.sync == SyncStatus::Synced {
            found.extend(differs(world, &app).map(|what| Violation::new("I7", what)));
        }
    }
    let notices = world.trace.join("\n");
    found.extend(leaks(world, &notices).map(|what| Violation::new("I4", what)));
    found
}

fn inventory_is_complete(world: &World) -> Vec<Violation> {
    let mut found = Vec::new();
    for (key, object) in world.cluster.objects() {
        let marked = argo::tracking::owner(object, key, &world.settings).is_some();
        if marked && world.engine.inventory().get(key).is_none() {
            found.push(Violation::new(
                "I10",
                format!("{key} is marked and not in the inventory"),
            ));
        }
    }
    for record in world.engine.inventory().records() {
        if world.cluster.get(&record.key).is_none() {
            found.push(Violation::new(
                "I10",
                format!("{} is in the inventory and gone", record.key),
            ));
        }
    }
    found
}

/// The first thing in which the cluster differs from what the app's newest commit says, by a
/// comparison that knows nothing of the engine's. Fields that are ignored by rule do not count.
pub(crate) fn differs(world: &World, app: &App) -> Option<String> {
    let revision = world.resolved.clone().or_else(|| world.git.head())?;
    let rendered = match world.render_quietly(app, &revision) {
        Ok(rendered) => rendered,
        Err(failure) => return Some(format!("{}: {}", app.id, failure.message)),
    };
    let (ignore, _) = diff::Ignore::compile(&app.ignore);
    for desired in &rendered.target.objects {
        let Some(live) = world.cluster.get(&desired.key) else {
            return Some(format!("{} is missing", desired.key));
        };
        let mut wanted: Value = serde_json::from_slice(&desired.body).ok()?;
        let mut live = live.clone();
        let stripped = ignore
            .strip(&desired.key, &mut wanted)
            .and(ignore.strip(&desired.key, &mut live));
        if stripped.is_err() || !is_within(&wanted, &live) {
            return Some(format!("{} differs", desired.key));
        }
    }
    let extra = world.cluster.objects().find(|(key, object)| {
        let marked = argo::tracking::owner(object, key, &world.settings);
        let options = plan::ResourceOptions::of(object);
        marked.is_some_and(|instance| instance == *app.tracking.instance)
            && rendered.target.get(key).is_none()
            && !options.ignore_extraneous
            && options.hook.is_none()
            && object["metadata"]["ownerReferences"].is_null()
            && object["metadata"]["deletionTimestamp"].is_null()
    });
    extra.map(|(key, _)| format!("{key} should not be there"))
}

/// Is every field of the one in the other? Lists of named items are matched by name.
fn is_within(wanted: &Value, live: &Value) -> bool {
    match (wanted, live) {
        (Value::Object(wanted), Value::Object(live)) => wanted
            .iter()
            .all(|(key, value)| live.get(key).is_some_and(|other| is_within(value, other))),
        (Value::Array(wanted), Value::Array(live)) => {
            let named = wanted.iter().all(|item| item.get("name").is_some());
            match named {
                true => wanted.iter().all(|item| {
                    live.iter()
                        .any(|other| other["name"] == item["name"] && is_within(item, other))
                }),
                false => wanted == live,
            }
        }
        (wanted, live) => wanted == live,
    }
}
