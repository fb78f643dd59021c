//! Replacements and variables.

use super::{gvk, read_as, refused, texts, with};
use crate::file::*;
use crate::resource::ResId;

#[test]
fn replacements() {
    let text = "
replacements:
- path: others.yaml
- source:
    {kind: ConfigMap, name: settings, fieldPath: data.host, options: {delimiter: ':', index: 1}}
  targets:
  - select: {kind: Deployment}
    reject: [{name: skip}]
    fieldPaths: [spec.a]
    options: {create: true, encoding: base64}
- sourceValue: ''
  targets: []
";
    let file = ReplacementField {
        path: "others.yaml".to_owned(),
        ..ReplacementField::default()
    };
    let source = SourceSelector {
        id: ResId::new(gvk("", "", "ConfigMap"), "settings", ""),
        field_path: "data.host".to_owned(),
        options: Some(FieldOptions {
            delimiter: ":".to_owned(),
            index: 1,
            ..FieldOptions::default()
        }),
    };
    let target = TargetSelector {
        select: Some(Selector {
            id: ResId::new(gvk("", "", "Deployment"), "", ""),
            ..Selector::default()
        }),
        reject: vec![Selector {
            id: ResId::new(gvk("", "", ""), "skip", ""),
            ..Selector::default()
        }],
        field_paths: texts(["spec.a"]),
        options: Some(FieldOptions {
            create: true,
            encoding: "base64".to_owned(),
            ..FieldOptions::default()
        }),
    };
    let copy = ReplacementField {
        replacement: Replacement {
            source: Some(source),
            targets: Some(vec![target]),
            source_value: None,
        },
        ..ReplacementField::default()
    };
    let value = ReplacementField {
        replacement: Replacement {
            source_value: Some(String::new()),
            ..Replacement::default()
        },
        ..ReplacementField::default()
    };
    read_as(text, with(|all| all.replacements = vec![file, copy, value]));
    refused(
        "replacements:\n- sourceValue: 5\n",
        2,
        "field `replacements[0].sourceValue`: expected a text, found the number 5; put it in \
         quotes",
    );
    refused(
        "replacements:\n- path: a\n  source: {kind: B}\n",
        2,
        "field `replacements[0]`: cannot specify both path and inline replacement; keep `path` or \
         the rest",
    );
}

#[test]
fn variables() {
    let var = |group: &str, version: &str, field_path: &str| Var {
        name: "HOST".to_owned(),
        object: ResId::new(gvk(group, version, "Service"), "web", "prod"),
        field_path: field_path.to_owned(),
    };
    for (object, field, expected) in [
        (
            "apiVersion: v1",
            "{fieldPath: spec.x}",
            var("", "v1", "spec.x"),
        ),
        ("apiVersion: a/v1", "{}", var("a", "v1", "metadata.name")),
        (
            "apiVersion: v1, group: g",
            "{}",
            var("g", "v1", "metadata.name"),
        ),
        (
            "apiVersion: a/b/c, version: v",
            "{}",
            var("", "v", "metadata.name"),
        ),
    ] {
        let object = format!("{{{object}, kind: Service, name: web, namespace: prod}}");
        let text = format!("vars:\n- {{name: HOST, objref: {object}, fieldRef: {field}}}\n");
        read_as(&text, with(|all| all.vars = vec![expected]));
    }
    refused(
        "vars:\n- name: A\n  objref: {kin: B}\n",
        3,
        "in `vars[0].objref`: unknown field \"kin\"; did you mean \"kind\"?",
    );
    refused(
        "vars:\n- name: A\n  fieldref: spec\n",
        3,
        "field `vars[0].fieldref`: expected a map, found a text",
    );
}
