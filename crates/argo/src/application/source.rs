//! What an app follows, and how it is rendered.
//!
//! Comes in: `spec.source`, `spec.sources` or `spec.sourceHydrator`. Goes out: the repository and
//! reference, and the renderer's options: the source object itself without what only says which
//! source it is, empty blocks left out.
//! Source: Argo CD 3.5: util/argo/argo.go (validateSourcePermissions, NormalizeSource),
//! pkg/apis/application/v1alpha1/types.go (GetSource, ExplicitType).

use crate::fields::{Object, Problems};
use crate::git_url;
use model::{Reference, SourceKey};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The blocks that say which renderer to use, with Argo CD's names for them.
const BLOCKS: [(&str, &str); 4] = [
    ("kustomize", "Kustomize"),
    ("helm", "Helm"),
    ("directory", "Directory"),
    ("plugin", "Plugin"),
];

/// What was read.
pub(super) struct Source {
    pub key: SourceKey,
    pub render: Arc<Value>,
    /// As the history shows it: one source, or the list where the spec has a list.
    pub written: Arc<Value>,
}

pub(super) fn read(
    spec: &Object<'_>,
    project: &str,
    problems: &Problems,
    told: &mut Vec<String>,
) -> Source {
    let source = the_source(spec, problems);
    let multiple = is_multiple(spec.value("sources"));
    Source {
        written: Arc::new(written(spec)),
        ..one(&source, multiple, project, problems, told)
    }
}

/// One source by itself.
pub(super) fn one(
    source: &Object<'_>,
    multiple: bool,
    project: &str,
    problems: &Problems,
    told: &mut Vec<String>,
) -> Source {
    require(source, multiple, problems);
    refuse_unsupported(source, problems);
    if !source.text("ref").is_empty() {
        told.push(format!(
            "{}: no other source can refer to it",
            source.path_of("ref")
        ));
    }
    let key = SourceKey {
        repository: git_url::tidied(source.text("repoURL")).into(),
        chart: source.text("chart").into(),
        reference: reference(source.text("targetRevision")),
        project: project.into(),
        pass_credentials: !source.text("chart").is_empty() && passes_credentials(source),
    };
    Source {
        key,
        render: Arc::new(options(source)),
        written: Arc::new(
            source
                .whole_value()
                .as_ref()
                .map(normalised)
                .unwrap_or_default(),
        ),
    }
}

/// What is wrong with the block is said when it is rendered.
fn passes_credentials(source: &Object<'_>) -> bool {
    let helm = source.value("helm");
    helm.and_then(|helm| helm.get("passCredentials")) == Some(&Value::Bool(true))
}

fn written(spec: &Object<'_>) -> Value {
    match spec.value("sources").and_then(Value::as_array) {
        Some(list) if !list.is_empty() => list.iter().map(normalised).collect(),
        _ => spec.value("source").map(normalised).unwrap_or_default(),
    }
}

/// Are there several sources, as Argo CD counts? One in the list counts too.
pub(crate) fn is_multiple(sources: Option<&Value>) -> bool {
    sources
        .and_then(Value::as_array)
        .is_some_and(|list| !list.is_empty())
}

/// A source without blocks that say nothing.
pub(crate) fn normalised(source: &Value) -> Value {
    let mut source = source.clone();
    if let Value::Object(map) = &mut source {
        map.retain(|field, value| !(value.is_null() || is_block(field) && says_nothing(value)));
    }
    source
}

fn the_source<'a>(spec: &Object<'a>, problems: &Problems) -> Object<'a> {
    if spec.value("sourceHydrator").is_some() {
        spec.wrong("sourceHydrator", "not supported yet; use spec.source");
    }
    let sources = spec.objects("sources");
    if sources.len() > 1 {
        problems.add(format!(
            "spec.sources: several sources are not supported yet, found {}",
            sources.len()
        ));
    }
    sources
        .into_iter()
        .next()
        .unwrap_or_else(|| spec.object("source"))
}

fn require(source: &Object<'_>, multiple: bool, problems: &Problems) {
    let has = |field: &str| !source.text(field).is_empty();
    let somewhere = has("path") || has("chart") || (multiple && has("ref"));
    if !has("repoURL") || !somewhere {
        problems.add(match multiple {
            true => "spec.source.repoURL and either source.path, source.chart, or source.ref are \
                     required for each source"
                .to_owned(),
            false => "spec.source.repoURL and either spec.source.path or spec.source.chart are \
                      required"
                .to_owned(),
        });
    } else if has("chart") && !has("targetRevision") {
        problems.add(
            "spec.source.targetRevision is required if the manifest source is a helm chart"
                .to_owned(),
        );
    }
    let named: Vec<&str> = explicit_types(source);
    if named.len() > 1 {
        problems.add(format!(
            "multiple application sources defined: {}",
            named.join(",")
        ));
    }
}

fn refuse_unsupported(source: &Object<'_>, problems: &Problems) {
    let has = |field: &str| !source.text(field).is_empty();
    if source.text("repoURL").starts_with("oci://") && !has("chart") {
        source.wrong(
            "repoURL",
            "artifacts of OCI registries are supported only if source.chart names a chart",
        );
    }
    if has("tagPrefix") {
        source.wrong(
            "tagPrefix",
            "not supported yet; name the tag in targetRevision",
        );
    }
    if source.value("plugin").is_some() {
        problems.add(format!(
            "{}: config management plugins are not supported",
            source.path_of("plugin")
        ));
    }
}

fn explicit_types(source: &Object<'_>) -> Vec<&'static str> {
    let named = |field: &str| match field {
        "plugin" => source.value(field).is_some(),
        field => source
            .value(field)
            .is_some_and(|block| !says_nothing(block)),
    };
    BLOCKS
        .iter()
        .filter(|(field, _)| named(field))
        .map(|(_, name)| *name)
        .collect()
}

fn options(source: &Object<'_>) -> Value {
    let mut options = Map::new();
    for field in source
        .names()
        .filter(|field| !matches!(*field, "repoURL" | "targetRevision"))
    {
        if let Some(value) = source.value(field) {
            options.insert(field.to_owned(), value.clone());
        }
    }
    // Wrong types are told once, here.
    for (field, _) in BLOCKS {
        source.object(field);
    }
    normalised(&Value::Object(options))
}

fn reference(revision: &str) -> Reference {
    match revision.trim() {
        "" => Reference::head(),
        revision => Reference(revision.into()),
    }
}

fn is_block(field: &str) -> bool {
    matches!(field, "kustomize" | "helm" | "directory")
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) | Value::Number(_) => false,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.values().all(says_nothing),
    }
}
