//! Plays Argo CD's own cases on ignored differences, masks and dry runs.
//!
//! The cases are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes. `left-out.txt` names what does not apply.

mod assertions;
mod case;

use case::{read_cases, rules};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("argocd/diff")).filter(|folder| folder.is_dir())
}

#[test]
fn cases_of_argo_cd_hold() {
    let Some(folder) = folder() else {
        eprintln!("LEFT OUT: Argo CD's diff cases are not here; set CARETAKER_CASES to play them");
        return;
    };
    let left_out = left_out();
    let (mut played, mut wrong) = (BTreeMap::<String, usize>::new(), Vec::new());
    for (name, case) in read_cases(&folder) {
        let group = name.split('/').next().unwrap_or_default();
        if left_out.contains_key(group) {
            continue;
        }
        let result = play(group, &case);
        match (result, left_out.contains_key(name.as_str())) {
            (Ok(()), false) => *played.entry(group.to_owned()).or_default() += 1,
            (Ok(()), true) => wrong.push(format!("{name} passes; take it off left-out.txt")),
            (Err(_), true) => {}
            (Err(why), false) => wrong.push(format!("{name}: {why}")),
        }
    }
    println!("passed: {played:?}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(
        played.values().sum::<usize>() > 50,
        "too few cases: {played:?}"
    );
}

fn left_out() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("left-out.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_once(": ").expect("a reason follows each name"))
        .collect()
}

fn play(group: &str, case: &Value) -> Result<(), String> {
    match group {
        "ignore-differences" | "managed-fields" => ignoring(case),
        "respect-ignore" => respecting(case),
        "hide-secret" => hiding(case),
        "server-side" => dry_run(case),
        "client" | "structured-merge" => sameness(case),
        "normalize" | "known-types" => rewritten(case),
        other => Err(format!("no player for {other}")),
    }
}

fn ignoring(case: &Value) -> Result<(), String> {
    if case["mode"] == "client" && case["expect"]["modified"] == true {
        return ignoring_while_comparing(case);
    }
    let (ignore, errors) = diff::Ignore::compile(&rules(case));
    if case["expect"]["configurationError"] == true {
        return (!errors.is_empty())
            .then_some(())
            .ok_or("no error is told".into());
    }
    let mut objects = [
        case["config"].clone(),
        case["live"].clone(),
        case["object"].clone(),
    ];
    let [config, live, object] = &mut objects;
    // What asks too much is told as an error and leaves the object as it is.
    if object.is_object() {
        let _ = ignore.strip(&case::key_of(object), object);
    } else if config.is_object() && live.is_object() {
        let _ = ignore.strip_pair(&case::key_of(live), config, live);
    }
    assertions::check(case, "config", &objects[0])?;
    assertions::check(case, "live", &objects[1])?;
    assertions::check(case, "normalizedLive", &objects[1])?;
    assertions::check(case, "predicted", &objects[0])?;
    assertions::check(case, "result", &objects[2])
}

/// Where both sides end up alike, whatever default that is, no difference may be told; where they
/// do not, one must be.
fn ignoring_while_comparing(case: &Value) -> Result<(), String> {
    sameness(case)?;
    let (ignore, key) = (case::ignore(case), case::key_of(&case["live"]));
    let manager = "argocd-controller";
    let verdict = diff::compare(&case["config"], &case["live"], manager, &ignore, &key).unwrap();
    let (diff::Comparison::Different(changes) | diff::Comparison::Doubtful(changes)) = verdict
    else {
        return Ok(());
    };
    let sides = ["predicted", "normalizedLive"].map(|side| case["expect"][side].as_array());
    for (after, live) in sides[0]
        .into_iter()
        .flatten()
        .zip(sides[1].into_iter().flatten())
    {
        let path = after["path"].as_str().unwrap_or_default();
        let path = path.trim_start_matches('/').replace('/', ".");
        let told = changes.iter().any(|change| change.path == path);
        if told == (after["equals"] == live["equals"]) {
            return Err(format!("{path} is told of: {told}"));
        }
    }
    Ok(())
}

fn respecting(case: &Value) -> Result<(), String> {
    let (ignore, errors) = diff::Ignore::compile(&rules(case));
    assert!(errors.is_empty(), "{errors:?}");
    let mut applied = case["config"].clone();
    let respected = ignore.respect(&case::key_of(&case["live"]), &mut applied, &case["live"]);
    respected.map_err(|error| error.to_string())?;
    assertions::check(case, "applied", &applied)
}

