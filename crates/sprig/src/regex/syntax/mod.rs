//! RE2's syntax, translated. Source: Go 1.26, `regexp/syntax/parse.go`.
//!
//! In: an expression. Out: the same one for Rust's engine, or RE2's own error. What differs: `\d`
//! and its like are ASCII, `\Q..\E`, octal escapes, `{,2}` is literal, nothing has a meaning inside
//! of brackets but what RE2 knows, and stacked repetitions are refused.

mod class;
mod error;
mod escape;
mod group;
mod repeat;

pub use error::SyntaxError;
use group::Group;

/// A translated expression.
pub(super) struct Translated {
    pub pattern: String,
    /// The names of the groups; the engine does not know them.
    pub names: Vec<Option<String>>,
}

/// Translates an expression.
pub(super) fn translate(source: &[u8]) -> Result<Translated, SyntaxError> {
    let whole = str::from_utf8(source)
        .map_err(|error| SyntaxError::new("invalid UTF-8", &source[error.valid_up_to()..]))?;
    let mut translator = Translator {
        whole,
        rest: whole,
        pattern: String::with_capacity(source.len() + 16),
        names: Vec::new(),
        groups: vec![Group::default()],
        repeated: None,
    };
    while !translator.rest.is_empty() {
        translator.item()?;
    }
    match translator.groups.len() {
        1 => Ok(Translated {
            pattern: translator.pattern,
            names: translator.names,
        }),
        _ => Err(SyntaxError::new("missing closing )", source)),
    }
}

struct Translator<'a> {
    whole: &'a str,
    /// What was not read yet.
    rest: &'a str,
    pattern: String,
    names: Vec<Option<String>>,
    /// Those that are open, the whole expression first. Never empty.
    groups: Vec<Group>,
    /// If the last item was a repetition: where its operator begins.
    repeated: Option<&'a str>,
}

impl<'a> Translator<'a> {
    fn item(&mut self) -> Result<(), SyntaxError> {
        let repeated = self.repeated.take();
        match self.rest.as_bytes()[0] {
            b'(' => self.open()?,
            b')' => self.close()?,
            b'|' => self.alternative(),
            b'^' | b'$' | b'.' => {
                let (operator, rest) = self.rest.split_at(1);
                self.emit(operator);
                self.rest = rest;
            }
            b'[' => self.class()?,
            b'*' | b'+' | b'?' => self.repeat(&self.rest[1..], 1, repeated)?,
            b'{' => self.counted(repeated)?,
            b'\\' => self.backslash()?,
            _ => {
                let c = self.next_character();
                self.literal(c);
            }
        }
        Ok(())
    }

    fn alternative(&mut self) {
        self.pattern.push('|');
        self.rest = &self.rest[1..];
        self.group().last = None;
    }

    /// Appends an item that can be repeated.
    fn emit(&mut self, pattern: &str) {
        self.write_flags();
        self.pattern.push_str(pattern);
        self.group().add(1);
    }

    fn literal(&mut self, c: char) {
        self.write_flags();
        push_literal(&mut self.pattern, c);
        self.group().add(1);
    }

    /// The innermost group; the whole expression is never closed.
    fn group(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    /// Takes a character; the caller knows there is one.
    fn next_character(&mut self) -> char {
        let c = self.rest.chars().next().unwrap_or_default();
        self.rest = &self.rest[c.len_utf8()..];
        c
    }
}

/// Appends a character that stands for itself, in brackets and outside.
fn push_literal(pattern: &mut String, c: char) {
    if c.is_ascii_punctuation() && c != '_' && c != '<' && c != '>' {
        pattern.push('\\');
    }
    pattern.push(c);
}
