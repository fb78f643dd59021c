//! Scenarios in text: what happens, and what is then to be seen.
//!
//! A scenario is a list of commands, each a line that starts with `== `, some with a body of YAML
//! up to the next command. Lines before the first command are prose. The commands:
//!
//! | command | what happens |
//! |---|---|
//! | `write PATH` + body, `remove PATH` | a file of the next commit |
//! | `commit`, `push`, `revert N` | a commit; the same, told by webhook; an older tree again |
//! | `app` + body, `delete app NAME`, `patch app NAME` + body | an Application |
//! | `project` + body | the AppProject `default` |
//! | `create` + body, `edit KIND NAME by MANAGER` + body, `delete KIND NAME` | a live object |
//! | `tick 10s`, `steps N`, `crash`, `lose watch` | time, single steps, a restart, a broken watch |
//! | `git down`, `git up`, `discovery of GROUP down`, `discovery up` | the world breaks, and is mended |
//! | `fault before`, `fault after` | the next request fails without, or with, its effect |
//! | `mark` | counting of writes, reports and renders starts anew |
//! | `expect ...` | see [`Expectation`] in the source; each is checked after all is calm |
//!
//! Objects are named `Kind name` or `Kind namespace/name`.

use crate::cluster::key;
use crate::world::{Fault, World};
use model::{AppId, ObjectKey};
use serde_json::Value;
use std::time::Duration;

/// What is wrong with a scenario, or what it showed.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// A command that does not exist or is incomplete.
    #[error("line {line}: cannot read {command:?}")]
    Command {
        /// The line.
        line: usize,
        /// The command.
        command: String,
    },
    /// A body that is no YAML.
    #[error("line {line}: the body is no YAML")]
    Body {
        /// The line of the command.
        line: usize,
        /// Why.
        source: yaml::ReadError,
    },
    /// Something expected was not so.
    #[error("line {line}: {expected}: {found}\n{trace}")]
    Unmet {
        /// The line.
        line: usize,
        /// What was expected.
        expected: String,
        /// What was found.
        found: String,
        /// What happened until then.
        trace: String,
    },
    /// A promise was broken.
    #[error("line {line}: {invariant} is broken: {what}\n{trace}")]
    Broken {
        /// The line.
        line: usize,
        /// Which promise.
        invariant: &'static str,
        /// How.
        what: String,
        /// What happened until then.
        trace: String,
    },
}

#[derive(Debug)]
struct Command<'a> {
    line: usize,
    words: Vec<&'a str>,
    text: &'a str,
    body: String,
}

#[derive(Debug, Default)]
struct Marks {
    writes: usize,
    reports: usize,
    renders: usize,
}

/// Plays a scenario in a fresh world.
pub fn run_scenario(text: &str) -> Result<World, ScenarioError> {
    let mut world = World::new(None);
    let mut marks = Marks::default();
    for command in parse(text) {
        play(&mut world, &mut marks, &command)?;
        if let Some(broken) = world.violations.first() {
            return Err(ScenarioError::Broken {
                line: command.line,
                invariant: broken.invariant,
                what: broken.what.clone(),
                trace: world.trace.join("\n"),
            });
        }
    }
    Ok(world)
}

fn parse(text: &str) -> Vec<Command<'_>> {
    let mut commands: Vec<Command<'_>> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(command) = line.strip_prefix("== ") {
            let command = command.trim();
            let words = command.split_whitespace().collect();
            commands.push(Command {
                line: at + 1,
                words,
                text: command,
                body: String::new(),
            });
        } else if let Some(command) = commands.last_mut() {
            command.body.push_str(line);
            command.body.push('\n');
        }
    }
    commands
}

