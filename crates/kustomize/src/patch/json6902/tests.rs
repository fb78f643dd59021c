//! What operations make of objects. Facts: RFC 6902, and what evanphx/json-patch 4.13 does beyond it.

use super::{JsonPatch, apply};
use crate::patch::DEEPEST;
use std::error::Error;
use yaml::{Limits, Node};

const OBJECT: &str = "{a: {b: 1, c: [1, 2, 3]}, n: null, s: x}";

fn read(text: &str) -> Node {
    let node = yaml::read_node(text, &Limits::default()).unwrap();
    node.unwrap_or_else(|| panic!("{text} is empty"))
}

fn patched(object: &str, patch: &str) -> Result<Node, String> {
    let mut object = read(object);
    let patch = JsonPatch::read(patch).map_err(|error| {
        let cause = error.source().map(ToString::to_string);
        format!("{error}: {}", cause.unwrap_or_default())
    })?;
    apply(&mut object, &patch).map_err(|error| error.to_string())?;
    Ok(object)
}

#[track_caller]
fn check(patch: &str, expected: &str) {
    let found = patched(OBJECT, patch).map(|object| object.to_value().unwrap());
    assert_eq!(found, Ok(read(expected).to_value().unwrap()), "{patch}");
}

#[track_caller]
fn check_error(patch: &str, expected: &str) {
    let error = patched(OBJECT, patch).map(|object| object.to_value().unwrap().to_string());
    let error = error.unwrap_err();
    assert!(error.contains(expected), "{patch}: {error}");
}

#[test]
fn values_are_added() {
    check(
        "- {op: add, path: /t, value: {u: [v]}}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, s: x, t: {u: [v]}}",
    );
    check("- {op: add, path: /a, value: 5}", "{a: 5, n: null, s: x}");
    check(
        "- {op: add, path: /a/c/1, value: 9}",
        "{a: {b: 1, c: [1, 9, 2, 3]}, n: null, s: x}",
    );
    check(
        "- {op: add, path: /a/c/-, value: 9}",
        "{a: {b: 1, c: [1, 2, 3, 9]}, n: null, s: x}",
    );
    check(
        "- {op: add, path: /a/c/-1, value: 9}",
        "{a: {b: 1, c: [1, 2, 3, 9]}, n: null, s: x}",
    );
    check(
        "- {op: add, path: /a/c/01, value: 9}",
        "{a: {b: 1, c: [1, 9, 2, 3]}, n: null, s: x}",
    );
    check(
        "- {op: add, path: /x~1y~0, value: 9}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, s: x, \"x/y~\": 9}",
    );
    // Nothing said of the value is null.
    check(
        "- {op: add, path: /s}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, s: null}",
    );
}

#[test]
fn values_are_replaced_and_removed() {
    check(
        "- {op: replace, path: /a/b, value: 2}",
        "{a: {b: 2, c: [1, 2, 3]}, n: null, s: x}",
    );
    check(
        "- {op: replace, path: /a/new, value: 2}",
        "{a: {b: 1, c: [1, 2, 3], new: 2}, n: null, s: x}",
    );
    check(
        "- {op: replace, path: /a/c/-1, value: 2}",
        "{a: {b: 1, c: [1, 2, 2]}, n: null, s: x}",
    );
    check("- {op: replace, path: '', value: {k: 1}}", "{k: 1}");
    check(
        "- {op: remove, path: /a/c/0}",
        "{a: {b: 1, c: [2, 3]}, n: null, s: x}",
    );
    check(
        "- {op: remove, path: /n}\n- {op: remove, path: /a}",
        "{s: x}",
    );
}

#[test]
fn values_are_moved_and_copied() {
    check(
        "- {op: move, from: /s, path: /t}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, t: x}",
    );
    check(
        "- {op: copy, from: /a/c, path: /s}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, s: [1, 2, 3]}",
    );
    check(
        "- {op: copy, from: /nope, path: /s}",
        "{a: {b: 1, c: [1, 2, 3]}, n: null, s: null}",
    );
}

