//! One item of a pattern: a character, a class, or a set.
//!
//! Comes in: a pattern and where an item begins in it. Goes out: where the item ends, and whether a
//! byte is what it stands for.

use super::{ESCAPE, PatternError};

/// A pattern.
#[derive(Clone, Copy)]
pub struct Items<'a>(pub &'a [u8]);

impl Items<'_> {
    /// The byte at a place.
    pub fn at(self, p: usize) -> Option<u8> {
        self.0.get(p).copied()
    }

    /// Where the item that begins at `p` ends.
    pub fn end(self, p: usize) -> Result<usize, PatternError> {
        match self.at(p) {
            Some(ESCAPE) if self.at(p + 1).is_none() => {
                Err(PatternError::Malformed("ends with '%'"))
            }
            Some(ESCAPE) => Ok(p + 2),
            Some(b'[') => self.set_end(p + 1),
            _ => Ok(p + 1),
        }
    }

    fn set_end(self, mut p: usize) -> Result<usize, PatternError> {
        p += usize::from(self.at(p) == Some(b'^'));
        let mut first = true;
        loop {
            match self.at(p) {
                None => return Err(PatternError::Malformed("missing ']'")),
                Some(b']') if !first => return Ok(p + 1),
                Some(ESCAPE) => p += 2,
                Some(_) => p += 1,
            }
            first = false;
        }
    }

    /// Whether a byte is what the item from `p` to `end` stands for.
    pub fn fits(self, c: u8, p: usize, end: usize) -> bool {
        match self.at(p) {
            Some(b'.') => true,
            Some(ESCAPE) => self.at(p + 1).is_some_and(|class| is_of_class(c, class)),
            Some(b'[') => self.is_in_set(c, p, end),
            other => other == Some(c),
        }
    }

    /// Whether a byte is in the set `[...]` that stands from `p` to `end`.
    pub fn is_in_set(self, c: u8, p: usize, end: usize) -> bool {
        let last = end - 1;
        let not = self.at(p + 1) == Some(b'^');
        let mut at = p + 1 + usize::from(not);
        while at < last {
            let item = self.0[at];
            let found = if item == ESCAPE {
                at += 2;
                self.at(at - 1).is_some_and(|class| is_of_class(c, class))
            } else if self.at(at + 1) == Some(b'-') && at + 2 < last {
                at += 3;
                (item..=self.0[at - 1]).contains(&c)
            } else {
                at += 1;
                item == c
            };
            if found {
                return !not;
            }
        }
        not
    }
}

fn is_of_class(c: u8, class: u8) -> bool {
    let found = match class.to_ascii_lowercase() {
        b'a' => c.is_ascii_alphabetic(),
        b'c' => c.is_ascii_control(),
        b'd' => c.is_ascii_digit(),
        b'l' => c.is_ascii_lowercase(),
        b'p' => c.is_ascii_punctuation(),
        b's' => c.is_ascii_whitespace() || c == 0x0b,
        b'u' => c.is_ascii_uppercase(),
        b'w' => c.is_ascii_alphanumeric(),
        b'x' => c.is_ascii_hexdigit(),
        b'z' => c == 0,
        _ => return class == c,
    };
    found != class.is_ascii_uppercase()
}
