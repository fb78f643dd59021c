//! The definitions of kinds: whole, small enough, and wide enough for what is written.

use serde_json::Value;
use std::path::Path;

/// Annotations hold at most this much, and client-side `kubectl apply` keeps the object in one.
const LARGEST: usize = 256 << 10;

#[test]
fn each_definition_is_named_for_its_kind_and_small_enough() {
    let crds = argo::crds();
    let names: Vec<_> = crds.iter().map(|crd| &crd["metadata"]["name"]).collect();
    let expected = [
        "applications.argoproj.io",
        "appprojects.argoproj.io",
        "applicationsets.argoproj.io",
    ];
    assert_eq!(names, expected);
    for crd in &crds {
        let length = crd.to_string().len();
        assert!(
            length < LARGEST / 2,
            "{} has {length} bytes",
            crd["metadata"]["name"]
        );
    }
    assert!(argo::crds_yaml().len() < LARGEST / 4);
}

#[test]
fn the_text_says_the_same_as_the_values() {
    let text = argo::crds_yaml();
    let read = yaml::read_documents(text.as_bytes(), &yaml::Limits::default()).expect("YAML");
    let read: Vec<Value> = read.into_iter().map(|document| document.value).collect();
    assert_eq!(read, argo::crds());
}

#[test]
fn an_application_has_no_status_subresource() {
    let version = &argo::crds()[0]["spec"]["versions"][0];
    assert_eq!(version["subresources"], serde_json::json!({}));
}

#[test]
fn every_schema_is_structural() {
    for crd in argo::crds() {
        let schema = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        let mut failures = Vec::new();
        structural(schema, "", &mut failures);
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
}

/// Every node has a type, an array says what of, and required fields exist.
fn structural(schema: &Value, path: &str, failures: &mut Vec<String>) {
    let kind = schema["type"].as_str().unwrap_or_default();
    let int_or_string = schema["x-kubernetes-int-or-string"] == true;
    if kind.is_empty() && !int_or_string {
        failures.push(format!("{path} has no type"));
    }
    if kind == "array" && schema["items"].is_null() {
        failures.push(format!("{path} does not say what it is a list of"));
    }
    let keeps = schema["x-kubernetes-preserve-unknown-fields"] == true;
    for field in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !keeps && schema["properties"][field].is_null() {
            failures.push(format!("{path}.{field} is required and not there"));
        }
    }
    for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
        structural(inner, &format!("{path}.{field}"), failures);
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            structural(&schema[inner], &format!("{path}[]"), failures);
        }
    }
}

#[test]
fn every_status_we_write_fits_the_schema() {
    let schema = &argo::crds()[0]["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut seen = 0;
    for case in std::fs::read_dir(cases).expect("cases").flatten() {
        let Ok(text) = std::fs::read(case.path().join("status.yaml")) else {
            continue;
        };
        let status = yaml::read_first(&text, &yaml::Limits::default()).expect("YAML");
        let mut failures = Vec::new();
        fits(
            &status,
            &schema["properties"]["status"],
            "status",
            &mut failures,
        );
        assert!(
            failures.is_empty(),
            "{:?}:\n{}",
            case.file_name(),
            failures.join("\n")
        );
        seen += 1;
    }
    assert!(seen > 0);
}

/// Known fields of the right types, and all that are required.
fn fits(value: &Value, schema: &Value, path: &str, failures: &mut Vec<String>) {
    let right = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !right {
        failures.push(format!("{path}: {value} is no {}", schema["type"]));
    }
    for field in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if value.get(field).is_none() {
            failures.push(format!("{path}.{field} is missing"));
        }
    }
    for (field, inner) in value.as_object().into_iter().flatten() {
        let known = schema["properties"]
            .get(field)
            .or(schema.get("additionalProperties"));
        match known {
            Some(known) => fits(inner, known, &format!("{path}.{field}"), failures),
            None if schema["x-kubernetes-preserve-unknown-fields"] == true => {}
            None => failures.push(format!("{path}.{field} is not known")),
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        fits(inner, &schema["items"], &format!("{path}[]"), failures);
    }
}
