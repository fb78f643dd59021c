//! What patches make of objects. Facts: kyaml 0.21, yaml/merge2 and its tests; those that surprise
//! were seen at Kustomize 5.8.1 itself.

use super::{Growth, merge, merge_values};
use crate::patch::DEEPEST;
use crate::schema::Schema;
use yaml::{Limits, Node};

fn read(text: &str) -> Node {
    let node = yaml::read_node(text, &Limits::default()).unwrap();
    node.unwrap_or_else(|| panic!("{text} is empty"))
}

fn merged(target: &str, patch: &str) -> Result<String, String> {
    let mut target = read(target);
    let done = merge(&mut target, &read(patch), Schema::builtin());
    done.map_err(|error| error.to_string())?;
    Ok(yaml::write(&target.to_value().unwrap()))
}

/// A text as the result is written: sorted.
fn written(text: &str) -> String {
    yaml::write(&read(text).to_value().unwrap())
}

/// Checks parts of a custom resource, about whose fields nothing is known.
#[track_caller]
fn check(target: &str, patch: &str, expected: &str) {
    const HEAD: &str = "apiVersion: example.org/v1\nkind: Thing\n";
    let found = merged(&format!("{HEAD}{target}"), &format!("{HEAD}{patch}"));
    let expected = written(&format!("{HEAD}{expected}"));
    assert_eq!(found, Ok(expected), "{target}\n{patch}");
}

/// Checks a field of the pod of a deployment.
#[track_caller]
fn check_pod(target: &str, patch: &str, expected: &str) {
    let head = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec: ";
    let found = merged(&format!("{head}{target}"), &format!("{head}{patch}")).unwrap();
    let found = read(&found);
    let pod = found.at(&["spec", "template", "spec"]).unwrap();
    let expected = read(expected);
    assert_eq!(pod.to_value(), expected.to_value(), "{target}\n{patch}");
}

#[test]
fn maps_are_merged_field_by_field() {
    check(
        "a: 1\nb: {c: x}\n",
        "b: {d: y}\n",
        "a: 1\nb:\n  c: x\n  d: \"y\"\n",
    );
    check("a: 1\n", "a: two\n", "a: two\n");
    check("a: {}\n", "a: {b: {c: 1}}\n", "a:\n  b:\n    c: 1\n");
    check("a: {b: 1}\n", "a: {}\n", "a:\n  b: 1\n");
}

#[test]
fn null_takes_a_field_out() {
    check("a: 1\nb: 2\n", "a: null\n", "b: 2\n");
    check("a: {b: 1}\nc: 2\n", "a:\n", "c: 2\n");
    check("a: 1\n", "b: null\nc: {d: null}\n", "a: 1\nc: {}\n");
}

#[test]
fn nulls_of_the_object_stay_if_they_are_spelled_out() {
    check(
        "a: null\nb: ~\nc:\nd: {e: null, f: }\n",
        "x: 1\n",
        "a: null\nb: null\nd:\n  e: null\nx: 1\n",
    );
    check("a: [null]\n", "x: 1\n", "a:\n- null\nx: 1\n");
    check("a: null\n", "a: {b: 1}\n", "a:\n  b: 1\n");
}

#[test]
fn directives_of_maps_are_followed() {
    check("a: {b: 1}\nc: 2\n", "a: {$patch: delete}\n", "c: 2\n");
    check(
        "a: {b: 1}\n",
        "a: {$patch: replace, c: 2}\n",
        "a:\n  c: 2\n",
    );
    check(
        "a: {b: 1}\n",
        "a: {$patch: merge, c: 2}\n",
        "a:\n  b: 1\n  c: 2\n",
    );
    check("c: 1\n", "a: {$patch: delete, b: 1}\n", "c: 1\n");
    check(
        "c: 1\n",
        "a: {$patch: replace, b: 1}\n",
        "a:\n  b: 1\nc: 1\n",
    );
    // Where the object has nothing, what is no directive is data.
    check(
        "c: 1\n",
        "a: {$patch: other}\n",
        "a:\n  $patch: other\nc: 1\n",
    );
}

