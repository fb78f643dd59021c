//! The words of go-yaml v2, as Helm's errors carry them: all expectations are its own.

use yaml::{Limits, read_first};

#[test]
fn messages_are_those_of_go_yaml() {
    for (text, message) in [
        ("a: b: c", "mapping values are not allowed in this context"),
        (
            "a: b\n c: d",
            "line 2: mapping values are not allowed in this context",
        ),
        (
            "a:\n- b\n c: d",
            "line 3: mapping values are not allowed in this context",
        ),
        ("a:\n  b: 1\n c: 2", "line 2: did not find expected key"),
        ("a: [b\nc: d", "line 1: did not find expected ',' or ']'"),
        ("a: \"b\nc: d\n", "line 3: found unexpected end of stream"),
        (
            "a:\n\tb: c",
            "line 2: found character that cannot start any token",
        ),
        ("a: *b", "unknown anchor 'b' referenced"),
        ("a: 1\nb: \u{1}", "control characters are not allowed"),
        ("%x\na: 1", "found unknown directive name"),
        (
            "{{ x }}: 1",
            "invalid map key: map[interface {}]interface {}{\"x\":interface {}(nil)}",
        ),
        (
            "<<: 1\na: b: c",
            "line 2: mapping values are not allowed in this context",
        ),
        (
            "<<: 1",
            "map merge requires map or sequence of maps as the value",
        ),
        ("a: !!int b", "cannot decode !!str `b` as a !!int"),
    ] {
        let error = read_first(text.as_bytes(), &Limits::default()).expect_err(text);
        assert_eq!(error.go_message(), format!("yaml: {message}"), "{text:?}");
    }
    let error = read_first(b"~: [a, {b: 1}]", &Limits::default()).expect_err("a null key");
    let message = "unsupported map key of type: %!s(<nil>), key: <nil>, value: \
                   []interface {}{\"a\", map[interface {}]interface {}{\"b\":1}}";
    assert_eq!(error.go_message(), message);
}
