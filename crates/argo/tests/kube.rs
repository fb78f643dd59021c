//! Single objects with small expectations: the images they run, their health, that they are the
//! same as themselves.

mod outside;

use argo::Settings;
use diff::{Comparison, Ignore};
use model::{ClusterId, GroupVersionKind, ObjectKey};
use serde_json::Value;

type Check = fn(&Value) -> Result<(), String>;

/// What is checked of files whose names start so.
const CHECKS: [(&str, Check); 4] = [
    ("app-health-", app_health),
    ("application-", application),
    ("images-", images),
    ("object-", same_as_itself),
];

#[test]
fn every_object_is_what_is_expected_of_it() {
    let Some(folder) = outside::folder("kube") else {
        return;
    };
    let exceptions = outside::exceptions(include_str!("kube_exceptions.txt"));
    let (mut failures, mut held) = (Vec::new(), 0);
    for name in outside::names(&folder) {
        let case = outside::read(&folder.join(format!("{name}.yaml")));
        match (check(&name, &case), exceptions.contains_key(&*name)) {
            (Ok(()), false) => held += 1,
            (Ok(()), true) => failures.push(format!("{name} holds now: take it off the list")),
            (Err(why), false) => failures.push(format!("{name}: {why}")),
            (Err(_), true) => {}
        }
    }
    println!(
        "argocd/kube: {held} cases hold, {} are exceptions",
        exceptions.len()
    );
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(held > 10, "too few cases: {held}");
}

fn check(name: &str, case: &Value) -> Result<(), String> {
    let found = CHECKS.iter().find(|(start, _)| name.starts_with(start));
    found.map_or(Err("nothing checks it".to_owned()), |(_, check)| {
        check(case)
    })
}

fn images(case: &Value) -> Result<(), String> {
    let expected = &case["expect"]["images"];
    let found: Value = live::images(&case["object"]).into();
    match &found == expected {
        true => Ok(()),
        false => Err(format!("expected {expected}, found {found}")),
    }
}

fn app_health(case: &Value) -> Result<(), String> {
    let (object, expect) = (&case["object"], &case["expect"]);
    let found = match health::is_ignored(object) {
        true => Value::Null,
        false => health::assess(object).map(|it| it.status.as_str()).into(),
    };
    let expected = &expect["resourceHealth"];
    match &found == expected && expected.is_null() == (expect["countsForAppHealth"] == false) {
        true => Ok(()),
        false => Err(format!("expected {expect}, found {found}")),
    }
}

/// Of an app that was synced before, what its status says is remembered.
fn application(case: &Value) -> Result<(), String> {
    let resource = &case["object"];
    let app = argo::translate(resource, &Settings::default());
    let repository = resource["spec"]["source"]["repoURL"].as_str();
    let history = resource["status"]["history"].as_array().map_or(0, Vec::len);
    let remembered = app.remembered.history.len();
    match Some(&*app.source.repository) == repository && remembered == history {
        true => Ok(()),
        false => Err(format!("{remembered} syncs are remembered of {history}")),
    }
}

fn same_as_itself(case: &Value) -> Result<(), String> {
    let object = &case["object"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gvk =
        GroupVersionKind::from_api_version(&text(&object["apiVersion"]), &text(&object["kind"]));
    let key = ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: gvk.group_kind,
        namespace: text(&object["metadata"]["namespace"]).into(),
        name: text(&object["metadata"]["name"]).into(),
    };
    match diff::compare(
        object,
        object,
        "argocd-controller",
        &Ignore::default(),
        &key,
    ) {
        Ok(Comparison::Same) => Ok(()),
        found => Err(format!("found {found:?}")),
    }
}
