//! Schemas against rows that Helm's own validator answered, and schemas made to hurt.

use super::Schema;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn check(schema: &str, value: &Value) -> Result<(), String> {
    Schema::new(schema.as_bytes().into()).check(value)
}

/// Lines in an order of their own: Go goes through properties as it likes.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<_> = text.lines().map(settled).collect();
    lines.sort();
    lines
}

fn settled(line: &str) -> String {
    let Some((place, names)) = line.split_once("additional properties ") else {
        return line.to_owned();
    };
    let mut names: Vec<_> = names.trim_end_matches(" not allowed").split(", ").collect();
    names.sort_unstable();
    format!("{place}{}", names.join(" "))
}

#[test]
fn values_are_judged_as_by_helm() {
    let rows = include_str!("../../tests/chart/schemas.jsonl").lines();
    let differences: Vec<_> = rows.filter_map(difference).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

fn difference(row: &str) -> Option<String> {
    let row: Value = serde_json::from_str(row).expect("every line is JSON");
    let found = check(row["schema"].as_str()?, &row["value"])
        .err()
        .unwrap_or_default();
    let wanted = row["expected"].as_str()?;
    (lines(&found) != lines(wanted)).then(|| format!("{row}\nfound {found}"))
}

#[test]
fn what_cannot_be_read_is_told() {
    for (schema, expected) in [
        ("", "EOF"),
        (
            r#"{"$ref": "https://example.com/x.json"}"#,
            "failing loading \"https://example.com/x.json\": schemas are not fetched; put what it \
             says into values.schema.json",
        ),
        (
            r#"{"$id": "https://example.com/a/b.json", "$ref": "c.json#/x"}"#,
            "failing loading \"https://example.com/a/c.json\": schemas are not fetched; put what it \
             says into values.schema.json",
        ),
        (
            r##"{"$ref": "#/definitions/x"}"##,
            "jsonpointer in \"file:///values.schema.json#/definitions/x\" not found",
        ),
    ] {
        assert_eq!(
            check(schema, &json!({})),
            Err(expected.to_owned()),
            "{schema}"
        );
    }
    let error = check(r#"{"type": "strin"}"#, &json!({})).expect_err("it is refused");
    assert!(error.contains("is not valid against metaschema"), "{error}");
    assert_eq!(check(r#"{"$ref": "urn:a:b"}"#, &json!({})), Ok(()));
}

#[test]
fn patterns_are_those_of_go() {
    for (pattern, text, fits) in [
        ("^{{.*}}$", "{{ x }}", true),
        ("[[:alpha:]]+", "1a", true),
        ("^[a&&b]+$", "&", true),
        (r"^\d+$", "\u{661}", false),
        ("a{,2}", "a{,2}", true),
        ("^.{1,1000}$", "é", true),
        (r"^\Qa.b\E$", "a.b", true),
        (r"^\Qa.b\E$", "axb", false),
    ] {
        let schema = json!({"pattern": pattern}).to_string();
        assert_eq!(
            check(&schema, &json!(text)).is_ok(),
            fits,
            "{pattern} on {text}"
        );
    }
    let error = check(r#"{"pattern": "(?!a)b"}"#, &json!("b")).expect_err("it is refused");
    let expected = "invalid regex '(?!a)b': error parsing regexp: invalid or unsupported Perl \
                    syntax: `(?!`";
    assert_eq!(error, expected);
}

/// Runs on a stack as small as a server's threads have.
fn soon(act: impl FnOnce() -> Result<(), String> + Send + 'static) -> Result<(), String> {
    let start = Instant::now();
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(act);
    let result = thread
        .expect("a thread starts")
        .join()
        .expect("nothing panics");
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "took {:?}",
        start.elapsed()
    );
    result
}

#[test]
fn schemas_that_double_at_each_step_end() {
    let mut definitions = serde_json::Map::new();
    definitions.insert("d0".into(), json!({"type": "object"}));
    for step in 1..100 {
        let below = json!({"$ref": format!("#/definitions/d{}", step - 1)});
        definitions.insert(format!("d{step}"), json!({"allOf": [below, below]}));
    }
    let schema = json!({"definitions": definitions, "$ref": "#/definitions/d99"}).to_string();
    let error = soon(move || check(&schema, &json!({}))).expect_err("it is refused");
    assert!(error.contains("takes too long"), "{error}");
}

#[test]
fn deep_values_and_schemas_end() {
    let deep = (0..400).fold(json!(1), |inner, _| json!({ "a": inner }));
    let schema = r##"{"properties": {"a": {"$ref": "#"}}}"##;
    let error = soon(move || check(schema, &deep)).expect_err("it is refused");
    assert!(error.contains("references lead"), "{error}");
    let schema = "{\"not\":".repeat(100_000);
    assert!(soon(move || check(&schema, &json!({}))).is_err());
    let pattern = json!({"pattern": "(a{1000}){1000}"}).to_string();
    let error = soon(move || check(&pattern, &json!("a"))).expect_err("it is refused");
    assert!(error.contains("invalid regex"), "{error}");
}
