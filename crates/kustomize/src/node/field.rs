//! One field of a mapping: found, set, taken out.
//!
//! Comes in: a mapping and a key. Goes out: the value, or the mapping with its field set. Source of
//! the rules: kyaml 0.21, yaml/fns.go (FieldMatcher, FieldSetter, FieldClearer).

use yaml::{Form, Limits, Node, Tag};

/// Why a field could not be reached.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum NodeError {
    /// Something of another kind stands where the path leads through.
    #[error("line {line}: expected a {expected}, found a {found}")]
    WrongKind {
        /// What the path needs: `map`, `list` or `scalar`.
        expected: &'static str,
        /// What stands there.
        found: &'static str,
        /// Where, from 1; 0 if it was made during the build.
        line: u32,
    },
    /// A step in brackets without `=`.
    #[error("list path element {0} must have the form [fieldName=fieldValue]")]
    Selector(String),
    /// A step that is a negative number.
    #[error("array index {0} cannot be negative")]
    NegativeIndex(i64),
    /// `*` where one node is looked for.
    #[error("wildcard is not supported here")]
    Wildcard,
    /// `-` asks for the last item of a list that has none.
    #[error("the list is empty and has no last item")]
    NoLastItem,
    /// The path asks for an item the list does not have.
    #[error("index {index} specified but only {length} elements found")]
    IndexOutOfRange {
        /// The position asked for, from 0.
        index: usize,
        /// How many items there are.
        length: usize,
    },
    /// A regular expression in a path is broken.
    #[error("the expression {pattern} in the path is not valid")]
    Pattern {
        /// As written.
        pattern: String,
        /// What is wrong with it.
        #[source]
        source: regex::Error,
    },
    /// A path is longer than objects are deep.
    #[error("the path has {0} steps; objects are not as deep")]
    TooManySteps(usize),
    /// What is written into fields adds up to too much.
    #[error("more than {0} bytes are written into fields like this one; write shorter texts")]
    TooMuchText(usize),
    /// A text that should hold YAML or JSON does not.
    #[error("the text does not read as YAML")]
    Structured(#[source] yaml::ReadError),
}

impl NodeError {
    /// The error for a node of the wrong kind.
    pub fn wrong_kind(expected: &'static str, node: &Node) -> Self {
        Self::WrongKind {
            expected,
            found: node.kind_name(),
            line: node.line,
        }
    }
}

/// The value of a field. Null has no fields; a scalar or a list is an error.
pub fn get_field<'a>(node: &'a Node, key: &str) -> Result<Option<&'a Node>, NodeError> {
    match node.is_null() || node.is_mapping() {
        true => Ok(node.get(key)),
        false => Err(NodeError::wrong_kind("map", node)),
    }
}

/// Sets a field and gives the value where it now stands. A value of null takes the field out, and
/// nothing is given. A field that is there keeps its style, a new string is quoted if a YAML 1.1
/// reader would take it for something else.
pub fn set_field<'a>(
    node: &'a mut Node,
    key: &str,
    mut value: Node,
) -> Result<Option<&'a mut Node>, NodeError> {
    quote_if_ambiguous(&mut value);
    if value.is_null() {
        clear(node, key)?;
        return Ok(None);
    }
    if !node.is_mapping() {
        return Err(NodeError::wrong_kind("map", node));
    }
    if node.get(key).is_none() {
        node.push_entry(key, value);
        return Ok(node
            .entries_mut()
            .and_then(|all| all.last_mut())
            .map(|(_, value)| value));
    }
    let Some(field) = node.get_mut(key) else {
        return Ok(None);
    };
    value.style = field.style;
    field.become_like(value);
    Ok(Some(field))
}

/// Adds a field that is not there, without looking for it, and otherwise as [`set_field`]: in a map of
/// very many fields that takes its time.
pub fn add_field(map: &mut Node, key: &str, mut value: Node) {
    quote_if_ambiguous(&mut value);
    map.push_entry(key, value);
}

/// Takes a field out, if it is there. A scalar or a list is an error.
pub fn clear(node: &mut Node, key: &str) -> Result<Option<Node>, NodeError> {
    match node.is_null() || node.is_mapping() {
        true => Ok(node.remove(key)),
        false => Err(NodeError::wrong_kind("map", node)),
    }
}

fn quote_if_ambiguous(value: &mut Node) {
    let string = value.is_scalar() && matches!(value.tag, Tag::Str | Tag::None);
    let unstyled = value.style.form == Form::Plain && !value.style.tagged;
    if string && unstyled && reads_as_non_string(value.text()) {
        value.style.form = Form::DoubleQuoted;
    }
}

/// Would a YAML 1.1 reader take this text, as a whole document, for anything else than a string?
/// Source: kyaml 0.21, yaml/compatibility.go.
pub fn reads_as_non_string(text: &str) -> bool {
    if text.is_empty() || text.contains('\n') {
        return false;
    }
    if is_plain_word(text) {
        return is_word_of_yaml(text);
    }
    match yaml::read_first(text.as_bytes(), &Limits::default()) {
        Ok(value) => !value.is_string(),
        // A value JSON cannot carry is a value all the same; broken syntax is text.
        Err(error) => matches!(
            error.problem,
            yaml::Problem::NotFinite(_) | yaml::Problem::MapKey(_)
        ),
    }
}

/// Text that is one plain scalar and no number: it starts with a letter, `/` or `_`, and has neither
/// a `: ` nor a comment in it. So is most text; it need not be read.
fn is_plain_word(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'_');
    let plain = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'#';
    starts(bytes[0])
        && bytes.iter().all(plain)
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
}

/// Is it one of the words that are booleans or null in YAML 1.1?
fn is_word_of_yaml(text: &str) -> bool {
    const WORDS: [&str; 25] = [
        "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE", "n", "N", "no",
        "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE", "null", "Null", "NULL",
    ];
    text.len() <= 5 && WORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_yaml_1_1_takes_for_something_else_are_known() {
        for (text, non_string) in [
            ("yes", true),
            ("Off", true),
            ("nULL", false),
            ("name", false),
            ("nginx:1.25", false),
            ("a: b", true),
            ("no # comment", true),
            ("no ", true),
            ("a:", true),
            ("http://example.org", false),
            ("/data", false),
            ("5", true),
            ("0x1F", true),
            ("1:30", false),
            ("5m", false),
            ("~", true),
            ("", false),
            ("[a", false),
            ("[a]", true),
        ] {
            assert_eq!(reads_as_non_string(text), non_string, "{text}");
        }
    }

    #[test]
    fn text_that_is_not_read_means_what_it_means_when_read() {
        let starts = ["a", "/", "_", "n", "No", "on", "null", "e5", "Inf", "y"];
        let ends = [
            "", " ", ":", "a", "#", " #", ": a", ":a", "~", "{", "]", "'", "\"", "%", "\t",
        ];
        let texts = starts.iter().flat_map(|start| {
            ends.iter()
                .flat_map(move |end| [format!("{start}{end}"), format!("{start} {end}x")])
        });
        for text in texts.filter(|text| is_plain_word(text)) {
            let read = yaml::read_first(text.as_bytes(), &Limits::default());
            let non_string = read.is_ok_and(|value| !value.is_string());
            assert_eq!(is_word_of_yaml(&text), non_string, "{text:?}");
        }
    }
}