#[test]
fn the_root_can_be_deleted_but_not_replaced() {
    let object = "apiVersion: v1\nkind: Thing\na: 1\n";
    assert_eq!(merged(object, "$patch: delete\n").as_deref(), Ok("null\n"));
    let unchanged = merged(object, "$patch: replace\nb: 1\n");
    assert_eq!(unchanged, Ok(written(object)));
}

#[test]
fn lists_are_replaced_where_nothing_is_known_of_them() {
    check(
        "a: [{name: x, b: 1}]\n",
        "a: [{name: x, c: 2}]\n",
        "a:\n- c: 2\n  name: x\n",
    );
    check("a: [1, 2]\n", "a: [3]\n", "a:\n- 3\n");
    check("a: [1, 2]\n", "b: 1\n", "a:\n- 1\n- 2\nb: 1\n");
    check("a: [1, 2]\n", "a: []\n", "a: []\n");
    // What stands in them is not looked at.
    check(
        "a: [1]\n",
        "a: [{$patch: replace}, {b: null}]\n",
        "a:\n- $patch: replace\n- b: null\n",
    );
}

#[test]
fn lists_are_merged_by_their_key() {
    check_pod(
        "{containers: [{name: a, image: a}, {name: b, image: b}]}",
        "{containers: [{name: c}, {name: b, args: [x]}]}",
        "{containers: [{name: c}, {name: b, image: b, args: [x]}, {name: a, image: a}]}",
    );
    check_pod(
        "{containers: [{name: a}, {name: b}]}",
        "{containers: [{name: a, $patch: delete}]}",
        "{containers: [{name: b}]}",
    );
    check_pod(
        "{volumes: [{name: a, emptyDir: {}}]}",
        "{volumes: [{name: a, emptyDir: null, configMap: {name: x}}]}",
        "{volumes: [{name: a, configMap: {name: x}}]}",
    );
    check_pod(
        "{tolerations: [{key: a}]}",
        "{tolerations: [{key: b}]}",
        "{tolerations: [{key: b}]}",
    );
}

#[test]
fn directives_of_lists_stand_in_an_element_of_their_own() {
    let target = "{containers: [{name: a}, {name: b}]}";
    check_pod(
        target,
        "{containers: [{$patch: replace}, {name: c}]}",
        "{containers: [{name: c}]}",
    );
    check_pod(target, "{containers: [{name: c}, {$patch: delete}]}", "{}");
    check_pod(
        target,
        "{containers: [{$patch: merge}, {name: c}]}",
        "{containers: [{name: c}, {name: a}, {name: b}]}",
    );
    // An element that would replace its like has no effect, as upstream.
    check_pod(
        "{containers: [{name: a, image: x}]}",
        "{containers: [{name: a, $patch: replace, args: []}]}",
        "{containers: [{name: a, image: x}]}",
    );
}

#[test]
fn ports_are_told_apart_by_number_and_protocol() {
    let ports = |ports: &str| format!("{{containers: [{{name: a, ports: [{ports}]}}]}}");
    for (target, patch, expected) in [
        (
            "{containerPort: 80, protocol: TCP}",
            "{containerPort: 80, protocol: UDP}",
            "{containerPort: 80, protocol: UDP}, {containerPort: 80, protocol: TCP}",
        ),
        (
            "{containerPort: 80, protocol: TCP}",
            "{containerPort: 80, protocol: TCP, name: x}",
            "{containerPort: 80, protocol: TCP, name: x}",
        ),
        (
            "{containerPort: 80}",
            "{containerPort: 80, name: x}",
            "{containerPort: 80, name: x}",
        ),
        (
            "{containerPort: 80}, {containerPort: 81}",
            "{containerPort: 81, name: x}, {containerPort: 82}",
            "{containerPort: 81, name: x}, {containerPort: 82}, {containerPort: 80}",
        ),
    ] {
        check_pod(&ports(target), &ports(patch), &ports(expected));
    }
}

#[test]
fn values_of_lists_without_a_key_are_united() {
    check_meta("[a, b]", "[c, a]", "[c, a, b]");
    check_meta("[a]", "[]", "[a]");
    check_meta("[\"1\"]", "[b]", "[b, \"1\"]");
}

#[track_caller]
fn check_meta(target: &str, patch: &str, expected: &str) {
    let object =
        |list: &str| format!("apiVersion: v1\nkind: Pod\nmetadata: {{finalizers: {list}}}\n");
    let expected = written(&object(expected));
    assert_eq!(merged(&object(target), &object(patch)), Ok(expected));
}

