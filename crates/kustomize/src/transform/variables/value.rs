//! What a variable stands for.
//!
//! Comes in: the resource a variable takes its value from, and the path of a field in it. Goes out:
//! the value with its type. Source: kyaml 0.21, yaml/rnode.go (GetFieldValue).

use super::ValueError;
use crate::node;
use yaml::{Node, Tag};

/// The value of a variable.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Value {
    /// Text, and whatever has no type of its own here.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
}

impl Value {
    /// The value of a field. Maps and lists are none: they can take nobody's place.
    pub fn read(object: &Node, path: &str) -> Result<Option<Self>, ValueError> {
        let steps = node::split_smart(path, '.');
        let steps: Vec<_> = steps.iter().flat_map(|step| split_position(step)).collect();
        let found = node::lookup(object, &steps)?.ok_or(ValueError::Missing)?;
        match found.is_scalar() {
            true => Self::of_scalar(found).map(Some),
            false => Ok(None),
        }
    }

    fn of_scalar(node: &Node) -> Result<Self, ValueError> {
        let text = node.text();
        let value = match node.tag {
            // Numbers as Go reads them: no octal, no hexadecimal, no underscores, no infinity.
            Tag::Int => text.parse().ok().map(Self::Integer),
            Tag::Float => finite(text).map(Self::Float),
            Tag::Bool => text.to_ascii_lowercase().parse().ok().map(Self::Bool),
            _ => Some(Self::Text(text.to_owned())),
        };
        value.ok_or_else(|| ValueError::Unreadable {
            text: text.to_owned(),
            line: node.line,
        })
    }

    /// As it stands in the middle of a text.
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => integer.to_string(),
            Self::Float(float) => general(*float),
            Self::Bool(truth) => truth.to_string(),
        }
    }

    /// How much it adds to a text, roughly.
    pub fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            _ => 1,
        }
    }

    /// As it stands alone: floats without an exponent.
    pub fn to_whole_text(&self) -> String {
        match self {
            Self::Float(float) => float.to_string(),
            other => other.to_text(),
        }
    }
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|float: &f64| float.is_finite())
}

/// A float as Go's `%v` prints it: `0.5`, `1e+06`, `1e-05`.
fn general(float: f64) -> String {
    let scientific = format!("{float:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, ""));
    match exponent.parse::<i32>() {
        Ok(exponent) if exponent < -4 => format!("{digits}e-{:02}", -exponent),
        Ok(exponent) if exponent >= 6 => format!("{digits}e+{exponent:02}"),
        _ => float.to_string(),
    }
}

/// `ports[0]` has the steps `ports` and `0`.
fn split_position(step: &str) -> impl Iterator<Item = &str> {
    let parts = step
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    let decimal = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (head, position) = match parts {
        Some((head, position)) if decimal(position) => (head, Some(position)),
        _ => (step, None),
    };
    std::iter::once(head).chain(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_have_an_exponent_when_go_gives_them_one() {
        for (float, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (0.5, "0.5"),
            (123_456.75, "123456.75"),
            (1e6, "1e+06"),
            (1_234_567.5, "1.2345675e+06"),
            (0.000_1, "0.0001"),
            (-0.000_012, "-1.2e-05"),
            (1e100, "1e+100"),
        ] {
            assert_eq!(general(float), expected);
        }
    }

    #[test]
    fn positions_behind_a_key_are_steps_of_their_own() {
        for (step, expected) in [
            ("ports[0]", vec!["ports", "0"]),
            ("ports[0][1]", vec!["ports[0]", "1"]),
            ("[12]", vec!["", "12"]),
            ("[name=a]", vec!["[name=a]"]),
            ("ports[]", vec!["ports[]"]),
            ("ports", vec!["ports"]),
        ] {
            assert_eq!(split_position(step).collect::<Vec<_>>(), expected, "{step}");
        }
    }
}
