//! Reading cases.

use diff::{CompareSettings, KnownTypeField, SystemRules};
use model::{ClusterId, GroupVersionKind, IgnoreRule, ObjectKey};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// All cases by `folder/name`, sorted.
pub fn read_cases(folder: &Path) -> Vec<(String, Value)> {
    let mut cases = Vec::new();
    for group in std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for path in std::fs::read_dir(&group)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path
                .extension()
                .is_some_and(|extension| extension == "yaml")
            {
                let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
                let text = std::fs::read(&path).unwrap();
                let mut documents = yaml::read_documents(&text, &yaml::Limits::default()).unwrap();
                let case = documents.remove(0).value;
                cases.push((format!("{}/{}", name(&group), name(&path)), case));
            }
        }
    }
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

/// The compiled rules of a case.
pub fn ignore(case: &Value) -> diff::Ignore {
    let (system, errors) = SystemRules::compile(&settings(case));
    assert!(errors.is_empty(), "{errors:?}");
    diff::Ignore::compile(&rules(case))
        .0
        .under(Arc::new(system))
}

fn settings(case: &Value) -> CompareSettings {
    let options = &case["options"];
    let fields = options["knownTypeFields"].as_object().into_iter().flatten();
    let known = fields.flat_map(|(group_kind, fields)| {
        let (group, kind) = group_kind.split_once('/').unwrap_or(("", group_kind));
        let fields = fields.as_array().into_iter().flatten();
        fields.map(move |field| KnownTypeField {
            group: group.into(),
            kind: kind.into(),
            field: field["field"].as_str().unwrap_or_default().into(),
            type_name: field["type"].as_str().unwrap_or_default().into(),
        })
    });
    CompareSettings {
        known_types: known.collect(),
        ignore_aggregated_roles: options["ignoreAggregatedRoles"] == true,
        ..CompareSettings::default()
    }
}

/// The rules of a case, those of the system's overrides included.
pub fn rules(case: &Value) -> Vec<IgnoreRule> {
    let options = &case["options"];
    let mut rules: Vec<IgnoreRule> = options["ignoreDifferences"]
        .as_array()
        .into_iter()
        .flatten()
        .map(rule)
        .collect();
    for (group_kind, of) in options["overrides"].as_object().into_iter().flatten() {
        let (group, kind) = group_kind.split_once('/').unwrap_or(("", group_kind));
        rules.push(IgnoreRule {
            group: group.into(),
            kind: kind.into(),
            ..rule(of)
        });
    }
    let managers = list(&options["managedFieldsManagers"]);
    rules.push(IgnoreRule {
        group: "*".into(),
        kind: "*".into(),
        managers,
        ..Default::default()
    });
    rules
}

fn rule(rule: &Value) -> IgnoreRule {
    let text = |name: &str| rule[name].as_str().unwrap_or_default().to_owned();
    IgnoreRule {
        group: text("group"),
        kind: text("kind"),
        name: text("name"),
        namespace: text("namespace"),
        json_pointers: list(&rule["jsonPointers"]),
        jq_paths: list(&rule["jqPathExpressions"]),
        managers: list(&rule["managedFieldsManagers"]),
    }
}

fn list(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items
        .filter_map(|item| item.as_str().map(Into::into))
        .collect()
}

/// The key of an object.
pub fn key_of(object: &Value) -> ObjectKey {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gvk =
        GroupVersionKind::from_api_version(&text(&object["apiVersion"]), &text(&object["kind"]));
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: gvk.group_kind,
        namespace: text(&object["metadata"]["namespace"]).into(),
        name: text(&object["metadata"]["name"]).into(),
    }
}
