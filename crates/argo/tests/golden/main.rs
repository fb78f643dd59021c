//! Applications as people write them, and what becomes of them.
//!
//! A case is a folder in `tests/cases`: `application.yaml`, and what is expected of it: `app.txt`,
//! the app it translates to; and, where the folder has an `outcome.yaml`, `status.yaml`, the status
//! that follows. `settings.yaml` may hold `cm`, `params` and `namespace`. Run with
//! `CARETAKER_BLESS=1` to write the expectations anew, and read the difference.

mod outcome;
mod shown;

use argo::Settings;
use serde_json::Value;
use std::path::{Path, PathBuf};

#[test]
fn every_case_reads_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("cases")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    cases.sort();
    let failures: Vec<String> = cases.iter().flat_map(|case| check(case)).collect();
    println!("{} cases", cases.len());
    assert!(
        !cases.is_empty() && failures.is_empty(),
        "{}",
        failures.join("\n")
    );
}

#[test]
fn no_field_however_odd_stops_a_translation() {
    let settings = Settings::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for case in std::fs::read_dir(folder).expect("cases").flatten() {
        let resource = read(&case.path().join("application.yaml")).expect("an application");
        for odd in oddities(&resource) {
            let app = argo::translate(&odd, &settings);
            let outcome = model::Outcome {
                operation: app.remembered.operation.clone(),
                history: app.remembered.history.clone(),
                ..Default::default()
            };
            let _ = argo::status(&outcome, &odd, &settings);
            let _ = argo::finalizer_release_patch(&odd, &Default::default());
            let _ = argo::hook_finalizers_patch(&odd, (true, false));
            let _ = argo::project::AppProject::from_resource(&odd);
        }
    }
}

/// The value with each of its parts, one after the other, replaced by something else.
fn oddities(value: &Value) -> Vec<Value> {
    let junk =
        r#"[null, true, -1, 1.5, 18446744073709551615, "", "x", [], [null], {}, {"a": [1]}]"#;
    let junk: Vec<Value> = serde_json::from_str(junk).expect("JSON");
    let mut pointers = Vec::new();
    collect(value, String::new(), &mut pointers);
    let replaced = pointers.iter().flat_map(|pointer| {
        junk.iter().map(|junk| {
            let mut odd = value.clone();
            *odd.pointer_mut(pointer).expect("a part") = junk.clone();
            odd
        })
    });
    replaced.collect()
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let name = name.replace('~', "~0").replace('/', "~1");
        collect(inner, format!("{pointer}/{name}"), pointers);
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        collect(inner, format!("{pointer}/{at}"), pointers);
    }
    pointers.push(pointer);
}

fn check(case: &Path) -> Vec<String> {
    let resource = read(&case.join("application.yaml")).expect("every case has an application");
    let settings = settings(case);
    let app = argo::translate(&resource, &settings);
    let mut failures = Vec::new();
    failures.extend(compare(&case.join("app.txt"), &shown::app(&app)));
    if let Some(outcome) = read(&case.join("outcome.yaml")) {
        let outcome = outcome::read(&outcome, &app);
        let status = argo::status(&outcome, &resource, &settings);
        failures.extend(compare(&case.join("status.yaml"), &yaml::write(&status)));
        failures.extend(settles(&resource, &status, &settings, case));
    }
    failures
}

/// Once written, a status asks for no further write, and remembers what it says.
fn settles(resource: &Value, status: &Value, settings: &Settings, case: &Path) -> Option<String> {
    let mut written = resource.clone();
    written["status"] = status.clone();
    let remembered = argo::translate(&written, settings).remembered;
    let again = model::Outcome {
        operation: remembered.operation,
        history: remembered.history,
        ..Default::default()
    };
    let again = argo::status(&again, &written, settings);
    let same = argo::status_patch(status, status).is_none()
        && again["operationState"] == status["operationState"]
        && again["history"] == status["history"];
    (!same).then(|| {
        format!(
            "{}: the status does not come back as it was",
            case.display()
        )
    })
}

fn settings(case: &Path) -> Settings {
    let Some(written) = read(&case.join("settings.yaml")) else {
        return Settings::default();
    };
    let data = |name: &str| {
        serde_json::from_value(
            written
                .get(name)
                .cloned()
                .unwrap_or_else(|| serde_json::json!({})),
        )
        .expect("texts")
    };
    let settings = Settings::from_config_maps(&data("cm"), &data("params")).0;
    match written["namespace"].as_str() {
        Some(namespace) => settings.in_namespace(namespace),
        None => settings,
    }
}

fn compare(file: &Path, found: &str) -> Option<String> {
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == found {
        return None;
    }
    if std::env::var_os("CARETAKER_BLESS").is_some() {
        std::fs::write(file, found).expect("the expectation can be written");
        return None;
    }
    Some(format!(
        "--- {}\nexpected:\n{expected}\nfound:\n{found}",
        file.display()
    ))
}

fn read(file: &Path) -> Option<Value> {
    let text = std::fs::read(file).ok()?;
    Some(yaml::read_first(&text, &yaml::Limits::default()).expect("the case is YAML"))
}
