//! Texts that ask for too much, or that are not YAML at all: each ends in an error that says where.

use yaml::{DuplicateKeys, Limits, Problem, ReadError, documents, read_documents, read_first};

fn fails(text: &str) -> ReadError {
    fails_within(text.as_bytes(), &Limits::default())
}

fn fails_within(text: &[u8], limits: &Limits) -> ReadError {
    read_documents(text, limits).expect_err("because the text is refused")
}

#[test]
fn an_error_says_document_line_column_and_what_to_do() {
    let error = fails("a: 1\n---\nb:\n  - c: [\n");
    assert_eq!((error.document, error.line), (2, 5));
    assert!(
        error.to_string().starts_with("document 2, line 5, column "),
        "{error}"
    );
    assert!(!error.next_step().is_empty());
}

#[test]
fn documents_before_a_broken_one_can_be_had() {
    let limits = Limits::default();
    let all: Vec<_> = documents(b"a: 1\n---\n# nothing\n---\nb: [\n---\nc: 3\n", &limits).collect();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].as_ref().map(|document| document.line), Ok(1));
    assert_eq!(all[1].as_ref().map_err(|error| error.document), Err(3));
}

#[test]
fn empty_documents_are_passed_over_and_lines_are_those_of_the_values() {
    let text = b"---\n# only this\n---\n\n# first\na: 1\n---\n---\nnull\n--- b\n...\n";
    let read = read_documents(text, &Limits::default()).unwrap();
    let lines: Vec<_> = read.iter().map(|document| document.line).collect();
    assert_eq!(lines, [6, 10]);
    assert_eq!(read_documents(b"", &Limits::default()), Ok(vec![]));
}

#[test]
fn json_is_read_value_by_value() {
    let text = b"\xef\xbb\xbf{\"a\": 1.0, \"b\": 1e400}\n";
    let read = read_documents(text, &Limits::default()).unwrap();
    assert_eq!(read[0].value, serde_json::json!({"a": 1, "b": "1e400"}));
    let stream = b"\n{\"a\": 2.0, \"a\": 3}\n\n{\"b\": \"\\ud83d\\ude00\"}";
    let read = read_documents(stream, &Limits::default()).unwrap();
    assert_eq!((read[0].line, read[1].line), (2, 4));
    assert_eq!(read[0].value, serde_json::json!({"a": 3}));
}

#[test]
fn deep_nesting_is_refused_in_every_form() {
    let flow = "[".repeat(100_000);
    assert_eq!(fails(&flow).problem, Problem::TooDeep { limit: 512 });
    let json = "{\"a\":".repeat(100_000);
    assert_eq!(fails(&json).problem, Problem::TooDeep { limit: 512 });
    let block = "- ".repeat(100_000);
    assert_eq!(fails(&block).problem, Problem::TooDeep { limit: 512 });
    let keys = "? ".repeat(100_000);
    assert_eq!(fails(&keys).problem, Problem::TooDeep { limit: 512 });
}

#[test]
fn no_limit_goes_deeper_than_the_stack() {
    let limits = Limits {
        depth: usize::MAX,
        ..Limits::default()
    };
    let text = "[".repeat(100_000);
    let limit = Limits::DEEPEST;
    assert_eq!(
        fails_within(text.as_bytes(), &limits).problem,
        Problem::TooDeep { limit }
    );
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let fits = format!("{}{}", open.repeat(limit), close.repeat(limit));
        let value = read_first(fits.as_bytes(), &limits).unwrap();
        let written = yaml::write(&value.clone());
        assert_eq!(read_first(written.as_bytes(), &limits), Ok(value));
    }
}

#[test]
fn tags_declared_by_the_thousand_are_refused() {
    let tags: String = (0..2000)
        .map(|number| format!("%TAG !t{number}! x\n"))
        .collect();
    let error = fails(&format!("{tags}---\na: 1\n"));
    assert_eq!(error.problem, Problem::TooManyDirectives { limit: 1000 });
}

#[test]
fn aliases_of_aliases_cannot_nest_without_end() {
    let limits = Limits {
        depth: 30,
        ..Limits::default()
    };
    let mut text = String::from("- &a0 [x]\n");
    for number in 1..40 {
        text.push_str(&format!("- &a{number} [*a{}]\n", number - 1));
    }
    let error = fails_within(text.as_bytes(), &limits);
    assert_eq!(
        (error.problem, error.line),
        (Problem::TooDeep { limit: 30 }, 30)
    );
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for number in 1..10 {
        let alias = format!("*a{}", number - 1);
        text.push_str(&format!(
            "a{number}: &a{number} [{}]\n",
            [&*alias; 9].join(", ")
        ));
    }
    assert_eq!(fails(&text).problem, Problem::ExcessiveAliasing);
}

#[test]
fn a_bomb_of_text_is_refused() {
    let long = "x".repeat(1 << 20);
    let text = format!("a: &a {long}\nb: [{}]\n", vec!["*a"; 100].join(", "));
    assert_eq!(
        fails(&text).problem,
        Problem::AliasedTooMuch { limit: 64 << 20 }
    );
}

#[test]
fn keys_merge_and_double_as_go_yaml_has_it() {
    let text = "base: &b {x: 1, z: 2}\nuse:\n  x: 9\n  <<: *b\n  z: 3\n  z: 4\n";
    let value = read_first(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(value["use"], serde_json::json!({"x": 1, "z": 4}));
    let strict = Limits {
        duplicate_keys: DuplicateKeys::Refuse,
        ..Limits::default()
    };
    let error = fails_within(b"{\"a\": 1, \"a\": 2}", &strict);
    assert_eq!(error.problem, Problem::DuplicateKey("a".into()));
    assert_eq!(
        fails("a: &a {<<: *a}").problem,
        Problem::AnchorInItself("a".into())
    );
    assert_eq!(fails("<<: [a]").problem, Problem::MergeOfNoMap);
}

#[test]
fn numbers_stand_as_keys_the_way_go_spells_them() {
    let text = "1e6: a\n0x10: b\n? &k 2.50\n: c\n? *k\n: d\n";
    let value = read_first(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(
        value,
        serde_json::json!({"1e+06": "a", "16": "b", "2.5": "d"})
    );
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_stand() {
    let error = fails_within(b"a: 1\nb: \xff\n", &Limits::default());
    assert_eq!(
        (error.line, error.column, error.problem),
        (2, 4, Problem::NotUtf8)
    );
    let error = fails("a: 1\nb: x\0y\n");
    assert_eq!((error.line, error.column), (2, 5));
    assert!(
        error
            .to_string()
            .contains("control characters are not allowed"),
        "{error}"
    );
}

#[test]
fn length_and_number_of_documents_are_bounded() {
    let limits = Limits {
        bytes: 4,
        documents: 1,
        ..Limits::default()
    };
    let problem = fails_within(b"a: 1\n", &limits).problem;
    assert_eq!(problem, Problem::TooLong { bytes: 5, limit: 4 });
    let limits = Limits {
        documents: 1,
        ..Limits::default()
    };
    let error = fails_within(b"a\n--- \n# no\n---\nb\n", &limits);
    assert_eq!(
        (error.problem, error.line),
        (Problem::TooManyDocuments { limit: 1 }, 5)
    );
    assert!(read_documents(b"a\n", &limits).is_ok());
}
