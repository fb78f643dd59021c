//! Plays Argo CD's own cases on manifests from source trees.
//!
//! The cases are kept outside; `CARETAKER_CASES` says where, else `shared/cases` beside the
//! workspace. Without them the test says so and passes. `left-out.txt` names what does not apply.

use model::{MemoryTree, TreePath};
use render::{MAX_BYTES, Rendered, Request};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    Some(root.join("argocd/sources")).filter(|folder| folder.is_dir())
}

#[test]
fn cases_of_argo_cd_hold() {
    let Some(folder) = folder() else {
        eprintln!(
            "LEFT OUT: Argo CD's source cases are not here; set CARETAKER_CASES to play them"
        );
        return;
    };
    let left_out = left_out();
    let (mut played, mut skipped, mut wrong) = (0, 0, Vec::new());
    for (name, case) in cases(&folder.join("cases")) {
        let result = play(&folder.join("trees"), &case);
        let prefix = left_out
            .keys()
            .find(|start| start.ends_with('*') && matches(start, &name));
        match (
            result,
            prefix.is_some(),
            left_out.contains_key(name.as_str()),
        ) {
            (_, true, _) => skipped += 1,
            (Err(_), _, true) => skipped += 1,
            (Ok(()), _, true) => wrong.push(format!("{name} passes; take it off left-out.txt")),
            (Ok(()), _, false) => played += 1,
            (Err(why), _, false) => wrong.push(format!("{name}: {why}")),
        }
    }
    println!("passed: {played}, left out: {skipped}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(played > 30, "too few cases: {played}");
}

fn matches(start: &str, name: &str) -> bool {
    name.starts_with(start.trim_end_matches('*'))
}

fn left_out() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("left-out.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split_once(": ").expect("a reason follows each name"))
        .collect()
}

fn cases(folder: &Path) -> Vec<(String, Value)> {
    let mut cases: Vec<(String, Value)> = Vec::new();
    for path in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let text = std::fs::read(&path).unwrap();
        let value = yaml::read_first(&text, &yaml::Limits::default()).unwrap();
        cases.push((
            path.file_stem().unwrap().to_string_lossy().into_owned(),
            value,
        ));
    }
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

fn play(trees: &Path, case: &Value) -> Result<(), String> {
    let expect = case["expect"].as_object().ok_or("nothing is expected")?;
    let tree = tree_of(trees, case);
    if let Some(types) = expect.get("types").or(expect.get("typeOf")) {
        return check_types(&tree, types);
    }
    let limit = case["maxCombinedManifestBytes"]
        .as_u64()
        .unwrap_or(MAX_BYTES);
    let request = request(case, case["path"].as_str().unwrap_or("."));
    if let (Some(name), 1) = (expect.get("type"), expect.len()) {
        let found = render::detect(&request, &tree).map_err(|error| error.to_string())?;
        return same("type", &found.name().into(), name);
    }
    match (
        render::render_within(limit, &request, render::Sources::offline(&tree)),
        expect.get("error"),
    ) {
        (Ok(rendered), None | Some(Value::Bool(false))) => check(expect, &rendered),
        (Ok(_), Some(_)) => Err("it should fail".into()),
        (Err(error), None | Some(Value::Bool(false))) => Err(in_words(&error)),
        (Err(error), Some(Value::String(text))) => {
            let (found, wanted) = (in_words(&error), our_words(text));
            found
                .contains(wanted)
                .then_some(())
                .ok_or(format!("{found:?} lacks {wanted:?}"))
        }
        (Err(_), Some(_)) => Ok(()),
    }
}

/// Where our words for the same trouble differ.
fn our_words(text: &str) -> &str {
    match text {
        "illegal filepath in symlink" => "outside the repository",
        "expected integer value for count. Received: garbage" => {
            "kustomize.replicas[0].count must be a whole number"
        }
        "too many links" => "links lead from one to the next",
        other => other,
    }
}

fn in_words(error: &render::RenderError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text += &format!(": {next}");
        cause = next.source();
    }
    text
}

fn request(case: &Value, path: &str) -> Request {
    let mut source = match &case["spec"] {
        Value::Object(spec) => Value::Object(spec.clone()),
        _ => serde_json::json!({}),
    };
    source["path"] = path.into();
    let app_name: Arc<str> = case["app"]["name"].as_str().unwrap_or_default().into();
    Request {
        source: Arc::new(source),
        settings: Arc::default(),
        environment: render::Environment {
            app_name: app_name.clone(),
            ..render::Environment::default()
        },
        capabilities: Default::default(),
        app_name,
    }
}

