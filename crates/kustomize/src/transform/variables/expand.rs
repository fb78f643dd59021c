//! `$(NAME)` in a text.
//!
//! Comes in: a text and the values of variables. Goes out: the text with values in it, or the value
//! itself where the text is nothing but one variable. `$$` is a dollar sign; variables nobody knows
//! stay as they are. Source: Kustomize 5.8.1, api/filters/refvar/expand.go.

use super::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many bytes of values may be put into the fields of a build.
pub(super) const MOST: usize = 128 << 20;

/// Values by the names of their variables, and which of them were ever used.
pub(super) struct Values {
    by_name: BTreeMap<String, Value>,
    used: BTreeSet<String>,
    /// How many bytes may still be put into fields.
    left: usize,
}

/// What a text becomes.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Expanded {
    /// A value with a type of its own.
    Value(Value),
    /// Bytes: a `$` before a character outside ASCII tears that character apart, as upstream.
    Text(Vec<u8>),
    /// More than may be.
    TooMuch,
}

impl Values {
    pub fn new(by_name: BTreeMap<String, Value>) -> Self {
        Self {
            by_name,
            used: BTreeSet::new(),
            left: MOST,
        }
    }

    /// Was the variable ever used?
    pub fn was_used(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// Replaces the variables of a text.
    pub fn expand(&mut self, text: &str) -> Expanded {
        let mut output = Vec::new();
        let mut rest = text.as_bytes();
        while let Some(at) = operator(rest) {
            output.extend_from_slice(&rest[..at]);
            let behind = &rest[at + 1..];
            let Some(name) = variable(behind) else {
                rest = write_literal(behind, &mut output);
                continue;
            };
            match self.value(name) {
                Some(None) => return Expanded::TooMuch,
                Some(Some(value)) if text.len() == name.len() + 3 => {
                    return Expanded::Value(value.clone());
                }
                Some(Some(value)) => output.extend_from_slice(value.to_text().as_bytes()),
                None => output.extend_from_slice(&rest[at..at + name.len() + 3]),
            }
            rest = &behind[name.len() + 2..];
        }
        output.extend_from_slice(rest);
        Expanded::Text(output)
    }

    /// The value of a variable, if there is such a variable and the value may still be put anywhere.
    fn value(&mut self, name: &[u8]) -> Option<Option<&Value>> {
        let name = std::str::from_utf8(name).ok()?;
        let value = self.by_name.get(name)?;
        if !self.used.contains(name) {
            self.used.insert(name.to_owned());
        }
        let left = self.left.checked_sub(value.length());
        self.left = left.unwrap_or(self.left);
        Some(left.map(|_| value))
    }
}

/// Where the next `$` stands that something comes behind.
fn operator(text: &[u8]) -> Option<usize> {
    let at = text.iter().position(|byte| *byte == b'$');
    at.filter(|at| at + 1 < text.len())
}

/// The name in the brackets behind a `$`.
fn variable(behind: &[u8]) -> Option<&[u8]> {
    let inner = behind.strip_prefix(b"(")?;
    let end = inner.iter().position(|byte| *byte == b')')?;
    Some(&inner[..end])
}

/// Writes a `$` that begins no variable, and the byte behind it; `$$` is one. Gives what is left.
fn write_literal<'a>(behind: &'a [u8], output: &mut Vec<u8>) -> &'a [u8] {
    output.push(b'$');
    let Some((first, rest)) = behind.split_first() else {
        return behind;
    };
    if *first != b'$' {
        // The byte alone is taken for a character.
        output.extend_from_slice(char::from(*first).encode_utf8(&mut [0; 4]).as_bytes());
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        let by_name = [
            ("A", Value::Text("a".into())),
            ("EMPTY", Value::Text(String::new())),
            ("PORT", Value::Integer(80)),
            ("SHARE", Value::Float(1e6)),
            ("SMALL", Value::Float(0.000_01)),
            ("ON", Value::Bool(true)),
            ("AGAIN", Value::Text("$(A)".into())),
        ];
        Values::new(by_name.map(|(name, value)| (name.to_owned(), value)).into())
    }

    #[test]
    fn text_with_variables() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("x$(A)y$(A)z", "xay$z".replace('$', "a").as_str()),
            (" $(PORT)", " 80"),
            ("$(SHARE)/$(SMALL)", "1e+06/1e-05"),
            ("$(ON)$(EMPTY)", "true"),
            ("$(AGAIN)!", "$(A)!"),
            ("$$(A)", "$(A)"),
            ("$$$(A)", "$a"),
            ("$$$$(A)", "$$(A)"),
            ("$(UNKNOWN) $(A", "$(UNKNOWN) $(A"),
            ("$(A$(A))", "$(A$(A))"),
            ("$()", "$()"),
            ("5$ and $", "5$ and $"),
            ("$A", "$A"),
        ] {
            let expected = Expanded::Text(expected.as_bytes().to_vec());
            assert_eq!(values().expand(text), expected, "{text}");
        }
    }

    #[test]
    fn a_dollar_sign_tears_the_character_behind_it_apart() {
        let torn = Expanded::Text(b"$\xc3\xa2\x82\xac".to_vec());
        assert_eq!(values().expand("$€"), torn);
    }

    #[test]
    fn a_text_that_is_one_variable_becomes_its_value() {
        let mut values = values();
        assert_eq!(
            values.expand("$(PORT)"),
            Expanded::Value(Value::Integer(80))
        );
        assert_eq!(values.expand("$(ON)"), Expanded::Value(Value::Bool(true)));
        assert!(values.was_used("PORT") && !values.was_used("A"));
    }
}
