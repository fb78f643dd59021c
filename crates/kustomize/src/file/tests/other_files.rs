//! Files that a kustomization names.

use super::{texts, told};
use crate::config::{NameReference, TransformerConfig};
use crate::file::*;
use crate::resource::{Gvk, ResId};

fn selector(kind: &str, name: &str) -> Selector {
    Selector {
        id: ResId::new(Gvk::unscoped("", "", kind), name, ""),
        ..Selector::default()
    }
}

fn source(kind: &str, field_path: &str) -> Option<SourceSelector> {
    Some(SourceSelector {
        id: ResId::new(Gvk::unscoped("", "", kind), "", ""),
        field_path: field_path.to_owned(),
        options: None,
    })
}

fn replacements(text: &str) -> Result<Vec<Replacement>, String> {
    read_replacements(text.as_bytes(), "r.yaml").map_err(|error| told(&error))
}

#[test]
fn replacements_stand_alone_or_in_a_list() {
    let target = TargetSelector {
        select: Some(selector("B", "")),
        field_paths: texts(["1", "true"]),
        ..TargetSelector::default()
    };
    let one = Replacement {
        source: source("A", "5"),
        targets: Some(vec![target]),
        source_value: None,
    };
    let text = "
source: {kind: A, fieldPath: 5}
targets: [{select: {kind: B}, fieldPaths: [1, yes]}]
more: x
";
    assert_eq!(replacements(text), Ok(vec![one]));
    for (text, value) in [
        ("- sourceValue: 1.50", Some("1.5")),
        ("- Sourcevalue: true", Some("true")),
        ("- sourceValue: null", None),
        ("{}", None),
        ("- path: other.yaml", None),
    ] {
        let expected = Replacement {
            source_value: value.map(str::to_owned),
            ..Replacement::default()
        };
        assert_eq!(replacements(text), Ok(vec![expected]), "{text}");
    }
    assert_eq!(replacements("[]"), Ok(vec![]));
    let empty = replacements("targets: []").unwrap();
    assert_eq!(empty[0].targets, Some(vec![]));
}

#[test]
fn files_without_replacements_are_refused() {
    for (text, problem) in [
        (
            "- [a]",
            ", line 1: field `[0]`: expected a map, found a list",
        ),
        (
            "targets:\n- select: {name: 5}",
            ", line 2: field `targets[0].select.name`: expected a text, found the number 5; put \
             it in \
             quotes",
        ),
        (
            "source:\n  options: {index: 1.5}",
            ", line 2: field `source.options.index`: expected a whole number, found the number 1.5",
        ),
        (
            "",
            ": unsupported replacement type encountered within replacement path: expected a list \
             or a \
             map, found nothing",
        ),
        (
            "x",
            ": unsupported replacement type encountered within replacement path: expected a list \
             or a \
             map, found a text",
        ),
    ] {
        let expected = format!("invalid replacements r.yaml{problem}");
        assert_eq!(replacements(text), Err(expected), "{text}");
    }
}

#[test]
fn configurations_hold_field_specs() {
    let spec = |kind: &str, path: &str, create| FieldSpec {
        gvk: Gvk::unscoped("", "", kind),
        path: path.to_owned(),
        create,
    };
    type Place = fn(&mut TransformerConfig) -> &mut Vec<FieldSpec>;
    let fields: [(&str, Place); 10] = [
        ("namePrefix", |all| &mut all.name_prefix),
        ("nameSuffix", |all| &mut all.name_suffix),
        ("namespace", |all| &mut all.namespace),
        ("commonLabels", |all| &mut all.common_labels),
        ("labels", |all| &mut all.labels),
        ("templateLabels", |all| &mut all.template_labels),
        ("commonAnnotations", |all| &mut all.common_annotations),
        ("varReference", |all| &mut all.var_references),
        ("images", |all| &mut all.images),
        ("replicas", |all| &mut all.replicas),
    ];
    for (name, place) in fields {
        let text = format!("{name}: [{{kind: B, Path: 5}}, {{kind: A, create: true}}]");
        let mut expected = TransformerConfig::default();
        *place(&mut expected) = vec![spec("B", "5", false), spec("A", "", true)];
        let read = read_transformer_config(text.as_bytes(), "c.yaml");
        assert_eq!(read, Ok(expected), "{text}");
    }
    let text = "nameReference: [{kind: A, version: v1, fieldSpecs: [{kind: B, path: c}]}]";
    let expected = TransformerConfig {
        name_references: vec![NameReference {
            target: Gvk::unscoped("", "v1", "A"),
            referrers: vec![spec("B", "c", false)],
        }],
        ..TransformerConfig::default()
    };
    let read = read_transformer_config(text.as_bytes(), "c.yaml");
    assert_eq!(read, Ok(expected));
    let read = read_transformer_config(b"images: null", "c.yaml");
    assert_eq!(read, Ok(TransformerConfig::default()));
}

#[test]
fn configurations_are_read_strictly() {
    for (text, problem) in [
        ("[]", ", line 1: expected a map, found a list"),
        (
            "namoPrefix: []",
            ", line 1: unknown field \"namoPrefix\"; did you mean \"namePrefix\"?",
        ),
        (
            "volumeClaimTemplateLabels: []",
            ", line 1: unknown field \"volumeClaimTemplateLabels\"; did you mean \"labels\"?",
        ),
        (
            "namePrefix:\n- kind: 5",
            ", line 2: field `namePrefix[0].kind`: expected a text, found the number 5; put it \
             in quotes",
        ),
        (
            "nameReference:\n- kind: A\n  fieldSpecs:\n  - foo: c",
            ", line 4: in `nameReference[0].fieldSpecs[0]`: unknown field \"foo\"; known are \
             group, \
             version, kind, path, create",
        ),
        (
            "namePrefix:\n- path: a\n  path: b",
            ": it does not read as YAML. Remove one of the two keys: document 1, line 3, column \
             9: key \
             \"path\" already set in map",
        ),
    ] {
        let read = read_transformer_config(text.as_bytes(), "c.yaml");
        let expected = format!("invalid transformer configuration c.yaml{problem}");
        assert_eq!(read.map_err(|error| told(&error)), Err(expected), "{text}");
    }
}

#[test]
fn targets_of_a_value() {
    let text =
        "targets: [{selector: {kind: A}, fieldPath: x/y, filePathPosition: 2}, {fieldpath: 5}]";
    let expected = vec![
        ValueAddTarget {
            selector: Some(selector("A", "")),
            field_path: "x/y".to_owned(),
            file_path_position: 2,
        },
        ValueAddTarget {
            field_path: "5".to_owned(),
            ..ValueAddTarget::default()
        },
    ];
    assert_eq!(
        read_value_add_targets(text.as_bytes(), "t.yaml"),
        Ok(expected)
    );
    let read = read_value_add_targets(b"targets:\n- {}", "t.yaml");
    assert_eq!(
        read.map_err(|error| told(&error)),
        Err(
            "invalid targets of a ValueAddTransformer t.yaml, line 2: field `targets[0]`: \
             fieldPath \
             cannot be empty"
                .to_owned()
        )
    );
}
