//! What is refused, and what is said of it.

use super::read_text;

#[test]
fn files_that_say_nothing() {
    for text in [
        "",
        "# nothing\n",
        "---\n",
        "null",
        "{}",
        "kind: Kustomization",
        "resources:",
        "bases: []",
        "imageTags: []",
        "helmChartInflationGenerator: []",
        "generatorOptions: null",
        "namePrefix: ''",
    ] {
        assert_eq!(
            read_text(text).unwrap_err(),
            "invalid Kustomization app/kustomization.yaml: kustomization.yaml is empty; name \
             what to \
             build under `resources`",
            "{text}"
        );
    }
}

#[test]
fn files_that_are_something_else() {
    const PLACE: &str = "invalid Kustomization app/kustomization.yaml, line";
    for (text, problem) in [
        ("[]", "1: expected a map, found a list"),
        ("\n\nresources", "3: expected a map, found a text"),
        ("5", "1: expected a map, found the number 5"),
        (
            "ressources: []",
            "1: unknown field \"ressources\"; did you mean \"resources\"?",
        ),
        (
            "namespace: a\nspec: {}",
            "2: unknown field \"spec\"; remove it",
        ),
        (
            "x: &a [r]\nresources: *a",
            "1: unknown field \"x\"; remove it",
        ),
        (
            "kınd: x\nresources: []",
            "1: unknown field \"kınd\"; remove it",
        ),
        (
            "kind: 5\nresources: []",
            "1: field `kind`: expected a text, found the number 5; put it in quotes",
        ),
        (
            "images: [a]",
            "1: field `images[0]`: expected a map, found a text",
        ),
        (
            "resources: [[a]]",
            "1: field `resources[0]`: expected a text, found a list",
        ),
        (
            "namespace: 0777",
            "1: field `namespace`: expected a text, found the number 511; put it in quotes",
        ),
        (
            "namespace: !!int '5'",
            "1: field `namespace`: expected a text, found the number 5; put it in quotes",
        ),
        (
            "replicas: [{name: a, count: 9223372036854775808}]",
            "1: field `replicas[0].count`: expected a whole number, found the number \
             9223372036854775808",
        ),
        (
            "patches:\n- path: a\n  options: {allowNameChanges: true}",
            "3: in `patches[0].options`: unknown field \"allowNameChanges\"; did you mean \
             \"allowNameChange\"?",
        ),
        ("a: b\nkind: c\na: d", "3: unknown field \"a\"; remove it"),
    ] {
        assert_eq!(
            read_text(text).unwrap_err(),
            format!("{PLACE} {problem}"),
            "{text}"
        );
    }
}

#[test]
fn files_that_are_no_yaml() {
    const PLACE: &str = "invalid Kustomization app/kustomization.yaml: it does not read as YAML. ";
    for (text, problem) in [
        (
            "\tresources: [a]",
            "Check indentation, quotes and colons at this place: document 1, line 1, column 1: \
             found \
             character that cannot start any token",
        ),
        (
            "resources:\n- a\n b: c",
            "Check indentation, quotes and colons at this place: document 1, line 3, column 3: \
             mapping \
             values are not allowed in this context",
        ),
        (
            "commonLabels: {null: a}",
            "Give the mapping a key of text; quote it if need be: document 1, line 1, column 15: \
             unsupported map key: null",
        ),
        (
            "namespace: .inf",
            "Quote the value, or give a finite number: document 1, line 1, column 12: unsupported \
             value: +Inf",
        ),
        (
            "resources: [*a]",
            "Define the anchor with & earlier in the same document, or quote the text: document 1, \
             line 1, column 13: unknown anchor 'a' referenced",
        ),
    ] {
        assert_eq!(
            read_text(text).unwrap_err(),
            format!("{PLACE}{problem}"),
            "{text}"
        );
    }
}
