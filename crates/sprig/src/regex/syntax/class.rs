//! Classes in brackets.

use super::{SyntaxError, Translator, push_literal};

const RANGE: &str = "invalid character class range";

impl<'a> Translator<'a> {
    /// `[a-z]`, `[^[:alpha:]\d]`: no character but those RE2 knows has a meaning inside.
    pub(super) fn class(&mut self) -> Result<(), SyntaxError> {
        let whole = self.rest;
        let mut pattern = String::from("[");
        self.rest = &whole[1..];
        if let Some(rest) = self.rest.strip_prefix('^') {
            pattern.push('^');
            self.rest = rest;
        }
        let mut first = true;
        while first || !self.rest.starts_with(']') {
            first = false;
            self.class_item(&mut pattern, whole)?;
        }
        pattern.push(']');
        self.rest = &self.rest[1..];
        self.emit(&pattern);
        Ok(())
    }

    fn class_item(&mut self, pattern: &mut String, whole: &str) -> Result<(), SyntaxError> {
        if let Some(name) = self.posix_class()? {
            pattern.push_str(name);
        } else if let Some(class) = self.unicode_class()? {
            pattern.push_str(&class);
        } else if let Some((class, negated)) = self.perl_class() {
            match negated {
                true => pattern.push_str(&format!("[^{class}]")),
                false => pattern.push_str(class),
            }
        } else {
            self.range(pattern, whole)?;
        }
        Ok(())
    }

    /// `[:alpha:]`, which the engine knows by the same names.
    fn posix_class(&mut self) -> Result<Option<&'a str>, SyntaxError> {
        const NAMES: [&str; 14] = [
            "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print",
            "punct", "space", "upper", "word", "xdigit",
        ];
        let rest = self.rest;
        let Some(end) = rest.strip_prefix("[:").and_then(|name| name.find(":]")) else {
            return Ok(None);
        };
        let (class, after) = rest.split_at(end + 4);
        let name = &class[2..class.len() - 2];
        if !NAMES.contains(&name.strip_prefix('^').unwrap_or(name)) {
            return Err(SyntaxError::new(RANGE, class));
        }
        self.rest = after;
        Ok(Some(class))
    }

    /// A character, or two with a dash between them.
    fn range(&mut self, pattern: &mut String, whole: &str) -> Result<(), SyntaxError> {
        let start = self.rest;
        let low = self.class_character(whole)?;
        push_literal(pattern, low);
        let Some(after) = self.rest.strip_prefix('-') else {
            return Ok(());
        };
        if after.is_empty() || after.starts_with(']') {
            return Ok(());
        }
        self.rest = after;
        let high = self.class_character(whole)?;
        if high < low {
            let range = &start[..start.len() - self.rest.len()];
            return Err(SyntaxError::new(RANGE, range));
        }
        pattern.push('-');
        push_literal(pattern, high);
        Ok(())
    }

    fn class_character(&mut self, whole: &str) -> Result<char, SyntaxError> {
        match self.rest.chars().next() {
            None => Err(SyntaxError::new("missing closing ]", whole)),
            Some('\\') => self.escaped(),
            Some(_) => Ok(self.next_character()),
        }
    }
}
