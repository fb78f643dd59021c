//! Templates that ask for more than there is: each must fail, soon, with a text.

use gotemplate::{Cycles, Host, TemplateSet, Value};

#[test]
fn nothing_grows_without_end() {
    const DOUBLED: &str =
        "{{ $d := dict }}{{ range 40 }}{{ $d = dict \"a\" $d \"b\" $d }}{{ end }}";
    const ITSELF: &str = "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}";
    let rows = [
        ("", "until 1000000000", "the list would be too long"),
        (
            "",
            "untilStep 0 9223372036854775807 1",
            "the list would be too long",
        ),
        (
            "",
            "seq 1 9223372036854775807",
            "the list would be too long",
        ),
        (
            "",
            "repeat 1000000 (repeat 1000 \"x\")",
            "the text would be too long",
        ),
        ("", "indent 100000000 \"a\"", "the text would be too long"),
        (
            "",
            "replace \"\" (repeat 1000000 \"x\") (repeat 1000 \"y\")",
            "the text would be too long",
        ),
        (
            "",
            "wrapWith 1 (repeat 1000000 \"x\") (repeat 1000 \"y\")",
            "the text would be too long",
        ),
        (
            "",
            "join (repeat 1000000 \"x\") (until 1000)",
            "the text would be too long",
        ),
        (
            "",
            "regexReplaceAll \"\" (repeat 1000 \"y\") (repeat 1000000 \"x\")",
            "the text would be too long",
        ),
        (
            "",
            "mustRegexMatch `((((x{10}){10}){10}){10}){10}` \"x\"",
            "invalid repeat count",
        ),
        (
            "",
            "mustRegexMatch `\\pL{1000}` \"x\"",
            "expression too large",
        ),
        (
            "{{ $l := list 1 }}{{ range 40 }}{{ $l = concat $l $l }}{{ end }}",
            "$l",
            "the list would be too long",
        ),
        (DOUBLED, "deepCopy $d", "the list would be too long"),
        (ITSELF, "deepCopy $d", "maps and lists nest too deep"),
        (
            ITSELF,
            "mustToJson $d",
            "json: unsupported value: encountered a cycle",
        ),
        (
            ITSELF,
            "mergeOverwrite $d $d",
            "maps and lists nest too deep",
        ),
        ("", "mustFromJson (repeat 1000 \"[\")", "exceeded max depth"),
    ];
    for (before, call, expected) in rows {
        let found = outcome(&format!("{before}{{{{ {call} }}}}"));
        assert!(found.contains(expected), "{before} {call}: {found:.200}");
    }
}

fn outcome(template: &str) -> String {
    let functions = sprig::functions();
    let _cycles = Cycles::watch();
    let mut set = TemplateSet::new("t");
    set.parse("t", template.as_bytes(), &functions).unwrap();
    match set.execute("t", Value::Nil, &Host::new(&functions, &())) {
        Ok(text) => text.as_str().into_owned(),
        Err(error) => error.to_string(),
    }
}
