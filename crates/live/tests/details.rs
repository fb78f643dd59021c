//! Plays the lists of `tests/details`: what a tree tells of an object, whole.

use live::tree::{Details, InfoItem, details, external_urls};
use model::GroupVersionKind;
use serde_json::{Map, Value, json};
use std::path::Path;

#[test]
fn details_of_objects_hold() {
    let (mut played, mut wrong) = (0, String::new());
    for list in ["pods", "network", "ingresses", "info"] {
        for case in cases(list) {
            let (found, expected) = (play(&case), &case["expect"]);
            if found != *expected {
                wrong += &format!(
                    "{list}: {}\n  want {expected}\n  have {found}\n",
                    case["case"]
                );
            }
            played += 1;
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(played > 50, "cases are missing: {played}");
}

fn cases(list: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/details/{list}.yaml"));
    let text = std::fs::read(path).unwrap();
    let mut documents = yaml::read_documents(&text, &yaml::Limits::default()).unwrap();
    documents.remove(0).value.as_array().unwrap().clone()
}

fn play(case: &Value) -> Value {
    let object = &case["object"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gvk =
        GroupVersionKind::from_api_version(&text(&object["apiVersion"]), &text(&object["kind"]));
    let labels = case["labels"].as_array().into_iter().flatten();
    let labels: Vec<String> = labels.map(text).collect();
    let Details {
        info,
        networking,
        images,
        ..
    } = details(object, &gvk, &labels);
    let urls = networking
        .as_ref()
        .map(|networking| networking.external_urls.clone());
    assert_eq!(
        external_urls(object, &gvk),
        urls.unwrap_or_default(),
        "{object}"
    );
    let item = |item: &InfoItem| json!(format!("{}={}", item.name, item.value));
    let mut found = Map::new();
    if !info.is_empty() {
        found.insert("info".into(), info.iter().map(item).collect());
    }
    if !images.is_empty() {
        found.insert("images".into(), json!(images));
    }
    if let Some(networking) = networking {
        found.insert("networkingInfo".into(), json!(networking));
    }
    Value::Object(found)
}

#[test]
fn objects_of_any_shape_are_told_of_without_harm() {
    let shapes = [
        json!(null),
        json!(7),
        json!([1]),
        json!({"a": null}),
        json!("x"),
    ];
    for list in ["pods", "network", "ingresses", "info"] {
        for case in cases(list) {
            for shape in &shapes {
                maim(&case["object"], shape, &mut |object| {
                    play(&json!({"object": object}));
                });
            }
        }
    }
}

/// Tries the object with each of its values in turn put to another shape.
fn maim(object: &Value, shape: &Value, try_it: &mut dyn FnMut(Value)) {
    let mut pointers = Vec::new();
    collect(object, String::new(), &mut pointers);
    for pointer in pointers {
        let mut maimed = object.clone();
        if let Some(value) = maimed.pointer_mut(&pointer) {
            *value = shape.clone();
        }
        try_it(maimed);
    }
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let name = name.replace('~', "~0").replace('/', "~1");
            collect(value, format!("{at}/{name}"), pointers);
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| collect(value, format!("{at}/{index}"), pointers)),
        _ => {}
    }
    pointers.push(at);
}
