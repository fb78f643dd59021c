//! templates/: whether they render, and whether what they render can be used. Source: Helm 4.2,
//! pkg/chart/v2/lint/rules/template.go.

use super::documents::{Documents, Head};
use super::{Linter, deprecated, names};
use crate::capabilities::{Capabilities, KubeVersion};
use crate::chart::Chart;
use crate::engine::{Engine, Shared};
use crate::quote::quote;
use crate::{Dialect, dependencies, schema, values};
use gotemplate::{Limits, Text, Value};
use model::EntryKind;
use std::collections::HashMap;
use std::sync::Arc;

const FOLDER: &str = "templates/";

pub fn check(linter: &mut Linter<'_>) {
    let kind = linter.request.kind("templates");
    let exists = kind
        .map(|_| ())
        .ok_or("directory does not exist".to_owned());
    if !linter.warning(FOLDER, exists) {
        return;
    }
    let loaded = match kind {
        Some(EntryKind::Folder) => linter.loaded(),
        _ => Err("not a directory".to_owned()),
    };
    if !linter.error(FOLDER, loaded) {
        return;
    }
    let rendered = match &linter.chart {
        Ok(chart) => render(linter, chart),
        Err(_) => return,
    };
    match rendered {
        Ok(Some((chart, files))) => check_files(linter, &chart, &files),
        Ok(None) => {}
        Err(error) => {
            linter.error(FOLDER, Err(error));
        }
    }
}

type Rendered = (Chart, HashMap<String, Text>);

/// The text of every template; nothing, if there is something wrong that other rules tell.
fn render(linter: &Linter<'_>, chart: &Chart) -> Result<Option<Rendered>, String> {
    let (request, dialect) = (linter.request, Dialect::V4);
    let mut warnings = Vec::new();
    let processed = dependencies::process(chart, request.values, dialect, &mut warnings);
    let Ok(chart) = processed else {
        return Ok(None);
    };
    // Twice, as Helm does: the second time nulls are gone.
    let once = values::coalesce(&chart, request.values, dialect, &mut warnings);
    let Ok(once) = once else { return Ok(None) };
    let values = values::coalesce(&chart, &once, dialect, &mut warnings);
    let values = values.map_err(|error| error.to_string())?;
    if !request.skip_schema_validation {
        schema::validate(&chart, &values).map_err(|error| error.to_string())?;
    }
    let engine = Engine {
        dialect,
        lint: true,
        strict: false,
        clock: sprig::Clock::default(),
        seed: b"lint",
        limits: Limits::default(),
        parsed: Arc::default(),
        lookup: None,
    };
    let rendered = engine.render(&chart, &values, &shared(linter), &mut warnings);
    let files = rendered.map_err(|error| error.to_string())?;
    Ok(Some((chart, files.into_iter().collect())))
}

fn shared(linter: &Linter<'_>) -> Shared {
    let request = linter.request;
    let fields = [
        ("Name", Value::Text("test-release".into())),
        ("Namespace", Value::Text(request.namespace.into())),
        ("IsUpgrade", Value::Bool(false)),
        ("IsInstall", Value::Bool(false)),
        ("Revision", Value::Int(0)),
        ("Service", Value::Text("Helm".into())),
    ];
    let capabilities = Capabilities {
        kube_version: request.kube_version.cloned().unwrap_or_default(),
        ..Capabilities::default()
    };
    Shared {
        release: Value::Map(fields.into_iter().collect()),
        capabilities: capabilities.value(),
    }
}

fn check_files(linter: &mut Linter<'_>, chart: &Chart, files: &HashMap<String, Text>) {
    for template in chart.templates.iter() {
        let name = &template.name;
        linter.error(name, extension(name));
        if !matches!(&extension_of(name).to_lowercase()[..], ".yaml" | ".yml") {
            continue;
        }
        let text = files.get(&format!("{}/{name}", chart.name()));
        let text = text.map(Text::as_bytes).unwrap_or_default();
        if !text.trim_ascii().is_empty() && !check_text(linter, name, text) {
            return;
        }
    }
}

/// Whether the templates behind this one are looked at, too.
fn check_text(linter: &mut Linter<'_>, name: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    linter.warning(name, top_indent(&text));
    for document in Documents::of(bytes) {
        let (head, found) = match document {
            Ok(head) => (head, Ok(())),
            Err(error) => (None, Err(format!("unable to parse YAML: {error}"))),
        };
        if !linter.error(name, found) {
            return false;
        }
        if let Some(head) = head {
            check_object(linter, name, &head, &text);
        }
    }
    true
}

fn check_object(linter: &mut Linter<'_>, name: &str, head: &Head, text: &str) {
    linter.warning(name, names::check(head));
    let default = KubeVersion::default();
    let version = linter.request.kube_version.unwrap_or(&default);
    linter.warning(name, deprecated::check(head, version));
    linter.error(name, selector(head, text));
    linter.error(name, list_annotations(head, text));
}

fn extension_of(name: &str) -> &str {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.rfind('.').map_or("", |at| &last[at..])
}

fn extension(name: &str) -> Result<(), String> {
    match extension_of(name) {
        ".yaml" | ".yml" | ".tpl" | ".txt" => Ok(()),
        other => Err(format!(
            "file extension '{other}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt"
        )),
    }
}

fn top_indent(text: &str) -> Result<(), String> {
    let line = text.lines().find(|line| !line.trim().is_empty());
    match line.filter(|line| line.starts_with([' ', '\t'])) {
        Some(line) => Err(format!(
            "document starts with an illegal indent: {}, which may cause parsing problems",
            quote(line)
        )),
        None => Ok(()),
    }
}

fn selector(head: &Head, text: &str) -> Result<(), String> {
    let selects = matches!(
        &head.kind[..],
        "Deployment" | "ReplicaSet" | "DaemonSet" | "StatefulSet"
    );
    if !selects || text.contains("matchLabels") || text.contains("matchExpressions") {
        return Ok(());
    }
    Err(format!(
        "a {} must contain matchLabels or matchExpressions, and {} does not",
        head.kind,
        quote(&head.name)
    ))
}

/// Looks at the first document only, as Helm does.
fn list_annotations(head: &Head, text: &str) -> Result<(), String> {
    if head.kind != "List" {
        return Ok(());
    }
    let value = yaml::read_first(text.as_bytes(), &yaml::Limits::default());
    let value = value.unwrap_or_default();
    let mut items = value["items"].as_array().into_iter().flatten();
    let is_kept = |item: &serde_json::Value| {
        let annotations = item["metadata"]["annotations"].as_object();
        annotations.is_some_and(|them| them.contains_key("helm.sh/resource-policy"))
    };
    match items.any(is_kept) {
        true => Err("annotation 'helm.sh/resource-policy' within List objects are ignored".into()),
        false => Ok(()),
    }
}
