//! A tree for a value.
//!
//! Comes in: a value. Goes out: the tree kyaml has of it, which is what yaml.v3 reads from what
//! yaml.v3 writes: text that would be read as something else, or as something else by a YAML 1.1
//! reader, is quoted. Source of the rules: kyaml 0.21, yaml/rnode.go (FromMap); yaml.v3 3.0,
//! encode.go.

use super::{Content, Form, Node, Tag};
use crate::number;
use crate::resolve::v3;
use crate::write::analysis;
use crate::write::base60;
use crate::write::key_order::{Order, sorted};
use serde_json::{Map, Number, Value};

impl Node {
    /// The tree of a value. Its keys are sorted; its lines are 0.
    pub fn from_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::new(Content::Scalar("null".into()), Tag::Null),
            Value::Bool(flag) => Self::new(Content::Scalar(flag.to_string().into()), Tag::Bool),
            Value::Number(number) => of_number(number),
            Value::String(text) => of_text(text),
            Value::Array(items) => of_items(items),
            Value::Object(fields) => of_fields(fields),
        }
    }
}

fn of_number(number: &Number) -> Node {
    let text = match number.as_f64() {
        Some(float) if number.is_f64() => number::go_text(float),
        _ => number.to_string(),
    };
    let tag = v3::tag(&text);
    Node::new(Content::Scalar(text.into()), tag)
}

fn of_text(text: &str) -> Node {
    let mut node = Node::new(Content::Scalar(text.into()), Tag::Str);
    node.style.form = form(text);
    if text == "<<" {
        node.tag = Tag::Merge; // yaml.v3 writes it plain, and reads that as a merge key.
    }
    node
}

fn of_items(items: &[Value]) -> Node {
    let mut nodes = Vec::with_capacity(items.len());
    for item in items {
        nodes.push(Node::from_value(item));
    }
    collection(Content::Sequence(nodes), Tag::Seq, items.is_empty())
}

fn of_fields(fields: &Map<String, Value>) -> Node {
    let mut entries = Vec::with_capacity(fields.len());
    for (key, value) in sorted(fields, Order::V3) {
        entries.push((of_text(key), Node::from_value(value)));
    }
    collection(Content::Mapping(entries), Tag::Map, fields.is_empty())
}

fn collection(content: Content, tag: Tag, is_empty: bool) -> Node {
    let mut node = Node::new(content, tag);
    if is_empty {
        node.style.form = Form::Flow;
    }
    node
}

fn form(text: &str) -> Form {
    let allowed = analysis::of(text);
    if text.contains('\n') {
        return match allowed.block {
            true => Form::Literal,
            false => Form::DoubleQuoted,
        };
    }
    match reads_as_text(text) {
        true if allowed.plain => Form::Plain,
        true if allowed.single_quoted => Form::SingleQuoted,
        _ => Form::DoubleQuoted,
    }
}

/// Whether plain text is text to yaml.v3, and to readers of YAML 1.1.
fn reads_as_text(text: &str) -> bool {
    let is_old_bool = matches!(
        text,
        "y" | "Y"
            | "yes"
            | "Yes"
            | "YES"
            | "on"
            | "On"
            | "ON"
            | "n"
            | "N"
            | "no"
            | "No"
            | "NO"
            | "off"
            | "Off"
            | "OFF"
    );
    !is_old_bool && v3::plain(text).is_none() && !base60::is(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_tags_and_forms_yaml_v3_gives_them() {
        for (value, text, tag, form) in [
            ("null", "null", Tag::Null, Form::Plain),
            ("true", "true", Tag::Bool, Form::Plain),
            (
                "18446744073709551615",
                "18446744073709551615",
                Tag::Int,
                Form::Plain,
            ),
            ("1.0", "1", Tag::Int, Form::Plain),
            ("1000000.0", "1e+06", Tag::Float, Form::Plain),
            ("\"a b\"", "a b", Tag::Str, Form::Plain),
            ("\"\"", "", Tag::Str, Form::DoubleQuoted),
            ("\"5\"", "5", Tag::Str, Form::DoubleQuoted),
            ("\"no\"", "no", Tag::Str, Form::DoubleQuoted),
            ("\"1:30\"", "1:30", Tag::Str, Form::DoubleQuoted),
            ("\"- a\"", "- a", Tag::Str, Form::SingleQuoted),
            ("\"a\\tb\"", "a\tb", Tag::Str, Form::DoubleQuoted),
            ("\"a\\n\"", "a\n", Tag::Str, Form::Literal),
            ("\"a \\n\"", "a \n", Tag::Str, Form::DoubleQuoted),
            ("[]", "", Tag::Seq, Form::Flow),
            ("[1]", "", Tag::Seq, Form::Plain),
            ("{}", "", Tag::Map, Form::Flow),
        ] {
            let node = Node::from_value(&serde_json::from_str(value).unwrap());
            let seen = (node.text(), &node.tag, node.style.form);
            assert_eq!(seen, (text, &tag, form), "{value}");
        }
    }
}