#[test]
fn values_are_tested() {
    for test in [
        "- {op: test, path: /s, value: x}",
        "- {op: test, path: /a, value: {c: [1, 2, 3], b: 1.0}}",
        "- {op: test, path: /n, value: null}",
        "- {op: test, path: /nope, value: null}",
        "- {op: test, path: /nope}",
        r#"[{"op": "test", "path": "/a/c", "value": [1,2 , 3]}]"#,
        "- {op: add, path: /s, value: a<b}\n- {op: test, path: /s, value: a<b}",
    ] {
        assert!(patched(OBJECT, test).is_ok(), "{test}");
    }
    for test in [
        "- {op: test, path: /s, value: y}",
        "- {op: test, path: /s}",
        "- {op: test, path: /a/c, value: [1, 2]}",
        // In JSON the texts of scalars are compared.
        r#"[{"op": "test", "path": "/a/b", "value": 1.0}]"#,
        r#"[{"op": "test", "path": "/s", "value": "\u0078"}]"#,
    ] {
        check_error(test, "test failed");
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    for (patch, expected) in [
        (
            "- {op: add, path: /z/y, value: 5}",
            "operation 1 (add /z/y): doc is missing path: \"/z/y\": missing value; there is no map or list at /z",
        ),
        (
            "- {op: add, path: /s/y, value: 5}",
            "there is no map or list at /s",
        ),
        ("- {op: add, path: a, value: 5}", "write /a"),
        ("- {op: add, path: '', value: 5}", "doc is missing path"),
        (
            "- {op: add, path: /a/c/9, value: 9}",
            "unable to access invalid index: 9",
        ),
        (
            "- {op: add, path: /a/c/x, value: 9}",
            "not a proper array index: 'x'",
        ),
        (
            "- {op: remove, path: /a/zz}",
            "unable to remove nonexistent key: zz",
        ),
        (
            "- {op: remove, path: /a/c/-4}",
            "unable to access invalid index: -4",
        ),
        (
            "- {op: replace, path: /a/c/3, value: 1}",
            "doc is missing key: /a/c/3",
        ),
        (
            "- {op: replace, path: '', value: [1]}",
            "the patch makes a list of the resource",
        ),
        (
            "- {op: replace, path: '', value: 1}",
            "must be object or array",
        ),
        ("- {op: move, from: /zz, path: /t}", "nonexistent key: zz"),
        ("- {op: copy, path: /t}", "failed to decode from"),
        ("- {op: add, value: 1}", "failed to decode path"),
        ("- {op: bogus, path: /s}", "unexpected kind: bogus"),
        ("- {}", "unexpected kind: unknown"),
        ("- 5", "a list with other things than maps"),
        ("op: add", "found a map"),
        ("[{op: add}]", "a patch that starts with '[' must be JSON"),
        ("- {", "neither JSON nor YAML"),
        (
            r#"[{"op": "add", "path": "/s", "value": 1e999}]"#,
            "too large",
        ),
    ] {
        check_error(patch, expected);
    }
}

#[test]
fn the_object_is_written_anew() {
    let object = "{a: '5', b: 1000000, c: 0777, d: [yes, 1.50], e: \"x\"}";
    let found = patched(object, "[]").unwrap();
    let scalar = |node: &Node| (node.text().to_owned(), node.tag.clone(), node.style.form);
    let expected = patched(
        "{a: \"5\", b: 1e+06, c: 511, d: [\"yes\", 1.5], e: x}",
        "[]",
    )
    .unwrap();
    for key in ["a", "b", "c", "e"] {
        let pair = found.get(key).zip(expected.get(key));
        let (one, other) = pair.unwrap();
        assert_eq!(scalar(one), scalar(other), "{key}");
    }
    assert_eq!(found.at(&["b"]).map(Node::text), Some("1e+06"));
    assert_eq!(found.to_value().unwrap()["b"], 1_000_000);
    let items = found.get("d").map_or(&[][..], Node::items);
    assert_eq!(items[0].style.form, yaml::Form::DoubleQuoted);
}

#[test]
fn what_is_copied_is_bounded() {
    let double = |at| format!("- {{op: copy, from: /a, path: /a/x{at}}}\n");
    let doubles: String = (0..40).map(double).collect();
    check_error(&doubles, "copies more than");
    let deep = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!("[{{\"op\": \"add\", \"path\": \"/a\", \"value\": {open}{close}}}]")
    };
    check_error(&deep(DEEPEST + 2), "nested deeper");
    assert!(patched(OBJECT, &deep(DEEPEST - 2)).is_ok());
    let into_itself = "- {op: add, path: /a/y, value: {}}\n- {op: move, from: /a, path: /b}\n";
    assert!(patched(OBJECT, into_itself).is_ok());
}
