//! Whatever is written reads back as the same value, and reading never panics.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::Value;
use yaml::{Limits, Node, read_documents, read_first, write};
use yaml::{read_node, read_node_with_comments, write_node};

/// Text made of what the writer has to look at twice.
fn tricky_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        "  ",
        "\n",
        "\t",
        "\r",
        ":",
        ": ",
        "#",
        " #",
        "- ",
        "-",
        "---",
        "...",
        "?",
        "? ",
        "&a",
        "*a",
        "!x",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "%",
        "@",
        "`",
        "[",
        "]",
        "{",
        "}",
        ",",
        "<<",
        "=",
        "~",
        "yes",
        "null",
        "0",
        "1",
        "0x1",
        "1e3",
        ".5",
        ".inf",
        "1:30",
        "2020-01-01",
        "_",
        "é",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1f600}",
        "\0",
        "\u{7f}",
        "\u{9f}",
        "word ",
        "a word that is somewhat longer ",
    ];
    vec(
        prop_oneof![4 => proptest::sample::select(pieces).prop_map(str::to_owned), 1 => ".{0,6}"],
        0..12,
    )
    .prop_map(|pieces| pieces.concat())
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |float| float.is_finite())
            .prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number(),
        tricky_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(tricky_text(), inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// A value as it is once it has been JSON: 1.0 is 1.
fn settled(value: &Value) -> Value {
    read_first(format!("{{\"\": {value}}}").as_bytes(), &Limits::default()).unwrap()[""].take()
}

proptest! {
    #[test]
    fn what_is_written_reads_back_as_the_same_value(value in value()) {
        let written = write(&value);
        let read = read_first(written.as_bytes(), &Limits::default());
        prop_assert_eq!(read, Ok(settled(&value)), "{}", written);
    }

    #[test]
    fn what_is_written_is_written_the_same_once_read(value in value()) {
        let written = write(&value);
        let again = write(&read_first(written.as_bytes(), &Limits::default()).unwrap());
        prop_assert_eq!(again, written);
    }

    #[test]
    fn no_text_makes_the_reader_panic(pieces in vec(tricky_text(), 0..8)) {
        let text = pieces.join("\n");
        if let Ok(documents) = read_documents(text.as_bytes(), &Limits::default()) {
            for document in documents {
                let written = write(&document.value);
                let read = read_first(written.as_bytes(), &Limits::default());
                prop_assert_eq!(read, Ok(document.value));
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..64)) {
        let _ = read_documents(&bytes, &Limits::default());
    }

    #[test]
    fn no_text_makes_the_node_reader_panic(pieces in vec(tricky_text(), 0..8)) {
        let text = pieces.join("\n");
        if let Ok(Some(node)) = read_node(&text, &Limits::default()) {
            let _ = (node.to_value(), write_node(&node));
        }
        if let Ok(Some(node)) = read_node_with_comments(&text, &Limits::default()) {
            write_node(&node);
        }
    }

    #[test]
    fn a_tree_made_of_a_value_reads_back_as_that_value(value in value()) {
        let object = serde_json::json!({ "it": settled(&value) });
        let node = Node::from_value(&object);
        if let Ok(value) = node.to_value() {
            let read = read_node(&write_node(&node), &Limits::default()).unwrap().unwrap();
            prop_assert_eq!(read.to_value(), Ok(value));
        }
    }
}
