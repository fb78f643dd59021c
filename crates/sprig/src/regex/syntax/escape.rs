//! What a backslash starts.

use super::{SyntaxError, Translator};

const INVALID: &str = "invalid escape sequence";

impl<'a> Translator<'a> {
    /// An escape outside of brackets.
    pub(super) fn backslash(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest;
        let operator = match rest.as_bytes().get(1) {
            Some(b'A') => r"\A",
            Some(b'z') => r"\z",
            Some(b'b') => r"(?-u:\b)",
            Some(b'B') => r"(?-u:\B)",
            Some(b'Q') => return self.literals(),
            Some(b'C') => return Err(SyntaxError::new(INVALID, &rest[..2])),
            _ => return self.character_or_class(),
        };
        self.emit(operator);
        self.rest = &rest[2..];
        Ok(())
    }

    /// `\Q...\E`: all of it literal.
    fn literals(&mut self) -> Result<(), SyntaxError> {
        let quoted = &self.rest[2..];
        let (literals, rest) = quoted.split_once(r"\E").unwrap_or((quoted, ""));
        for c in literals.chars() {
            self.literal(c);
        }
        self.rest = rest;
        Ok(())
    }

    fn character_or_class(&mut self) -> Result<(), SyntaxError> {
        if let Some(class) = self.unicode_class()? {
            self.emit(&class);
        } else if let Some((class, negated)) = self.perl_class() {
            let not = if negated { "^" } else { "" };
            self.emit(&format!("[{not}{class}]"));
        } else {
            let c = self.escaped()?;
            self.literal(c);
        }
        Ok(())
    }

    /// `\d`, `\s`, `\w` and their opposites: what is in them.
    pub(super) fn perl_class(&mut self) -> Option<(&'static str, bool)> {
        let letter = self.rest.strip_prefix('\\')?.chars().next()?;
        let class = match letter.to_ascii_lowercase() {
            'd' => "0-9",
            's' => r"\t\n\x0c\r ",
            'w' => "0-9A-Za-z_",
            _ => return None,
        };
        self.rest = &self.rest[2..];
        Some((class, letter.is_ascii_uppercase()))
    }

    /// `\pL`, `\p{Greek}`, `\P{^Greek}`, for the engine.
    pub(super) fn unicode_class(&mut self) -> Result<Option<String>, SyntaxError> {
        let rest = self.rest;
        let Some(name) = rest
            .strip_prefix(r"\p")
            .or_else(|| rest.strip_prefix(r"\P"))
        else {
            return Ok(None);
        };
        let refused = |part: &str| SyntaxError::new("invalid character class range", part);
        let Some(first) = name.chars().next() else {
            return Err(SyntaxError::new(INVALID, rest));
        };
        let end = match first {
            '{' => name.find('}').ok_or_else(|| refused(rest))? + 1,
            c => c.len_utf8(),
        };
        let (name, after) = name.split_at(end);
        let name = name.trim_start_matches('{').trim_end_matches('}');
        let (turned, name) = match name.strip_prefix('^') {
            Some(name) => (true, name),
            None => (false, name),
        };
        let negated = rest.starts_with(r"\P") != turned;
        let class = known_class(name, if negated { 'P' } else { 'p' });
        let class = class.ok_or_else(|| refused(&rest[..rest.len() - after.len()]))?;
        self.rest = after;
        Ok(Some(class))
    }

    /// One character, escaped.
    pub(super) fn escaped(&mut self) -> Result<char, SyntaxError> {
        let start = self.rest;
        self.rest = &start[1..];
        if self.rest.is_empty() {
            return Err(SyntaxError::new(
                "trailing backslash at end of expression",
                "",
            ));
        }
        let found = match self.next_character() {
            c @ '0'..='7' => self.octal(c),
            'x' => self.hexadecimal(),
            'a' => Some('\x07'),
            'f' => Some('\x0c'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\x0b'),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(c),
            _ => None,
        };
        let read = &start[..start.len() - self.rest.len()];
        found.ok_or_else(|| SyntaxError::new(INVALID, read))
    }

    /// Up to three digits; a single one that is not zero would be a reference, which RE2 lacks.
    fn octal(&mut self, first: char) -> Option<char> {
        let is_octal = |rest: &str| rest.starts_with(|c| matches!(c, '0'..='7'));
        if first != '0' && !is_octal(self.rest) {
            return None;
        }
        let mut number = first.to_digit(8)?;
        for _ in 0..2 {
            if is_octal(self.rest) {
                number = number * 8 + self.next_character().to_digit(8)?;
            }
        }
        char::from_u32(number)
    }

    /// Two digits, or any in braces.
    fn hexadecimal(&mut self) -> Option<char> {
        if self.rest.is_empty() {
            return None;
        }
        let first = self.next_character();
        if first != '{' {
            if self.rest.is_empty() {
                return None;
            }
            let second = self.next_character().to_digit(16)?;
            return char::from_u32(first.to_digit(16)? * 16 + second);
        }
        let (mut number, mut digits) = (0, false);
        while !self.rest.is_empty() {
            match self.next_character() {
                '}' if digits => return char::from_u32(number),
                c => number = number * 16 + c.to_digit(16)?,
            }
            digits = true;
            if number > u32::from(char::MAX) {
                return None;
            }
        }
        None
    }
}

/// A class the engine knows under that name, as a general category or a script.
fn known_class(name: &str, sign: char) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    if name.is_empty() || !name.chars().all(plain) {
        return None;
    }
    let classes = ["gc", "sc"].map(|kind| format!("\\{sign}{{{kind}={name}}}"));
    let known = |class: &String| regex::bytes::Regex::new(class).is_ok();
    classes.into_iter().find(known)
}
