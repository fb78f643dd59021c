//! Oddities that are accepted, and what they mean.

use super::{read_text, texts, with};
use crate::file::*;

fn resources<const N: usize>(paths: [&str; N]) -> Kustomization {
    with(|all| all.resources = texts(paths))
}

fn namespace(name: &str) -> Kustomization {
    with(|all| all.namespace = name.to_owned())
}

#[test]
fn oddities_of_yaml_mean_what_they_mean_upstream() {
    for (text, expected) in [
        ("resources: [a]\n---\nresources: [b]", resources(["a"])),
        ("---\nresources: [a]\n...\n", resources(["a"])),
        ("resources: [a]\n...\nfoo", resources(["a"])),
        ("%YAML 1.1\n---\nresources: [a]", resources(["a"])),
        ("\u{feff}resources: [a]", resources(["a"])),
        ("resources: [a]\r\n", resources(["a"])),
        ("resources: [a]\nresources: [b]", resources(["b"])),
        ("{\"resources\": [\"a\"]}", resources(["a"])),
        ("? resources\n: [a]", resources(["a"])),
        ("resources: !foo [a]", resources(["a"])),
        ("resources: [a, null]", resources(["a", ""])),
        ("resources: []", resources([])),
        ("metadata: {}", resources([])),
        ("openapi: {}", resources([])),
        ("commonLabels: null\nresources: []", resources([])),
        ("namespace: 2020-01-01", namespace("2020-01-01")),
        ("namespace: !!str 5", namespace("5")),
        ("namespace: !!binary aGk=", namespace("hi")),
        ("namespace: !foo bar", namespace("bar")),
        ("namespace: ~\nresources: []", namespace("")),
    ] {
        assert_eq!(read_text(text), Ok(expected), "{text}");
    }
}

#[test]
fn anchors_and_merge_keys_are_expanded() {
    let text =
        "resources: &all [a]\ncomponents: *all\n<<: {namePrefix: p-, namespace: x}\nnamespace: w";
    let expected = with(|all| {
        all.resources = texts(["a"]);
        all.components = texts(["a"]);
        all.name_prefix = "p-".to_owned();
        all.namespace = "w".to_owned();
    });
    assert_eq!(read_text(text), Ok(expected));
}

#[test]
fn names_match_whatever_their_case() {
    for text in [
        "RESOURCES: [a]",
        "Resources: [x, w]\nresources: [a]",
        "reſourceſ: [a]",
    ] {
        assert_eq!(read_text(text), Ok(resources(["a"])), "{text}");
    }
    assert_eq!(
        read_text("namespace: a\nNamespace: b\nNAMESPACE: c"),
        Ok(namespace("a"))
    );
    let component = read_text("\u{212a}ind: Component\nresources: []").unwrap();
    assert_eq!(component.kind, "Component");
}

#[test]
fn of_names_that_differ_in_case_the_later_builds_upon_the_earlier() {
    let text = "Images: [{name: a, newTag: '1'}, {name: b}]\nimages: [{name: c}]";
    let image = Image {
        name: "c".to_owned(),
        new_tag: "1".to_owned(),
        ..Image::default()
    };
    assert_eq!(read_text(text), Ok(with(|all| all.images = vec![image])));
}
