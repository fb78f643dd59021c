//! Variables that stand for each other, and for very much.

use crate::lab::Repository;
use std::fmt::Write;

#[test]
fn variables_that_stand_for_each_other_are_expanded_once() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations: {a: $(B)-$(B), b: $(A)-$(A)}\n\
               spec: {containers: [{name: c, args: [$(A)]}]}\n";
    let var = |name: &str, key: &str| {
        format!(
            "- {{name: {name}, objref: {{apiVersion: v1, kind: Pod, name: p}}, fieldref: \
             {{fieldpath: metadata.annotations.{key}}}}}\n"
        )
    };
    let (built, _) = Repository::new(format!(
        "resources: [pod.yaml]\nvars:\n{}{}",
        var("A", "a"),
        var("B", "b")
    ))
    .file("pod.yaml", pod)
    .builds("");
    assert!(built[0].contains("- $(B)-$(B)\n"), "{}", built[0]);
}

fn pod_with(args: &str, value: &str) -> Repository {
    let var =
        "{name: A, objref: {apiVersion: v1, kind: Pod, name: p}, fieldref: {fieldpath: value}}";
    Repository::new(format!("resources: [pod.yaml]\nvars: [{var}]\n")).file(
        "pod.yaml",
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nvalue: {value}\n\
             spec: {{containers: [{{name: c, args: [{args}]}}]}}\n"
        ),
    )
}

#[test]
fn a_text_with_very_many_long_variables_is_refused() {
    pod_with(&"$(A)".repeat(10_000), &"x".repeat(1 << 20)).fails(
        "",
        &["the variable transformer", "the values of all variables"],
    );
}

#[test]
fn very_many_texts_with_a_long_variable_are_refused() {
    pod_with(&"x$(A),".repeat(10_000), &"x".repeat(1 << 20)).fails(
        "",
        &["the variable transformer", "the values of all variables"],
    );
}

#[test]
fn ten_thousand_variables_are_expanded() {
    let mut vars = String::new();
    let mut args = String::new();
    for number in 0..10_000 {
        writeln!(
            vars,
            "- {{name: V{number}, objref: {{apiVersion: v1, kind: Pod, name: p}}}}"
        )
        .expect("a text takes all");
        write!(args, "$(V{number}) ").expect("a text takes all");
    }
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{containers: [{{name: c, args: ['{args}']}}]}}\n"
    );
    let (built, _) = Repository::new(format!("resources: [pod.yaml]\nvars:\n{vars}"))
        .file("pod.yaml", pod)
        .builds("");
    assert!(!built[0].contains("$(V"));
}