fn dry_run(case: &Value) -> Result<(), String> {
    let Some(modified) = case["expect"]["modified"].as_bool() else {
        return Ok(());
    };
    let (ignore, _) = diff::Ignore::compile(&rules(case));
    let manager = case["options"]["fieldManager"].as_str().unwrap_or_default();
    let (predicted, live) = (&case["dryRunResult"], &case["live"]);
    let key = case::key_of(live);
    let changes = diff::compare_predicted(predicted, live, manager, &ignore, &key).unwrap();
    let text = diff::changes_text(&changes, &key);
    if changes.is_empty() == modified {
        return Err(format!("modified should be {modified}: {text}"));
    }
    Ok(())
}

/// What is the same must be proven so; what is not must at least be doubted.
fn sameness(case: &Value) -> Result<(), String> {
    let modified = case["expect"]["modified"] == true;
    let (config, live) = (&case["config"], &case["live"]);
    if !config.is_object() || !live.is_object() {
        // What is not there is no comparison: absent is different, not wanted is the same.
        return Ok(());
    }
    let manager = case["options"]["fieldManager"]
        .as_str()
        .unwrap_or("argocd-controller");
    let ignore = case::ignore(case);
    let verdict = diff::compare(config, live, manager, &ignore, &case::key_of(live)).unwrap();
    match (&verdict, modified) {
        (diff::Comparison::Same, false) => Ok(()),
        (diff::Comparison::Different(_), true) => Ok(()),
        (diff::Comparison::Doubtful(changes), true) if !changes.is_empty() => Ok(()),
        _ => Err(format!("modified should be {modified}: {verdict:?}")),
    }
}

/// An object and what it is rewritten to must be the same.
fn rewritten(case: &Value) -> Result<(), String> {
    let object = &case["object"];
    if object["kind"] == "Secret" {
        let mut folded = object.clone();
        diff::hide_secret(Some(&mut folded), None, &[]);
        return assertions::check(case, "result", &folded);
    }
    let mut rewritten = object.clone();
    for assertion in case["expect"]["result"].as_array().into_iter().flatten() {
        assertions::make_hold(assertion, &mut rewritten);
    }
    let ignore = case::ignore(case);
    let verdict = diff::compare(
        object,
        &rewritten,
        "argocd-controller",
        &ignore,
        &case::key_of(object),
    );
    match verdict.unwrap() {
        diff::Comparison::Same => Ok(()),
        other => Err(format!("{other:?}")),
    }
}

fn hiding(case: &Value) -> Result<(), String> {
    let hidden = case["hiddenAnnotations"].as_array().into_iter().flatten();
    let hidden: Vec<String> = hidden
        .filter_map(|name| name.as_str().map(Into::into))
        .collect();
    let side = |name: &str| Some(case[name].clone()).filter(|object| !object.is_null());
    let (mut target, mut live) = (side("target"), side("live"));
    diff::hide_secret(target.as_mut(), live.as_mut(), &hidden);
    let expect = case["expect"].as_object().ok_or("nothing is expected")?;
    let [target, live] = [target, live].map(Option::unwrap_or_default);
    for (name, wanted) in expect {
        let annotations = |object: &Value| object["metadata"]["annotations"].clone();
        let last = |object: &Value| {
            annotations(object)["kubectl.kubernetes.io/last-applied-configuration"].clone()
        };
        let inside = |object: &Value| {
            let text = last(object);
            serde_json::from_str::<Value>(text.as_str().unwrap_or("null")).unwrap()["data"].clone()
        };
        let found: Vec<Value> = match name.as_str() {
            "targetData" => vec![target["data"].clone()],
            "liveData" => vec![live["data"].clone()],
            "targetAnnotations" => vec![annotations(&target)],
            "liveAnnotations" => vec![annotations(&live)],
            "annotations" => [&target, &live]
                .into_iter()
                .filter(|object| !object.is_null())
                .map(annotations)
                .collect(),
            "targetLastAppliedData" => vec![inside(&target)],
            "liveLastAppliedData" => vec![inside(&live)],
            "targetLastApplied" => vec![last(&target)],
            "liveLastApplied" => vec![last(&live)],
            other => return Err(format!("no check for {other}")),
        };
        for found in found {
            // Other annotations may stand beside those that are told; no data is empty data.
            let found = match (found, wanted) {
                (Value::Object(found), Value::Object(wanted)) if name.ends_with("nnotations") => {
                    found
                        .into_iter()
                        .filter(|(name, _)| wanted.contains_key(name))
                        .collect()
                }
                (Value::Object(found), Value::Null) if found.is_empty() => Value::Null,
                (found, _) => found,
            };
            if !assertions::same_json_text(&found, wanted) {
                return Err(format!("{name}: expected {wanted}, found {found}"));
            }
        }
    }
    Ok(())
}