fn play(world: &mut World, marks: &mut Marks, command: &Command<'_>) -> Result<(), ScenarioError> {
    match command.words.as_slice() {
        ["write", path] => {
            let body = command.body.trim_end_matches('\n').to_owned() + "\n";
            world
                .git
                .files
                .insert((*path).to_owned(), body.into_bytes());
        }
        ["write", "shared", path] => {
            let body = command.body.trim_end_matches('\n').to_owned() + "\n";
            world
                .shared
                .files
                .insert((*path).to_owned(), body.into_bytes());
        }
        ["commit", "shared"] => drop(world.shared.commit()),
        ["shared", "down"] => world.shared.unreachable = true,
        ["shared", "up"] => world.shared.unreachable = false,
        ["remove", path] => drop(world.git.files.remove(*path)),
        ["commit", ..] => drop(world.git.commit()),
        ["push", ..] => {
            world.git.commit();
            world.push();
        }
        ["revert", back] => {
            world
                .git
                .revert(back.parse().map_err(|_| unreadable(command))?);
            world.push();
        }
        ["app"] => each(command, |app| world.set_app(app))?,
        ["project"] => each(command, |project| world.set_project(project))?,
        ["patch", "app", name] => {
            let id = AppId::new("argocd", name);
            each(command, |patch| {
                if patch.pointer("/operation/sync/revision").is_some() {
                    world.checks().allow_older(&id);
                }
                if patch.pointer("/operation/sync/manifests").is_some() {
                    world.checks().allow_local(&id);
                }
                world.patch_app(&id, &patch);
            })?;
        }
        ["delete", "app", name] => world.delete_app(&AppId::new("argocd", name)),
        ["create"] => each(command, |object| create(world, object))?,
        ["edit", kind, name, "by", manager] => {
            let key = object_key(kind, name);
            each(command, |patch| {
                drop(world.cluster.edit(&key, &patch, manager))
            })?;
        }
        ["delete", kind, name] => {
            let key = object_key(kind, name);
            let _ = world.cluster.delete(&key, None, Default::default());
        }
        ["tick", duration] => world.tick(duration_of(duration).ok_or_else(|| unreadable(command))?),
        ["steps", count] => {
            let count: usize = count.parse().map_err(|_| unreadable(command))?;
            for _ in 0..count {
                world.step();
            }
        }
        ["crash"] => world.crash(),
        ["lose", "watch"] => world.lose_watch(),
        ["git", "down"] => world.git.unreachable = true,
        ["git", "up"] => world.git.unreachable = false,
        ["discovery", "of", group, "down"] => {
            let group = if *group == "core" { "" } else { group };
            world.cluster.kinds.failing.insert(group.to_owned());
        }
        ["discovery", "up"] => world.cluster.kinds.failing.clear(),
        ["fault", "before"] => world.faults.push_back(Fault::Before),
        ["fault", "after"] => world.faults.push_back(Fault::After),
        ["mark"] => *marks = counts(world),
        ["expect", rest @ ..] => expect(world, marks, command, rest)?,
        _ => return Err(unreadable(command)),
    }
    Ok(())
}

fn counts(world: &World) -> Marks {
    Marks {
        writes: world.cluster.writes,
        reports: world.reports,
        renders: world.renders,
    }
}

fn unreadable(command: &Command<'_>) -> ScenarioError {
    ScenarioError::Command {
        line: command.line,
        command: command.text.to_owned(),
    }
}

fn each(command: &Command<'_>, mut take: impl FnMut(Value)) -> Result<(), ScenarioError> {
    let documents = yaml::read_documents(command.body.as_bytes(), &yaml::Limits::default())
        .map_err(|source| ScenarioError::Body {
            line: command.line,
            source,
        })?;
    documents
        .into_iter()
        .for_each(|document| take(document.value));
    Ok(())
}

fn create(world: &mut World, mut object: Value) {
    let gvk = model::GroupVersionKind::from_api_version(
        object["apiVersion"].as_str().unwrap_or("v1"),
        object["kind"].as_str().unwrap_or_default(),
    );
    let namespaced = world
        .cluster
        .kinds
        .namespaced(&gvk.group_kind)
        .unwrap_or(true);
    if namespaced && object["metadata"]["namespace"].is_null() {
        object["metadata"]["namespace"] = "default".into();
    }
    let part = |field: &str| {
        object["metadata"][field]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let key = key(
        &gvk.group_kind.group,
        &gvk.group_kind.kind,
        &part("namespace"),
        &part("name"),
    );
    // Whether it was made is for the scenario to see.
    drop(world.cluster.create(key, object, "kubectl-create"));
}

/// `Deployment web`, `ConfigMap staging/web`; the group is looked up.
fn object_key(kind: &str, name: &str) -> ObjectKey {
    let (namespace, name) = match name.split_once('/') {
        Some((namespace, name)) => (namespace, name),
        None => ("default", name),
    };
    let (group, namespaced) = match kind {
        "Deployment" => ("apps", true),
        "Job" => ("batch", true),
        "Role" | "RoleBinding" => ("rbac.authorization.k8s.io", true),
        "ClusterRole" | "ClusterRoleBinding" => ("rbac.authorization.k8s.io", false),
        "CustomResourceDefinition" => ("apiextensions.k8s.io", false),
        "Namespace" | "PersistentVolume" => ("", false),
        "Widget" => ("example.org", true),
        _ => ("", true),
    };
    key(group, kind, if namespaced { namespace } else { "" }, name)
}

fn duration_of(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().ok()?;
    match &text[digits.len()..] {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_secs(number * 60)),
        "h" => Some(Duration::from_secs(number * 3600)),
        _ => None,
    }
}

