//! Texts that want too much: each is refused or done within bounds, on the small stack of a test.

use gotemplate::{Functions, Host, Limits, Map, MissingKey, TemplateSet, Value};

/// What the template prints, or why it does not; the last hundred characters.
fn outcome(text: &[u8]) -> String {
    let functions = Functions::default();
    let mut set = TemplateSet::new("gotpl");
    if let Err(error) = set.parse("t", text, &functions) {
        return last(&error.to_string());
    }
    let host = Host {
        limits: Limits {
            steps: 300_000,
            text: 1 << 20,
            texts: 16 << 20,
            depth: 1000,
        },
        missing_key: MissingKey::Zero,
        ..Host::new(&functions, &())
    };
    let dot: Map = [("x", Value::Int(1))].into_iter().collect();
    match set.execute("t", dot.into(), &host) {
        Ok(text) => last(&text.as_str()),
        Err(error) => last(&error.to_string()),
    }
}

fn last(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(100);
    text.chars().skip(skipped).collect()
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), inner, &close.repeat(depth)].concat()
}

#[test]
fn what_nests_too_deeply_is_refused() {
    let refused = "template: t:1: max expression depth exceeded";
    let parentheses = nested("(", "1", ")", 100_000);
    assert_eq!(
        outcome(format!("{{{{ {parentheses} }}}}").as_bytes()),
        refused
    );
    let ifs = nested("{{ if true }}", "x", "{{ end }}", 100_000);
    assert_eq!(outcome(ifs.as_bytes()), refused);
    let ranges = nested("{{ range 1 }}", "x", "{{ end }}", 100_000);
    assert_eq!(outcome(ranges.as_bytes()), refused);
    let chain = "{{ else if .x }}".repeat(100_000);
    assert_eq!(
        outcome(format!("{{{{ if .x }}}}{chain}{{{{ end }}}}").as_bytes()),
        refused
    );
    let blocks = nested("{{ block \"b\" . }}", "x", "{{ end }}", 100_000);
    assert_eq!(outcome(blocks.as_bytes()), refused);
}

#[test]
fn what_nests_deeply_is_done() {
    let parentheses = nested("(print ", "1", ")", 900);
    assert_eq!(outcome(format!("{{{{ {parentheses} }}}}").as_bytes()), "1");
    let ifs = nested("{{ if true }}", "x", "{{ end }}", 900);
    assert_eq!(outcome(ifs.as_bytes()), "x");
    let chain = "{{ else if false }}".repeat(900);
    let text = format!("{{{{ if false }}}}{chain}{{{{ else }}}}y{{{{ end }}}}");
    assert_eq!(outcome(text.as_bytes()), "y");
}

#[test]
fn what_never_ends_is_stopped() {
    let stopped = "the template does more than 300000 steps";
    for text in [
        "{{ range 1000000000000000000 }}{{ end }}",
        "{{ range 1000000000000000000 }}{{ continue }}{{ end }}",
        "{{ range 1000 }}{{ range 1000 }}{{ end }}{{ end }}",
        r#"{{ define "a" }}{{ template "b" }}{{ template "b" }}{{ end }}{{ define "b" }}{{
            range 1000 }}{{ . }}{{ end }}{{ end }}{{ range 1000 }}{{ template "a" }}{{ end }}"#,
    ] {
        let outcome = outcome(text.as_bytes());
        assert!(outcome.ends_with(stopped), "{outcome}");
    }
}

#[test]
fn what_prints_too_much_is_stopped() {
    let wide = outcome(b"{{ range 1000 }}{{ printf `%1000000d` 1 }}{{ end }}");
    let stopped = "makes a text of more than 1048576 bytes";
    assert!(wide.ends_with(stopped), "{wide}");
    let doubling = "{{ $s := `xxxxxxxx` }}{{ range 60 }}{{ $s = print $s $s }}{{ end }}";
    assert!(outcome(doubling.as_bytes()).contains("a text of more than 1048576 bytes"));
}

#[test]
fn long_things_are_only_long() {
    let fields = ".a".repeat(100_000);
    let field = outcome(format!("{{{{ {fields} }}}}").as_bytes());
    assert!(
        field.ends_with("nil pointer evaluating interface {}.a"),
        "{field}"
    );
    let digits = "9".repeat(30);
    let overflow = outcome(format!("{{{{ {digits} }}}}").as_bytes());
    assert!(
        overflow.ends_with(&format!("integer overflow: \"{digits}\"")),
        "{overflow}"
    );
    let digits = format!("{{{{ {} }}}}", "9".repeat(100_000));
    assert!(outcome(digits.as_bytes()).ends_with("9999\""));
    let commands = "| print ".repeat(20_000);
    assert_eq!(
        outcome(format!("{{{{ 12345 {commands} | len }}}}").as_bytes()),
        "5"
    );
    let variables: String = (0..2000)
        .map(|n| format!("{{{{ $v{n} := {n} }}}}"))
        .collect();
    assert_eq!(outcome(format!("{variables}{{{{ $v7 }}}}").as_bytes()), "7");
}

/// Texts that were found by throwing random ones at the parser and the executor.
#[test]
fn kept_texts_do_no_harm() {
    let texts: Vec<String> = serde_json::from_str(include_str!("hostile/texts.json")).unwrap();
    for text in &texts {
        let one = outcome(text.as_bytes());
        assert_eq!(one, outcome(text.as_bytes()), "{text}");
    }
    let no_text = [
        &b"\xff{{\xfe}}"[..],
        b"{{\"\xff\"}}",
        b"{{`\xff`}}",
        b"{{'\xff'}}",
        b"\xff{{- .\xff -}}",
    ];
    for bytes in no_text {
        assert_eq!(outcome(bytes), outcome(bytes));
    }
}