fn check_types(tree: &MemoryTree, types: &Value) -> Result<(), String> {
    for (path, wanted) in types.as_object().into_iter().flatten() {
        let request = request(&Value::Null, path);
        let found = render::detect(&request, tree).map_err(|error| error.to_string())?;
        same(path, &found.name().into(), wanted)?;
    }
    Ok(())
}

fn check(expect: &serde_json::Map<String, Value>, rendered: &Rendered) -> Result<(), String> {
    let names: Vec<&str> = rendered
        .manifests
        .iter()
        .map(model::Manifest::name)
        .collect();
    for (name, wanted) in expect {
        match name.as_str() {
            "error" => {}
            "parsed" | "manifests" => same(name, &names.len().into(), wanted)?,
            "names" => {
                let mut sorted = names.clone();
                sorted.sort_unstable();
                same(name, &sorted.into(), wanted)?;
            }
            "contains" => {
                let missing = wanted.as_array().into_iter().flatten();
                let mut missing = missing.filter(|name| !names.contains(&name.as_str().unwrap()));
                if let Some(missing) = missing.next() {
                    return Err(format!("{missing} is missing in {names:?}"));
                }
            }
            "first" => assertions(&rendered.manifests[0].value, wanted)?,
            "objectAt" => {}
            "object" => {
                let at = expect["objectAt"].as_u64().unwrap() as usize;
                assertions(&rendered.manifests[at].value, wanted)?;
            }
            "checks" => {
                for manifest in &rendered.manifests {
                    let kind = &*manifest.gvk.group_kind.kind;
                    assertions(&manifest.value, &wanted[kind])?;
                }
            }
            "apiVersion" => same(name, &rendered.manifests[0].value[name], wanted)?,
            "images" => same(name, &images(rendered).into(), wanted)?,
            "imageCount" => same(name, &images(rendered).len().into(), wanted)?,
            "type" => same(name, &rendered.source_type.into(), wanted)?,
            other => return Err(format!("no check for {other}")),
        }
    }
    Ok(())
}

/// What must be at some paths of an object.
fn assertions(object: &Value, wanted: &Value) -> Result<(), String> {
    for wanted in wanted.as_array().into_iter().flatten() {
        let path = wanted["path"].as_str().unwrap();
        let found = object.pointer(path).unwrap_or(&Value::Null);
        match wanted.get("length") {
            Some(length) => same(path, &found.as_array().map(Vec::len).into(), length)?,
            None => same(path, found, &wanted["equals"])?,
        }
    }
    Ok(())
}

fn images(rendered: &Rendered) -> Vec<String> {
    let mut images = Vec::new();
    for manifest in &rendered.manifests {
        collect_images(&manifest.value, &mut images);
    }
    images.sort_unstable();
    images
}

fn collect_images(value: &Value, images: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_images(item, images)),
        Value::Object(fields) => {
            if let Some(Value::String(image)) = fields.get("image") {
                images.push(image.clone());
            }
            fields
                .values()
                .for_each(|field| collect_images(field, images));
        }
        _ => {}
    }
}

fn same(what: &str, found: &Value, wanted: &Value) -> Result<(), String> {
    (found == wanted)
        .then_some(())
        .ok_or(format!("{what}: expected {wanted}, found {found}"))
}

fn tree_of(trees: &Path, case: &Value) -> MemoryTree {
    let root = trees.join(case["tree"].as_str().unwrap_or("."));
    let mut tree = MemoryTree::new();
    fill(&mut tree, &root, &TreePath::root());
    // A folder without files is in no tree; a file nobody reads keeps it.
    tree.write(&TreePath::parse("keep").unwrap(), b"");
    for field in ["links", "createLinks"] {
        for (at, target) in case[field].as_object().into_iter().flatten() {
            tree.link(&TreePath::parse(at).unwrap(), target.as_str().unwrap());
        }
    }
    tree
}

fn fill(tree: &mut MemoryTree, folder: &Path, at: &TreePath) {
    for entry in std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(Result::unwrap)
    {
        let path = at.child(&entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => fill(tree, &entry.path(), &path),
            false => tree.write(&path, &std::fs::read(entry.path()).unwrap()),
        }
    }
}
