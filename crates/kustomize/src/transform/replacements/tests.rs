//! Whole resources in, whole resources out: values copied from one field to others.

use super::*;
use crate::file::read_replacements;
use crate::transform::reference_cases::check;
use crate::transform::tests::{chain, resources};

#[test]
fn whole_kustomizations() {
    check(include_str!("cases.txt"));
}

fn error_of(replacements: &str, bytes: usize) -> String {
    let replacements = read_replacements(replacements.as_bytes(), "r.yaml").expect("it reads");
    let ship = "{apiVersion: e.io/v1, kind: Ship, metadata: {name: a}, spec: {a: b, list: [0]}}";
    let budget = Budget::of(bytes);
    let applied = apply_within(&mut resources(ship), &replacements, budget);
    let error = applied.expect_err("it is too much");
    chain(&error)
}

#[test]
fn what_doubles_itself_ends() {
    let one = |at| {
        format!(
            "- source: {{kind: Ship, fieldPath: spec}}
  targets: [{{select: {{kind: Ship}}, fieldPaths: [spec.x{at}], options: {{create: true}}}}]\n"
        )
    };
    let all: String = (0..40).map(one).collect();
    assert!(error_of(&all, 1 << 20).ends_with("may copy, 128 MiB"));
    let one = "- source: {kind: Ship, fieldPath: spec.a}
  targets: [{select: {kind: Ship}, fieldPaths: [spec.a], options: {delimiter: '-', index: 99}}]\n";
    assert!(error_of(&one.repeat(40), 1 << 20).ends_with("may copy, 128 MiB"));
}

#[test]
fn what_nests_ever_deeper_ends() {
    let path = format!("spec{}", ".deeper".repeat(200));
    let one = format!(
        "- source: {{kind: Ship, fieldPath: spec}}
  targets: [{{select: {{kind: Ship}}, fieldPaths: [{path}], options: {{create: true}}}}]\n"
    );
    let found = error_of(&one.repeat(9), usize::MAX);
    let expected = "go beyond what maps and lists may nest, 1024 levels";
    assert!(found.ends_with(expected), "{found}");
    let path = format!("spec{}", ".a".repeat(300));
    let one = format!(
        "- sourceValue: a
  targets: [{{select: {{kind: Ship}}, fieldPaths: [{path}], options: {{create: true}}}}]"
    );
    assert!(error_of(&one, 1 << 20).ends_with("the path has 301 steps, more than the 256 allowed"));
}

#[test]
fn items_that_no_expression_finds_are_not_made_for_ever() {
    let one = "- sourceValue: a
  targets: [{select: {kind: Ship}, fieldPaths: ['spec.list.[=^a$]'], options: {create: true}}]";
    let found = error_of(one, 1 << 20);
    assert!(
        found.ends_with("none can be made that does; write the value out"),
        "{found}"
    );
}
