//! Folders and archives into charts.

use crate::{chain, expect_none, rows};
use base64::{Engine, engine::general_purpose::STANDARD};
use helm::chart::{
    Chart, Dependency, File, Limits, LoadError, Maintainer, load, load_archive, pack, unpack,
};
use model::{MemoryTree, TreePath};
use serde_json::{Map, Value, json};

#[test]
fn charts_load_as_in_helm() {
    let rows = rows(include_str!("loading.jsonl"));
    let differences = rows.iter().filter_map(|row| {
        let mut wanted = row["expected"].clone();
        settle(&mut wanted);
        let found = outcome(row);
        (found != wanted).then(|| format!("{}\nwanted {wanted}\nfound  {found}", row["name"]))
    });
    expect_none(&differences.collect::<Vec<_>>());
}

#[test]
fn what_is_packed_unpacks_to_the_same() {
    let tree = MemoryTree::of([
        ("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\n"),
        ("templates/x.yaml", "a: 1\n"),
        ("charts/b/Chart.yaml", "name: b\nversion: 1.0.0\n"),
    ]);
    let chart = load(&tree.unwrap(), &TreePath::root(), &Limits::default()).unwrap();
    let archive = pack(&chart).unwrap();
    assert_eq!(archive, pack(&chart).unwrap());
    assert_eq!(unpack(&archive, &Limits::default()).unwrap(), *chart.raw);
    let again = load_archive(&archive, &Limits::default()).unwrap();
    assert_eq!(described(&again), described(&chart));
}

fn outcome(row: &Value) -> Value {
    let loaded = match row.get("archive") {
        Some(archive) => {
            let bytes = STANDARD.decode(archive.as_str().unwrap_or_default());
            load_archive(&bytes.expect("the archive is base64"), &Limits::default())
        }
        None => load(&tree(&row["files"]), &TreePath::root(), &Limits::default()),
    };
    match loaded {
        Ok(chart) => described(&chart),
        Err(error) => json!(format!("error: {}", told(&error))),
    }
}

/// The texts in which we say more than Helm, or name the place otherwise.
fn told(error: &LoadError) -> String {
    match error {
        LoadError::Archive(source) => chain(source),
        LoadError::NoChartYaml => "Chart.yaml file is missing".to_owned(),
        LoadError::NoChart(..) => {
            "unable to detect chart at DIR/Chart.yaml: open DIR/Chart.yaml: no such file or directory"
                .to_owned()
        }
        LoadError::Tree { path, .. } => format!(
            "error evaluating symlink DIR/{path}: lstat DIR/nowhere: no such file or directory"
        ),
        error => chain(error),
    }
}

fn tree(files: &Value) -> MemoryTree {
    let mut tree = MemoryTree::new();
    for (name, text) in files.as_object().into_iter().flatten() {
        let path = TreePath::parse(name).expect("the paths are good");
        let text = text.as_str().unwrap_or_default();
        if let Some(target) = text.strip_prefix("link:") {
            tree.link(&path, target);
        } else if let Some(encoded) = text.strip_prefix("base64:") {
            tree.write(
                &path,
                &STANDARD.decode(encoded).expect("the file is base64"),
            );
        } else {
            tree.write(&path, text.as_bytes());
        }
    }
    tree
}

/// Numbers of values mean floats, and nothing is the same as an empty map.
fn settle(wanted: &mut Value) {
    if let Value::Object(chart) = wanted {
        chart["values"] = match floats(&chart["values"]) {
            Value::Null => json!({}),
            values => values,
        };
        chart["charts"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .for_each(settle);
    }
}

fn floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().map(|float| float.to_string())),
        Value::Array(items) => items.iter().map(floats).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), floats(value)))
            .collect(),
        other => other.clone(),
    }
}

fn described(chart: &Chart) -> Value {
    let below: Vec<_> = chart
        .dependencies
        .iter()
        .map(|below| described(below))
        .collect();
    let mut fields = json!({
        "metadata": metadata(chart),
        "templates": files(&chart.templates),
        "files": files(&chart.files),
        "values": floats(&Value::Object(chart.values.to_json())),
        "charts": below,
    });
    if let Some(lock) = &chart.lock {
        fields["lock"] = json!(lock.digest);
    }
    fields
}

fn files(files: &[File]) -> Value {
    let line = |file: &File| {
        let data = String::from_utf8_lossy(&gotemplate::fmt::quote(&file.data)).into_owned();
        format!("{}={data}", file.name)
    };
    let mut lines: Vec<_> = files.iter().map(line).collect();
    lines.sort();
    json!(lines)
}

fn metadata(chart: &Chart) -> Value {
    let it = &chart.metadata;
    let dependencies = it.dependencies.iter().flatten().map(dependency);
    filled([
        ("name", json!(it.name)),
        ("home", json!(it.home)),
        ("sources", json!(it.sources)),
        ("version", json!(it.version)),
        ("description", json!(it.description)),
        ("keywords", json!(it.keywords)),
        (
            "maintainers",
            it.maintainers.iter().map(maintainer).collect(),
        ),
        ("icon", json!(it.icon)),
        ("apiVersion", json!(it.api_version)),
        ("condition", json!(it.condition)),
        ("tags", json!(it.tags)),
        ("appVersion", json!(it.app_version)),
        ("deprecated", json!(it.deprecated)),
        ("annotations", json!(it.annotations)),
        ("kubeVersion", json!(it.kube_version)),
        ("dependencies", dependencies.collect()),
        ("type", json!(it.kind)),
    ])
}

fn maintainer(it: &Maintainer) -> Value {
    filled([
        ("name", json!(it.name)),
        ("email", json!(it.email)),
        ("url", json!(it.url)),
    ])
}

fn dependency(it: &Dependency) -> Value {
    let mut fields = filled([
        ("version", json!(it.version)),
        ("condition", json!(it.condition)),
        ("tags", json!(it.tags)),
        ("enabled", json!(it.enabled)),
        ("import-values", json!(it.import_values)),
        ("alias", json!(it.alias)),
    ]);
    fields["name"] = json!(it.name);
    fields["repository"] = json!(it.repository);
    fields
}

/// Go leaves empty fields out.
fn filled<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let is_empty = |value: &Value| match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        other => *other == json!(false),
    };
    let fields = fields.into_iter().filter(|(_, value)| !is_empty(value));
    Value::Object(
        fields
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<Map<_, _>>(),
    )
}
