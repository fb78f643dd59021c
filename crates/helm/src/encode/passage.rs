//! What becomes of JSON text that is read as YAML, on its way to be written as YAML.
//!
//! In: a JSON value. Out: the value go-yaml has after it read that value's JSON text, or the words
//! with which it refuses. JSON is nearly YAML, but go-yaml takes no control characters, folds a
//! NEL as a line break, and finds no key longer than 1024 characters. Source: go-yaml 2.4,
//! readerc.go and scannerc.go.

use serde_json::Value as Plain;

/// JSON that go-yaml does not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PassageError {
    /// A character it does not take.
    #[error("yaml: control characters are not allowed")]
    Control,
    /// A key it does not see as one.
    #[error("yaml: did not find expected ',' or '}}'")]
    LongKey,
}

/// Changes a value to what go-yaml reads from its JSON.
pub fn through_yaml(value: &mut Plain) -> Result<(), PassageError> {
    match value {
        Plain::String(text) => {
            if is_suspect(text) {
                *text = read(text)?;
            }
            Ok(())
        }
        Plain::Array(items) => items.iter_mut().try_for_each(through_yaml),
        Plain::Object(fields) => fields.iter_mut().try_for_each(|(key, value)| {
            check_key(key)?;
            through_yaml(value)
        }),
        _ => Ok(()),
    }
}

/// Could there be such characters in it? Most texts are told by their bytes alone.
fn is_suspect(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    while let Some(at) = memchr::memchr3(0x7f, 0xc2, 0xef, bytes) {
        let rest = &bytes[at..];
        match rest {
            [0x7f, ..] | [0xc2, 0x80..=0x9f, ..] | [0xef, 0xbf, 0xbe..=0xbf, ..] => return true,
            _ => bytes = &rest[1..],
        }
    }
    false
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}'..='\u{ffff}')
}

const NEL: char = '\u{85}';

/// A NEL, and blanks around it, is a blank; more of them are one line break less.
fn read(text: &str) -> Result<String, PassageError> {
    if text.contains(is_control) {
        return Err(PassageError::Control);
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(NEL) {
        folded.push_str(rest[..at].trim_end_matches(' '));
        let behind = rest[at..].trim_start_matches([NEL, ' ']);
        let run = &rest[at..rest.len() - behind.len()];
        match run.matches(NEL).count() {
            1 => folded.push(' '),
            breaks => folded.extend(std::iter::repeat_n('\n', breaks - 1)),
        }
        rest = behind;
    }
    folded.push_str(rest);
    Ok(folded)
}

/// The longest key go-yaml finds the colon of, in characters of JSON without the quotes.
const LONGEST_KEY: usize = 1022;

fn check_key(key: &str) -> Result<(), PassageError> {
    if is_suspect(key) {
        if key.contains(is_control) {
            return Err(PassageError::Control);
        }
        if key.contains(NEL) {
            return Err(PassageError::LongKey);
        }
    }
    if key.len() * 6 <= LONGEST_KEY {
        return Ok(());
    }
    match key.chars().map(json_width).sum::<usize>() {
        ..=LONGEST_KEY => Ok(()),
        _ => Err(PassageError::LongKey),
    }
}

/// How many characters JSON text has for one.
fn json_width(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..' ' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    }
}
