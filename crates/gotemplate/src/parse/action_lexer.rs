//! The items inside of actions.
//!
//! Source: Go 1.26, text/template/parse/lex.go (`lexInsideAction` and what it calls).

use super::cursor::Cursor;
use super::item::{Item, ItemKind};
use super::lexer::{Lexed, Lexer, RIGHT, TRIM_MARKER, trims_right};
use super::word::{is_space, is_word};
use crate::fmt::{quote, sprintf};
use crate::value::Value;

impl<'t> Lexer<'t> {
    /// The next item of an action.
    pub(super) fn action(&mut self) -> Lexed<'t> {
        if let Some(trims) = self.right_delimiter_here() {
            return match self.parentheses {
                0 => Ok(self.right_delimiter(trims)),
                _ => Err("unclosed left paren".to_owned()),
            };
        }
        let Some(c) = self.cursor.next() else {
            return Err("unclosed action".to_owned());
        };
        match c {
            c if is_space(c) => Ok(self.space()),
            '=' => Ok(self.cursor.item(ItemKind::Assign)),
            ':' => match self.cursor.next() {
                Some('=') => Ok(self.cursor.item(ItemKind::Declare)),
                _ => Err("expected :=".to_owned()),
            },
            '|' => Ok(self.cursor.item(ItemKind::Pipe)),
            '"' => self.quoted('"', ItemKind::String, "unterminated quoted string"),
            '`' => self.raw_quoted(),
            '\'' => {
                let message = "unterminated character constant";
                self.quoted('\'', ItemKind::CharConstant, message)
            }
            '$' => self.field_or_variable(ItemKind::Variable),
            '.' if self.is_field_ahead() => self.field_or_variable(ItemKind::Field),
            '.' | '+' | '-' | '0'..='9' => self.number(),
            c if is_word(c) => self.identifier(),
            '(' => {
                self.parentheses += 1;
                Ok(self.cursor.item(ItemKind::LeftParenthesis))
            }
            ')' => self.right_parenthesis(),
            ' '..='~' => Ok(self.cursor.item(ItemKind::Char)),
            c => Err(format!("unrecognized character in action: {}", name_of(c))),
        }
    }

    fn right_parenthesis(&mut self) -> Lexed<'t> {
        let parentheses = self.parentheses.checked_sub(1);
        self.parentheses = parentheses.ok_or("unexpected right paren")?;
        Ok(self.cursor.item(ItemKind::RightParenthesis))
    }

    /// A dot that no digit follows begins a field; at the very end it begins a number, as in Go.
    fn is_field_ahead(&self) -> bool {
        let next = self.cursor.rest().first();
        next.is_some_and(|byte| !byte.is_ascii_digit())
    }

    /// Blanks, of which the last may belong to the trim marker of a delimiter.
    fn space(&mut self) -> Item<'t> {
        while self.cursor.peek().is_some_and(is_space) {
            self.cursor.next();
        }
        let last = self.cursor.position - 1;
        let rest = &self.cursor.text[last..];
        if trims_right(rest) && rest[TRIM_MARKER..].starts_with(RIGHT) {
            self.cursor.step_back();
            if self.cursor.is_item_empty() {
                return self.right_delimiter(true);
            }
        }
        self.cursor.item(ItemKind::Space)
    }

    fn identifier(&mut self) -> Lexed<'t> {
        self.word()?;
        let word = self.cursor.so_far();
        let kind = match (word, ItemKind::keyword(word)) {
            (_, Some(ItemKind::Break)) if !self.break_is_keyword => ItemKind::Identifier,
            (_, Some(ItemKind::Continue)) if !self.continue_is_keyword => ItemKind::Identifier,
            (_, Some(keyword)) => keyword,
            (b"true" | b"false", None) => ItemKind::Bool,
            _ => ItemKind::Identifier,
        };
        Ok(self.cursor.item(kind))
    }

    /// Passes over letters and digits; something that ends a word must follow.
    fn word(&mut self) -> Result<(), String> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        self.cursor.skip_ascii(is_plain);
        while self.cursor.peek().is_some_and(is_word) {
            self.cursor.next();
        }
        match (self.is_at_terminator(), self.cursor.peek()) {
            (false, Some(c)) => Err(format!("bad character {}", name_of(c))),
            _ => Ok(()),
        }
    }

    /// `.field` or `$variable`; a dot or dollar on its own, too.
    fn field_or_variable(&mut self, kind: ItemKind) -> Lexed<'t> {
        if self.is_at_terminator() {
            return Ok(self.cursor.item(match kind {
                ItemKind::Variable => ItemKind::Variable,
                _ => ItemKind::Dot,
            }));
        }
        self.word()?;
        Ok(self.cursor.item(kind))
    }

    fn is_at_terminator(&self) -> bool {
        const TERMINATORS: &[u8] = b" \t\r\n.,|:)(";
        match self.cursor.rest() {
            [] => true,
            rest @ [first, ..] => TERMINATORS.contains(first) || rest.starts_with(RIGHT),
        }
    }

    /// A text or character whose opening quote was read.
    fn quoted(&mut self, quote: char, kind: ItemKind, unterminated: &str) -> Lexed<'t> {
        loop {
            let is_plain = |byte: u8| !matches!(byte, b'\\' | b'\n' | b'"' | b'\'');
            self.cursor.skip_ascii(is_plain);
            let mut next = self.cursor.next();
            let escaped = next == Some('\\');
            if escaped {
                next = self.cursor.next();
            }
            match next {
                None | Some('\n') => return Err(unterminated.to_owned()),
                Some(c) if c == quote && !escaped => return Ok(self.cursor.item(kind)),
                Some(_) => {}
            }
        }
    }

    fn raw_quoted(&mut self) -> Lexed<'t> {
        let length = memchr::memchr(b'`', self.cursor.rest());
        let length = length.ok_or("unterminated raw quoted string")?;
        self.cursor.skip(length + 1);
        Ok(self.cursor.item(ItemKind::RawString))
    }

    /// A number whose first character was read.
    fn number(&mut self) -> Lexed<'t> {
        self.cursor.step_back();
        let bad = |cursor: &Cursor<'_>| {
            let quoted = quote(cursor.so_far());
            format!("bad number syntax: {}", String::from_utf8_lossy(&quoted))
        };
        if !self.cursor.scan_number() {
            return Err(bad(&self.cursor));
        }
        if !matches!(self.cursor.peek(), Some('+' | '-')) {
            return Ok(self.cursor.item(ItemKind::Number));
        }
        if !self.cursor.scan_number() || self.cursor.so_far().last() != Some(&b'i') {
            return Err(bad(&self.cursor));
        }
        Ok(self.cursor.item(ItemKind::Complex))
    }
}

/// `U+0040 '@'`.
fn name_of(c: char) -> String {
    let number = Value::Int(i64::from(u32::from(c)));
    let name = sprintf(b"%#U", std::slice::from_ref(&number));
    String::from_utf8_lossy(&name).into_owned()
}
