//! Scalars that readers and writers of YAML trip over.

use crate::choices::Choices;

const ODD: &[&str] = &[
    "word",
    "1",
    "0",
    "-1",
    "0777",
    "0o17",
    "0x1F",
    "0b11",
    "08",
    "1_000",
    "+12",
    "1.0",
    "1.50",
    "1e3",
    "1e21",
    "1234567.5",
    "0.00001",
    "-0.0",
    ".5",
    "5.",
    "6.02e+23",
    "100000000000000000000",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "yes",
    "No",
    "on",
    "OFF",
    "y",
    "n",
    "true",
    "True",
    "FALSE",
    "null",
    "~",
    "Null",
    "''",
    "\"\"",
    "2020-01-01",
    "2020-01-01T10:00:00Z",
    "2020-1-1",
    "12:30:45",
    "1:30",
    "1:30:45",
    "0.1.0",
    "1.2.3",
    ".inf",
    "-.Inf",
    ".nan",
    "<<",
    "=",
    "'true'",
    "\"0777\"",
    "'1e3'",
    "\"12:30\"",
    "'null'",
    "'~'",
    "\"2020-01-01\"",
    "'yes'",
    "\"a\\nb\"",
    "\"a\\nb\\n\"",
    "\"\\n\"",
    "\" lead\"",
    "\"trail \"",
    "\"tab\\there\"",
    "\"tab\\there\\nand a line\\n\"",
    "\"# no comment\"",
    "\"a: b\"",
    "\"- a\"",
    "\"{a}\"",
    "\"[a]\"",
    "\"a, b\"",
    "\"*a\"",
    "\"&a\"",
    "\"!a\"",
    "\"%a\"",
    "\"@a\"",
    "\"`a\"",
    "\"'\"",
    "\"it's\"",
    "'\"'",
    "\"\\\\\"",
    "a#b",
    "a:b",
    "\"a #b\"",
    "\"a:\"",
    "\":a\"",
    "\"?\"",
    "\"-\"",
    "\"--\"",
    "\"---\"",
    "\"...\"",
    "\"|\"",
    "\">\"",
    "\"é\"",
    "\"日本\"",
    "\"🦀\"",
    "\"a\\u2028b\"",
    "\"a\\u00a0b\"",
    "\"\\ufeffa\"",
    "\"\\u0001\"",
    "\"\\r\\n\"",
    "$(VAR)",
    "\"{{ x }}\"",
    "!!str 12",
    "!!int \"12\"",
    "!!float 3",
    "!!binary aGk=",
    "!own x",
    "[]",
    "{}",
    "[1, two, null]",
    "{b: 1, a: 2}",
    "a b c",
    "a  b",
    "this plain text is so long that it has to be folded by whoever writes it, since it passes eighty",
    "\"quoted: this text is so long that it has to be folded by whoever writes it, past eighty columns\"",
    "\"first line\\n  indented line\\n\\nlast line after a blank one\"",
    "\"  indented first line\\nsecond\\n\"",
    "\"ends with blanks  \\nsecond\\n\"",
    "\"two\\n\\n\"",
];

const SIGNS: &[&str] = &[
    "a", "b", "0", "1", " ", "  ", ":", "-", "#", "'", "\\\"", "\\n", "\\t", ".", ",", "{", "[",
    "e", "x", "_", "+", "?", "!", "%", "&", "*", "é", "\\u2029", "\\\\", "=", "<", ">", "|", "~",
];

const PLAIN: &[&str] = &[
    "1", "0", "2", "9", "e", "E", "x", "o", "b", "_", "-", "+", ".", ":", "f",
];

/// A scalar, as YAML text for one line.
pub fn scalar(choices: &mut Choices) -> String {
    match choices.below(6) {
        0..=3 => choices.pick(ODD).to_owned(),
        4 => format!("\"{}\"", run(choices, SIGNS, 30)),
        _ => format!("1{}", run(choices, PLAIN, 6)),
    }
}

/// A scalar that is a text in any reading.
pub fn text(choices: &mut Choices) -> String {
    match choices.below(2) {
        0 => format!("\"{}\"", run(choices, SIGNS, 12)),
        _ => choices
            .pick(&[
                "word",
                "\"1\"",
                "\"yes\"",
                "two words",
                "\"\"",
                "\"a\\nb\\n\"",
            ])
            .into(),
    }
}

fn run(choices: &mut Choices, from: &[&str], most: usize) -> String {
    choices
        .several(most, |choices| choices.pick(from).to_owned())
        .concat()
}
