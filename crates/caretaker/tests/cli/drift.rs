//! `app drift`

use crate::diff::Checkout;
use serde_json::{Value, json};

#[test]
fn drift_names_fields_values_and_writers_and_hides_secrets() {
    let checkout = Checkout::new("drift");
    checkout.apply();
    let clean = checkout.app("drift", &[]);
    assert_eq!((clean.code, clean.stdout.as_str()), (0, ""), "{clean:?}");
    checkout.change(
        "configmap",
        "settings",
        &json!({ "data": { "color": "red" } }),
    );
    let stolen = json!({ "data": { "password": "c3RvbGVu" } });
    checkout.change("secret", "key", &stolen);
    let output = checkout.app("drift", &["-o", "json"]);
    assert_eq!(output.code, 1, "{output:?}");
    let told: Value = serde_json::from_str(&output.stdout).unwrap();
    let of = |kind: &str| {
        let mut objects = told["resources"].as_array().unwrap().iter();
        objects.find(|object| object["kind"] == kind).unwrap()["fields"][0].clone()
    };
    let (color, password) = (of("ConfigMap"), of("Secret"));
    assert_eq!(color["path"], "data.color");
    assert_eq!(
        (&color["wanted"], &color["found"]),
        (&json!("blue"), &json!("red"))
    );
    assert_eq!(color["writtenBy"], "kubectl-patch");
    assert!(
        color["writtenAt"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z')),
        "{color}"
    );
    assert_eq!(password["path"], "data.password");
    assert_ne!(password["wanted"], password["found"]);
    let table = checkout.app("drift", &[]);
    assert!(table.stdout.contains("data.color"), "{table:?}");
    for text in [&output.stdout, &table.stdout] {
        for word in ["hunter2", "aHVudGVyMg", "c3RvbGVu", "stolen"] {
            assert!(!text.contains(word), "{text}");
        }
    }
}

#[test]
fn what_is_not_there_has_drifted_too() {
    let checkout = Checkout::new("drift-absent");
    let output = checkout.app("drift", &[]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(
        output.stdout.contains("/settings: not there\n"),
        "{output:?}"
    );
}
