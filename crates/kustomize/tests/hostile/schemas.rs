//! Schemas and definitions that refer to themselves.

use crate::lab::Repository;
use std::fmt::Write;

const MAP: &str = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: map}\nspec: {next: {next: {a: b}}}\n";

const PATCH: &str = "apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: map}\nspec: {next: {next: {a: c}}}\n";

fn with_schema(schema: &str) -> Repository {
    Repository::new(
        "resources: [map.yaml]\nopenapi: {path: schema.yaml}\npatches: [{path: patch.yaml}]\n",
    )
    .file("map.yaml", MAP)
    .file("patch.yaml", PATCH)
    .file("schema.yaml", schema)
}

const KIND: &str =
    "x-kubernetes-group-version-kind: [{group: example.org, version: v1, kind: Thing}]";

#[test]
fn schemas_that_refer_to_themselves_are_used() {
    for definitions in [
        "Thing: {properties: {spec: {$ref: '#/definitions/Node'}}, KIND}\n  \
         Node: {properties: {next: {$ref: '#/definitions/Node'}}}",
        "Thing: {$ref: '#/definitions/Thing', KIND}",
        "Thing: {properties: {spec: {$ref: '#/definitions/A'}}, KIND}\n  \
         A: {$ref: '#/definitions/B'}\n  B: {$ref: '#/definitions/A'}",
        "Thing: {additionalProperties: {$ref: '#/definitions/Thing'}, KIND}",
        "Thing: {type: array, items: {$ref: '#/definitions/Thing'}, KIND}",
        "Thing: {properties: {spec: {$ref: '#/definitions/Thing/properties/spec'}}, KIND}",
    ] {
        let schema = format!("definitions:\n  {}\n", definitions.replace("KIND", KIND));
        let (built, _) = with_schema(&schema).builds("");
        assert!(built[0].contains("a: c"), "{definitions}");
    }
}

#[test]
fn a_chain_of_ten_thousand_schemas_is_used() {
    let mut schema = format!(
        "definitions:\n  Thing: {{properties: {{spec: {{$ref: '#/definitions/N0'}}}}, {KIND}}}\n"
    );
    for number in 0..10_000 {
        let next = number + 1;
        writeln!(
            schema,
            "  N{number}: {{properties: {{next: {{$ref: '#/definitions/N{next}'}}}}}}"
        )
        .expect("a text takes all");
    }
    let (built, _) = with_schema(&schema).builds("");
    assert!(built[0].contains("a: c"));
}

fn with_crd(definitions: &str) -> Repository {
    Repository::new("resources: [map.yaml]\ncrds: [crd.yaml]\n")
        .file("map.yaml", MAP)
        .file("crd.yaml", definitions)
}

fn definition(name: &str, to: &[&str]) -> String {
    let mut text = format!(
        "{name}:\n  Schema:\n    properties:\n      apiVersion: {{type: string}}\n      \
         kind: {{type: string}}\n      metadata: {{type: object}}\n"
    );
    for (number, to) in to.iter().enumerate() {
        writeln!(text, "      f{number}: {{$ref: '{to}'}}").expect("a text takes all");
    }
    text
}

#[test]
fn definitions_that_refer_to_themselves_are_refused() {
    let circle = [definition("a.A", &["b.B"]), definition("b.B", &["a.A"])].concat();
    for text in [definition("a.A", &["a.A"]), circle] {
        with_crd(&text).fails("", &["crds", "refers to itself"]);
    }
}

#[test]
fn definitions_that_double_are_refused() {
    let names: Vec<String> = (0..32).map(|number| format!("n.N{number}")).collect();
    let link = |pair: &[String]| definition(&pair[0], &[&pair[1], &pair[1]]);
    let text: String = names.windows(2).map(link).collect();
    with_crd(&text).fails("", &["crds", "too many others"]);
}
