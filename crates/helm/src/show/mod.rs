//! `helm show`: a chart's own files and metadata, as text.
//!
//! Comes in: a chart, and what of it is wanted. Goes out: what `helm show` prints. Source: Helm
//! 4.2, pkg/action/show.go.

mod json_path;

pub use json_path::JsonPathError;

use crate::chart::{Chart, Dependency, File, Metadata};
use serde_json::{Map, Value, json};

/// What of a chart is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Everything below.
    All,
    /// Chart.yaml, as Helm understands it.
    Chart,
    /// values.yaml, as it is written.
    Values,
    /// The README.
    Readme,
    /// The files of crds/, of subcharts too.
    Crds,
}

/// What `helm show` prints.
pub fn show(chart: &Chart, part: Part) -> Vec<u8> {
    let mut text = Vec::new();
    let all = part == Part::All;
    if all || part == Part::Chart {
        line(
            &mut text,
            yaml::write(&metadata(&chart.metadata)).as_bytes(),
        );
    }
    let values = named(&chart.raw, |name| name == "values.yaml");
    if let Some(values) = values.filter(|_| all || part == Part::Values) {
        separate(&mut text, all);
        line(&mut text, &values.data);
    }
    if let Some(readme) = readme(chart).filter(|_| all || part == Part::Readme) {
        separate(&mut text, all);
        line(&mut text, &readme.data);
    }
    if all || part == Part::Crds {
        for crd in chart.crds() {
            separate(&mut text, !crd.file.data.starts_with(b"---"));
            line(&mut text, &crd.file.data);
        }
    }
    text
}

/// What `helm show values --jsonpath` prints.
pub fn show_values_at(chart: &Chart, path: &str) -> Result<String, JsonPathError> {
    json_path::print(path, &Value::Object(chart.values.to_json()))
}

fn line(text: &mut Vec<u8>, content: &[u8]) {
    text.extend_from_slice(content);
    text.push(b'\n');
}

fn separate(text: &mut Vec<u8>, is_wanted: bool) {
    if is_wanted {
        line(text, b"---");
    }
}

fn named(files: &[File], is_wanted: impl Fn(&str) -> bool) -> Option<&File> {
    files.iter().find(|file| is_wanted(&file.name))
}

fn readme(chart: &Chart) -> Option<&File> {
    const NAMES: [&str; 3] = ["readme.md", "readme.txt", "readme"];
    let is_readme = |name: &str| NAMES.iter().any(|known| name.eq_ignore_ascii_case(known));
    named(&chart.files, is_readme)
}

/// Chart.yaml as a value, without fields that are empty.
fn metadata(metadata: &Metadata) -> Value {
    let maintainers = metadata.maintainers.iter().map(|maintainer| {
        without_empty(json!({
            "name": maintainer.name,
            "email": maintainer.email,
            "url": maintainer.url,
        }))
    });
    let dependencies = metadata.dependencies.iter().flatten().map(dependency);
    without_empty(json!({
        "name": metadata.name,
        "home": metadata.home,
        "sources": metadata.sources,
        "version": metadata.version,
        "description": metadata.description,
        "keywords": metadata.keywords,
        "maintainers": maintainers.collect::<Vec<_>>(),
        "icon": metadata.icon,
        "apiVersion": metadata.api_version,
        "condition": metadata.condition,
        "tags": metadata.tags,
        "appVersion": metadata.app_version,
        "deprecated": metadata.deprecated,
        "annotations": metadata.annotations,
        "kubeVersion": metadata.kube_version,
        "dependencies": dependencies.collect::<Vec<_>>(),
        "type": metadata.kind,
    }))
}

fn dependency(dependency: &Dependency) -> Value {
    let mut value = without_empty(json!({
        "version": dependency.version,
        "condition": dependency.condition,
        "tags": dependency.tags,
        "enabled": dependency.enabled,
        "import-values": dependency.import_values,
        "alias": dependency.alias,
    }));
    if let Value::Object(fields) = &mut value {
        fields.insert("name".to_owned(), json!(dependency.name));
        fields.insert("repository".to_owned(), json!(dependency.repository));
    }
    value
}

fn without_empty(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !is_empty(value));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        other => other,
    }
}
