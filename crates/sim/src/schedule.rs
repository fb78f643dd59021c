//! Random schedules: commits, edits, deletions, hooks, faults, crashes and lost watches in an order
//! that a seed gives; then the faults stop, and the cluster must come to what the newest commit says.

use crate::cluster::key;
use crate::seed::Seed;
use crate::world::World;
use model::{AppId, ObjectKey};
use serde_json::{Value, json};
use std::time::Duration;

const APPS: usize = 3;
const OBJECTS: usize = 4;
const HOOKS: usize = 2;

/// Plays one schedule; the error names the seed, the broken promise and what happened.
pub fn run_schedule(seed: u64) -> Result<(), String> {
    let mut choices = Seed::new(seed);
    let mut world = World::new(Some(Seed::new(seed ^ 0x5eed)));
    for app in 0..APPS {
        write_app(&mut world, &mut choices, app);
    }
    world.git.commit();
    for app in 0..APPS {
        world.set_app(application(app, &mut choices));
    }
    let fault_rate = choices.below(8) * 2;
    world.fault_rate = fault_rate;
    for _ in 0..(10 + choices.below(30)) {
        disturb(&mut world, &mut choices);
        for _ in 0..choices.below(60) {
            world.step();
        }
        if choices.once_in(4) {
            world.tick(Duration::from_millis(choices.draw() % 90_000));
        }
        if !world.violations.is_empty() {
            break;
        }
    }
    calm_down(&mut world);
    match world.violations.first() {
        None => Ok(()),
        Some(broken) => {
            let tail = world.trace.len().saturating_sub(60);
            Err(format!(
                "seed {seed} (one fault in {fault_rate}): {} is broken: {}\n{}\n{}",
                broken.invariant,
                broken.what,
                world.trace[tail..].join("\n"),
                said(&world)
            ))
        }
    }
}

/// What the apps say of their operations, a line each.
fn said(world: &World) -> String {
    let line = |(id, resource): (&AppId, &Value)| {
        let state = &resource["status"]["operationState"];
        format!("{id} says {} {}", state["phase"], state["message"])
    };
    let lines: Vec<String> = world.resources.iter().map(line).collect();
    lines.join("\n")
}

fn disturb(world: &mut World, choices: &mut Seed) {
    let app = choices.below(APPS);
    let key = object(app, choices.below(OBJECTS));
    match choices.below(16) {
        0..=3 => {
            write_app(world, choices, app);
            world.git.commit();
            if choices.once_in(2) {
                world.push();
            }
            world.trace.push(format!("commit {}", world.git.len() - 1));
        }
        4..=6 => {
            let patch = json!({"data": {"value": format!("edited-{}", choices.below(100))}});
            let _ = world.cluster.edit(&key, &patch, "kubectl-edit");
            world.trace.push(format!("edit {key}"));
        }
        7 => {
            let _ = world.cluster.delete(&key, None, Default::default());
            world.trace.push(format!("delete {key} by hand"));
        }
        8 => world.crash(),
        9 => {
            world.trace.push("the watch is lost".into());
            world.lose_watch();
        }
        10 => {
            world.git.unreachable = !world.git.unreachable;
            world
                .trace
                .push(format!("git unreachable: {}", world.git.unreachable));
        }
        11 => {
            let path = format!("apps/app-{app}/broken.yaml");
            if world.git.files.remove(&path).is_none() {
                world.git.files.insert(path, b"kind: [".to_vec());
            }
            world.git.commit();
            world.push();
            world.trace.push(format!(
                "commit {} breaks or mends app-{app}",
                world.git.len() - 1
            ));
        }
        12 => {
            world.git.revert(choices.below(3));
            world.push();
            world
                .trace
                .push(format!("commit {} reverts", world.git.len() - 1));
        }
        13..=14 => end_a_job(world, choices),
        _ => {
            let stray = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {
                "name": format!("stray-{}", choices.below(3)), "namespace": "default",
            }});
            let name = stray["metadata"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned();
            let key = self::key("", "ConfigMap", "default", &name);
            if world.cluster.get(&key).is_none() {
                drop(world.cluster.create(key, stray, "kubectl-create"));
            }
        }
    }
}

/// Faults stop, broken files are mended; within a bound the cluster is as Git says, and then
/// nothing is written any more.
fn calm_down(world: &mut World) {
    world.fault_rate = 0;
    world.faults.clear();
    world.git.unreachable = false;
    world
        .git
        .files
        .retain(|path, _| !path.ends_with("broken.yaml"));
    // A marker file makes the newest revision a fresh one, so that syncs that failed for good at
    // an earlier one are tried again, as they would be by the next commit.
    world.git.commit();
    world.push();
    for _ in 0..20 {
        world.tick(Duration::from_secs(60));
        end_all_jobs(world);
    }
    world.tick(Duration::from_secs(60));
    if !world.violations.is_empty() {
        return;
    }
    let apps: Vec<AppId> = world.resources.keys().cloned().collect();
    for id in apps {
        let app = argo::translate(&world.resources[&id], &world.settings);
        if let Some(what) = crate::invariants::differs(world, &app) {
            world.violations.push(crate::Violation::new(
                "I6",
                format!("{id} did not converge: {what}"),
            ));
        }
    }
    world.check_calm();
    let (writes, reports) = (world.cluster.writes, world.reports);
    world.tick(Duration::from_secs(3600));
    if world.cluster.writes != writes || world.reports != reports {
        let what = format!(
            "an idle hour has {} writes and {} reports",
            world.cluster.writes - writes,
            world.reports - reports
        );
        world.violations.push(crate::Violation::new("I6", what));
    }
}