#[test]
fn an_element_without_its_key_pushes_others_out() {
    check_pod(
        "{containers: [{name: a}, {image: x}, {name: b}]}",
        "{containers: [{name: a, image: y}]}",
        "{containers: [{image: x}]}",
    );
}

#[test]
fn objects_of_known_kinds_are_known_wherever_they_stand() {
    let inner = |ports: &str| {
        format!(
            "spec:\n  inner:\n    apiVersion: v1\n    kind: Service\n    spec: {{ports: [{ports}]}}\n"
        )
    };
    let expected = "spec:\n  inner:\n    apiVersion: v1\n    kind: Service\n    spec:\n      ports:\n      - port: 81\n      - name: x\n        port: 80\n";
    check(
        &inner("{port: 80}"),
        &inner("{port: 81}, {port: 80, name: x}"),
        expected,
    );
    // Even if the patch says nothing of them.
    let twice = "spec:\n  inner:\n    apiVersion: v1\n    kind: Service\n    spec:\n      ports:\n      - name: b\n        port: 80\nx: 1\n";
    check(
        &inner("{port: 80, name: a}, {port: 80, name: b}"),
        "x: 1\n",
        twice,
    );
}

#[test]
fn different_kinds_of_values_do_not_go_together() {
    let head = "apiVersion: apps/v1\nkind: Deployment\n";
    for (target, patch, message) in [
        (
            "a: 1\n",
            "a: {b: 1}\n",
            "a (line 3): wrong node kind: expected ScalarNode but got MappingNode;",
        ),
        (
            "a: {b: {c: 1}}\n",
            "a:\n  b:\n  - c\n",
            "a.b (line 5): wrong node kind: expected MappingNode but got SequenceNode;",
        ),
        (
            "spec: {template: {spec: {containers: [{name: a, env: []}]}}}\n",
            "spec: {template: {spec: {containers: [{name: a, env: {}}]}}}\n",
            "spec.template.spec.containers.[name=a].env (line 3): wrong node kind: expected SequenceNode",
        ),
        (
            "a: {b: 1}\n",
            "a: {$patch: drop}\n",
            "a (line 3): unknown patch strategy 'drop'",
        ),
    ] {
        let error = merged(&format!("{head}{target}"), &format!("{head}{patch}")).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn scalars_keep_their_text_and_fields_their_style() {
    let mut target = read("a: 'x'\nb: 0777\nc: on\n");
    merge(&mut target, &read("a: 5\nd: \"yes\"\n"), Schema::builtin()).unwrap();
    let form = |key| {
        target
            .get(key)
            .map(|value| (value.text(), value.style.form))
    };
    assert_eq!(form("a"), Some(("5", yaml::Form::SingleQuoted)));
    assert_eq!(form("b"), Some(("0777", yaml::Form::Plain)));
    // A reader of YAML 1.1 would take it for a boolean.
    assert_eq!(form("c"), Some(("on", yaml::Form::DoubleQuoted)));
    assert_eq!(form("d"), Some(("yes", yaml::Form::DoubleQuoted)));
}

#[test]
fn values_of_charts_grow_behind() {
    let pod = |names: &str| format!("apiVersion: v1\nkind: Pod\nspec: {{containers: [{names}]}}\n");
    let (target, patch) = (
        read(&pod("{name: a}")),
        read(&pod("{name: b}, {name: a, tty: true}")),
    );
    let found = merge_values(target, &patch, Schema::builtin(), Growth::Behind).unwrap();
    let expected = read(&pod("{name: a, tty: true}, {name: b}"));
    assert_eq!(found.to_value(), expected.to_value());
}

#[test]
fn depth_is_bounded() {
    let deep = |depth: usize| {
        let mut node = Node::string("x");
        for _ in 0..depth {
            let mut outer = Node::mapping();
            outer.push_entry("a", node);
            node = outer;
        }
        node
    };
    for (depth, fits) in [(DEEPEST - 1, true), (DEEPEST + 1, false)] {
        let mut target = deep(depth);
        let merged = merge(&mut target, &deep(depth), Schema::builtin());
        assert_eq!(merged.is_ok(), fits, "{depth}");
    }
}
