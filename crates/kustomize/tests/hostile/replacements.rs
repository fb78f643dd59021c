//! Replacements that write very much, or that follow paths without end.

use crate::lab::Repository;
use std::fmt::Write;

const MAP: &str = "kind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n";

fn replacing(replacement: &str, map: &str) -> Repository {
    Repository::new(format!(
        "resources: [map.yaml]\nreplacements:\n{replacement}"
    ))
    .file("map.yaml", map)
}

#[test]
fn thousands_of_targets_are_written() {
    let mut text = String::from("- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n");
    for number in 0..2000 {
        writeln!(
            text,
            "  - {{select: {{kind: ConfigMap}}, fieldPaths: [data.k{number}], options: {{create: true}}}}"
        )
        .expect("a text takes all");
    }
    let (built, _) = replacing(&text, MAP).builds("");
    assert_eq!(built[0].matches(": b\n").count(), 2001);
}

#[test]
fn a_map_copied_into_itself_ends() {
    let mut text = String::new();
    for number in 0..40 {
        writeln!(
            text,
            "- {{source: {{kind: ConfigMap, fieldPath: data}}, targets: [{{select: {{kind: ConfigMap}}, \
             fieldPaths: [data.k{number}], options: {{create: true}}}}]}}"
        )
        .expect("a text takes all");
    }
    replacing(&text, MAP).fails("", &["replacements"]);
}

#[test]
fn a_created_path_of_a_hundred_thousand_steps_is_refused() {
    let path = vec!["a"; 100_000].join(".");
    let text = format!(
        "- source: {{kind: ConfigMap, fieldPath: data.a}}\n  targets:\n  - select: {{kind: ConfigMap}}\n    \
         options: {{create: true}}\n    fieldPaths: [{path}]\n"
    );
    replacing(&text, MAP).fails("", &["replacements", "100000 steps"]);
}

#[test]
fn a_long_text_for_very_many_fields_is_refused() {
    let items = "a,".repeat(100_000);
    let long = "x".repeat(1 << 20);
    let map = format!("{MAP}long: {long}\nlist: [{items}]\n");
    let text = "- source: {kind: ConfigMap, fieldPath: long}\n  targets:\n  \
                - {select: {kind: ConfigMap}, fieldPaths: [list.*]}\n";
    replacing(text, &map).fails("", &["replacements"]);
}

#[test]
fn a_large_value_for_very_many_fields_of_a_text_is_refused() {
    let inner = "{},".repeat(30_000);
    let items = "a,".repeat(10_000);
    let map = format!("{MAP}value: [{items}]\ntext: \"[{inner}]\"\n");
    let text = "- source: {kind: ConfigMap, fieldPath: value}\n  targets:\n  \
                - {select: {kind: ConfigMap}, fieldPaths: [text.*]}\n";
    replacing(text, &map).fails("", &["replacements"]);
}

/// A list of a thousand texts, each of which is such a list again.
fn texts_in_texts(levels: usize) -> String {
    (0..levels).fold("x".to_owned(), |inner, _| {
        let again = ",*a".repeat(1000);
        format!("[&a '{}'{again}]", inner.replace('\'', "''"))
    })
}

#[test]
fn texts_in_texts_end() {
    let map = format!("{MAP}text: {}\n", texts_in_texts(4));
    let text = "- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  \
                - {select: {kind: ConfigMap}, fieldPaths: [text.*.*.*.*]}\n";
    replacing(text, &map).fails("", &["replacements"]);
}

#[test]
fn parts_without_end_are_refused() {
    let text = "- source: {kind: ConfigMap, fieldPath: data.a}\n  targets:\n  \
                - {select: {kind: ConfigMap}, fieldPaths: [data.a], options: {delimiter: x, index: 2147483647}}\n";
    let (built, _) = replacing(text, MAP).builds("");
    assert!(built[0].contains("a: bxb"));
}

#[test]
fn very_many_targets_over_very_many_resources_are_refused() {
    let maps = (0..20_000).map(|number| format!("---\nkind: B\nmetadata: {{name: b{number}}}\n"));
    let maps = format!("{MAP}{}", maps.collect::<String>());
    let targets = "  - select: {kind: C}\n".repeat(20_000);
    let text = format!("- source: {{kind: ConfigMap, fieldPath: data.a}}\n  targets:\n{targets}");
    replacing(&text, &maps).fails("", &["replacements", "the build is stopped"]);
    let transformer = "apiVersion: builtin\nkind: ReplacementTransformer\n\
                       metadata: {name: r}\nreplacements: [{path: file.yaml}]\n";
    Repository::new("resources: [maps.yaml]\ntransformers: [r.yaml]\n")
        .file("maps.yaml", maps)
        .file("r.yaml", transformer)
        .file("file.yaml", text)
        .fails("", &["transformers r", "look at resources more than"]);
}
