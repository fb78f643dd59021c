//! Plays the folders of `tests/cases`: `desired.yaml` and `live.yaml`, with `rules.yaml` of what
//! does not count and `predicted.yaml` of a dry run where given; `expect.txt` says the verdict and
//! the changes.

use diff::{Comparison, Ignore, compare, compare_predicted, describe};
use model::{ClusterId, GroupVersionKind, IgnoreRule, ObjectKey};
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

const MANAGER: &str = "argocd-controller";

#[test]
fn folders_of_cases_hold() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<_> = std::fs::read_dir(&root)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() > 20, "cases are missing");
    let mut failed = String::new();
    for folder in names {
        let expected = std::fs::read_to_string(folder.join("expect.txt")).unwrap();
        let found = play(&folder);
        if found != expected {
            let name = folder.file_name().unwrap().to_string_lossy();
            let _ = writeln!(
                failed,
                "== {name}\n-- expected\n{expected}-- found\n{found}"
            );
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

fn play(folder: &Path) -> String {
    let (desired, live) = (
        read(folder, "desired").unwrap(),
        read(folder, "live").unwrap(),
    );
    let rules: Vec<IgnoreRule> = read(folder, "rules")
        .map(|all| rules(&all))
        .unwrap_or_default();
    let (ignore, errors) = Ignore::compile(&rules);
    assert!(errors.is_empty(), "{errors:?}");
    let key = key_of(&live);
    let before = diff::projection(&desired, &live, MANAGER, &ignore, &key);
    let (word, changes) = match compare(&desired, &live, MANAGER, &ignore, &key).unwrap() {
        Comparison::Same => ("Same", Vec::new()),
        Comparison::Different(changes) => ("Different", changes),
        Comparison::Doubtful(changes) => ("Doubtful", changes),
    };
    let mut text = format!("{word}\n");
    changes
        .iter()
        .for_each(|change| text += &format!("{}\n", describe(change, &key)));
    if let Some(predicted) = read(folder, "predicted") {
        text += "predicted:\n";
        let changes = compare_predicted(&predicted, &live, MANAGER, &ignore, &key).unwrap();
        changes
            .iter()
            .for_each(|change| text += &format!("{}\n", describe(change, &key)));
    }
    assert_eq!(
        before,
        diff::projection(&desired, &live, MANAGER, &ignore, &key)
    );
    text
}

fn read(folder: &Path, name: &str) -> Option<Value> {
    let text = std::fs::read(folder.join(format!("{name}.yaml"))).ok()?;
    let mut documents = yaml::read_documents(&text, &yaml::Limits::default()).unwrap();
    Some(documents.remove(0).value)
}

fn rules(all: &Value) -> Vec<IgnoreRule> {
    let text = |rule: &Value, name: &str| rule[name].as_str().unwrap_or_default().to_owned();
    let list = |rule: &Value, name: &str| {
        let items = rule[name].as_array().into_iter().flatten();
        items
            .map(|item| item.as_str().unwrap().to_owned())
            .collect()
    };
    let all = all.as_array().unwrap().iter();
    all.map(|rule| IgnoreRule {
        group: text(rule, "group"),
        kind: text(rule, "kind"),
        name: text(rule, "name"),
        namespace: text(rule, "namespace"),
        json_pointers: list(rule, "jsonPointers"),
        jq_paths: list(rule, "jqPathExpressions"),
        managers: list(rule, "managedFieldsManagers"),
    })
    .collect()
}

fn key_of(object: &Value) -> ObjectKey {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let api_version = text(&object["apiVersion"]);
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: GroupVersionKind::from_api_version(&api_version, &text(&object["kind"]))
            .group_kind,
        namespace: text(&object["metadata"]["namespace"]).into(),
        name: text(&object["metadata"]["name"]).into(),
    }
}