fn object(app: usize, at: usize) -> ObjectKey {
    key("", "ConfigMap", "default", &format!("app-{app}-{at}"))
}

/// Writes some of the app's objects, with waves and values by chance.
fn write_app(world: &mut World, choices: &mut Seed, app: usize) {
    write_hooks(world, choices, app);
    let mut any = false;
    for at in 0..OBJECTS {
        let path = format!("apps/app-{app}/object-{at}.yaml");
        if choices.once_in(4) && (any || at + 1 < OBJECTS) {
            world.git.files.remove(&path);
            continue;
        }
        any = true;
        let object = json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {
                "name": format!("app-{app}-{at}"),
                "annotations": {"argocd.argoproj.io/sync-wave": choices.below(3).to_string()},
            },
            "data": {"value": format!("v{}", choices.below(5))},
        });
        world
            .git
            .files
            .insert(path, yaml::write(&object).into_bytes());
    }
}

/// What a job that is over says.
fn ended(well: bool) -> Value {
    let kind = if well { "Complete" } else { "Failed" };
    json!({"status": {"conditions": [{"type": kind, "status": "True"}]}})
}

fn running_jobs(world: &World) -> Vec<ObjectKey> {
    let jobs = world.cluster.objects().filter(|(key, object)| {
        &*key.group_kind.kind == "Job" && object["status"]["conditions"].is_null()
    });
    jobs.map(|(key, _)| key.clone()).collect()
}

/// One of the jobs that run ends, mostly well.
fn end_a_job(world: &mut World, choices: &mut Seed) {
    let running = running_jobs(world);
    if running.is_empty() {
        return;
    }
    let key = &running[choices.below(running.len())];
    let well = !choices.once_in(4);
    let _ = world.cluster.edit(key, &ended(well), "job-controller");
    world.trace.push(format!(
        "{key} ends {}",
        if well { "well" } else { "badly" }
    ));
}

fn end_all_jobs(world: &mut World) {
    for key in running_jobs(world) {
        let _ = world.cluster.edit(&key, &ended(true), "job-controller");
    }
}

/// Some hooks of an app, of chance phases and policies.
fn write_hooks(world: &mut World, choices: &mut Seed, app: usize) {
    const PHASES: [&str; 5] = [
        "PreSync",
        "Sync",
        "PostSync",
        "SyncFail",
        "PreSync,PostSync",
    ];
    // One that keeps what failed, and is not made anew, fails for ever: that is its user's wish.
    const POLICIES: [&str; 4] = [
        "BeforeHookCreation",
        "BeforeHookCreation,HookSucceeded",
        "BeforeHookCreation,HookFailed",
        "HookSucceeded,HookFailed",
    ];
    for at in 0..HOOKS {
        let path = format!("apps/app-{app}/hook-{at}.yaml");
        if choices.once_in(2) {
            world.git.files.remove(&path);
            continue;
        }
        let name = format!("app-{app}-hook-{at}");
        let mut hook = json!({
            "apiVersion": "batch/v1", "kind": "Job",
            "spec": {"template": {"spec": {
                "restartPolicy": "Never",
                "containers": [{"name": "run", "image": "run:1"}],
            }}},
            "metadata": {"annotations": {
                "argocd.argoproj.io/hook": PHASES[choices.below(PHASES.len())],
                "argocd.argoproj.io/hook-delete-policy": POLICIES[choices.below(POLICIES.len())],
            }},
        });
        match choices.once_in(3) {
            true => hook["metadata"]["generateName"] = json!(name + "-"),
            false => hook["metadata"]["name"] = json!(name),
        }
        world
            .git
            .files
            .insert(path, yaml::write(&hook).into_bytes());
    }
}

fn application(app: usize, choices: &mut Seed) -> Value {
    let mut options = Vec::new();
    options.extend(choices.once_in(2).then_some("PruneLast=true"));
    options.extend(choices.once_in(2).then_some("CreateNamespace=true"));
    json!({
        "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
        "metadata": {"name": format!("app-{app}"), "namespace": "argocd"},
        "spec": {
            "project": "default",
            "source": {"repoURL": "https://git.example.org/fleet.git", "path": format!("apps/app-{app}")},
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "default"},
            "syncPolicy": {
                "automated": {"prune": true, "selfHeal": true},
                "syncOptions": options,
            },
        },
    })
}