/// What can be expected: `app NAME WORD...` (words that must be its sync, health or operation
/// phase), `app NAME gone`, `condition NAME KIND TEXT`, `no condition NAME KIND`, `KIND NAME
/// POINTER VALUE`, `KIND NAME present`, `KIND NAME gone`, `status NAME POINTER VALUE`,
/// `writes N`, `reports N`, `renders N` (since `mark`), `trace TEXT`, `no trace TEXT`.
fn expect(
    world: &mut World,
    marks: &Marks,
    command: &Command<'_>,
    rest: &[&str],
) -> Result<(), ScenarioError> {
    let now = counts(world);
    let found: Result<(), String> = match rest {
        ["app", name, "gone"] => match world.status(&AppId::new("argocd", name)) {
            None => Ok(()),
            Some(status) => Err(format!("it is there: {status}")),
        },
        ["app", name, words @ ..] => app_says(world, name, words),
        ["condition", name, kind, text @ ..] => condition(world, name, kind, &text.join(" ")),
        ["no", "condition", name, kind] => match condition(world, name, kind, "") {
            Ok(()) => Err("it is there".to_owned()),
            Err(_) => Ok(()),
        },
        ["status", name, pointer, value @ ..] => {
            let status = world.status(&AppId::new("argocd", name));
            same(
                status.and_then(|status| status.pointer(pointer)),
                &value.join(" "),
            )
        }
        ["writes", count] => counted(now.writes - marks.writes, count),
        ["reports", count] => counted(now.reports - marks.reports, count),
        ["renders", count] => counted(now.renders - marks.renders, count),
        ["trace", text @ ..] => traced(world, &text.join(" ")),
        ["no", "trace", text @ ..] => match traced(world, &text.join(" ")) {
            Ok(()) => Err("it is there".to_owned()),
            Err(_) => Ok(()),
        },
        ["calm"] => {
            world.check_calm();
            Ok(())
        }
        [kind, name, "present"] => match world.cluster.get(&object_key(kind, name)) {
            Some(_) => Ok(()),
            None => Err("it is not there".to_owned()),
        },
        [kind, name, "gone"] => match world.cluster.get(&object_key(kind, name)) {
            None => Ok(()),
            Some(object) => Err(format!("it is there: {object}")),
        },
        [kind, name, pointer, value] => {
            let object = world.cluster.get(&object_key(kind, name));
            same(object.and_then(|object| object.pointer(pointer)), value)
        }
        _ => return Err(unreadable(command)),
    };
    found.map_err(|found| ScenarioError::Unmet {
        line: command.line,
        expected: command.text.to_owned(),
        found,
        trace: world.trace.join("\n"),
    })
}

fn app_says(world: &World, name: &str, words: &[&str]) -> Result<(), String> {
    let status = world
        .status(&AppId::new("argocd", name))
        .ok_or("there is no such app")?;
    let said = |pointer: &str| {
        status
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or("-")
    };
    let all = [
        said("/sync/status"),
        said("/health/status"),
        said("/operationState/phase"),
    ];
    match words.iter().find(|word| !all.contains(word)) {
        None => Ok(()),
        Some(_) => Err(format!(
            "it says {} (conditions: {})",
            all.join(" "),
            status["conditions"]
        )),
    }
}

fn condition(world: &World, name: &str, kind: &str, text: &str) -> Result<(), String> {
    let status = world
        .status(&AppId::new("argocd", name))
        .ok_or("there is no such app")?;
    let conditions = status["conditions"].as_array().cloned().unwrap_or_default();
    let fits = |condition: &Value| {
        condition["type"] == kind
            && condition["message"]
                .as_str()
                .is_some_and(|m| m.contains(text))
    };
    match conditions.iter().any(fits) {
        true => Ok(()),
        false => Err(format!("there are {}", status["conditions"])),
    }
}

fn same(found: Option<&Value>, wanted: &str) -> Result<(), String> {
    let text = match found {
        None => "absent".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if text == wanted {
        Ok(())
    } else {
        Err(format!("it is {text}"))
    }
}

fn counted(found: usize, wanted: &str) -> Result<(), String> {
    let ok = match wanted.strip_prefix("<=") {
        Some(most) => most.parse().is_ok_and(|most: usize| found <= most),
        None => wanted.parse() == Ok(found),
    };
    if ok {
        Ok(())
    } else {
        Err(format!("there were {found}"))
    }
}

fn traced(world: &World, text: &str) -> Result<(), String> {
    match world.trace.iter().any(|line| line.contains(text)) {
        true => Ok(()),
        false => Err("no such line".to_owned()),
    }
}
