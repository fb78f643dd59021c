//! Anchors, aliases and tags.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};
use std::borrow::Cow;

impl<'t> Scanner<'t> {
    /// An anchor or an alias.
    pub(super) fn fetch_anchor(&mut self, kind: fn(&'t str) -> TokenKind<'t>) -> Result<(), Fault> {
        self.save_simple_key()?;
        self.is_simple_key_allowed = false;
        let mark = self.cursor.mark();
        let context = match self.cursor.byte() {
            b'&' => "while scanning an anchor",
            _ => "while scanning an alias",
        };
        self.cursor.advance(1);
        let name = self.word();
        let ends = self.cursor.is_gap(0) || b"?:,]}%@`".contains(&self.cursor.byte());
        if name.is_empty() || !ends {
            let problem = "did not find expected alphabetic or numeric character";
            return Err(self.scan_fault((context, mark), problem));
        }
        self.push(kind(name), mark);
        Ok(())
    }

    /// Letters, digits, `-` and `_`.
    pub(super) fn word(&mut self) -> &'t str {
        let start = self.cursor.at();
        while self.cursor.byte().is_ascii_alphanumeric()
            || matches!(self.cursor.byte(), b'-' | b'_')
        {
            self.cursor.advance(1);
        }
        self.cursor.slice(start, self.cursor.at())
    }

    pub(super) fn fetch_tag(&mut self) -> Result<(), Fault> {
        self.save_simple_key()?;
        self.is_simple_key_allowed = false;
        let mark = self.cursor.mark();
        let context = ("while scanning a tag", mark);
        let (handle, suffix) = match self.cursor.peek(1) {
            b'<' => ("", self.verbatim_tag(context)?),
            _ => self.short_tag()?,
        };
        if !self.cursor.is_gap(0) {
            let problem = "did not find expected whitespace or line break";
            return Err(self.scan_fault(context, problem));
        }
        self.push(TokenKind::Tag { handle, suffix }, mark);
        Ok(())
    }

    /// `!<tag>`
    fn verbatim_tag(&mut self, context: (&str, Mark)) -> Result<Cow<'t, str>, Fault> {
        self.cursor.advance(2);
        let tag = self.uri(self.cursor.at(), ("while parsing a tag", context.1))?;
        if tag.is_empty() {
            let context = ("while parsing a tag", context.1);
            return Err(self.scan_fault(context, "did not find expected tag URI"));
        }
        if self.cursor.byte() != b'>' {
            return Err(self.scan_fault(context, "did not find the expected '>'"));
        }
        self.cursor.advance(1);
        Ok(tag)
    }

    /// `!suffix`, `!handle!suffix`, `!!suffix` or `!` alone, which is a suffix too.
    fn short_tag(&mut self) -> Result<(&'t str, Cow<'t, str>), Fault> {
        let mark = self.cursor.mark();
        let context = ("while parsing a tag", mark);
        self.cursor.advance(1);
        self.word();
        if self.cursor.byte() == b'!' {
            self.cursor.advance(1);
            let handle = self.cursor.slice(mark.at, self.cursor.at());
            let suffix = self.uri(self.cursor.at(), context)?;
            return match suffix.is_empty() {
                true => Err(self.scan_fault(context, "did not find expected tag URI")),
                false => Ok((handle, suffix)),
            };
        }
        let suffix = self.uri(mark.at + 1, context)?;
        match suffix.is_empty() {
            true => Ok(("", "!".into())),
            false => Ok(("!", suffix)),
        }
    }

    /// The rest of a tag, with what was read of it from an offset on, without its escapes.
    pub(super) fn uri(
        &mut self,
        from: usize,
        context: (&str, Mark),
    ) -> Result<Cow<'t, str>, Fault> {
        let mut start = from;
        let mut unescaped = Vec::new();
        loop {
            match self.cursor.byte() {
                b'%' => {
                    let before = self.cursor.slice(start, self.cursor.at());
                    unescaped.extend_from_slice(before.as_bytes());
                    self.escaped_character(&mut unescaped, context)?;
                    start = self.cursor.at();
                }
                byte if is_in_uri(byte) => self.cursor.advance(1),
                _ => break,
            }
        }
        let rest = self.cursor.slice(start, self.cursor.at());
        if unescaped.is_empty() {
            return Ok(rest.into());
        }
        unescaped.extend_from_slice(rest.as_bytes());
        Ok(String::from_utf8_lossy(&unescaped).into_owned().into())
    }

    /// `%XX` for each byte of one character.
    fn escaped_character(
        &mut self,
        unescaped: &mut Vec<u8>,
        context: (&str, Mark),
    ) -> Result<(), Fault> {
        let start = unescaped.len();
        loop {
            let Some(byte) = self.escaped_byte() else {
                return Err(self.scan_fault(context, "did not find URI escaped octet"));
            };
            unescaped.push(byte);
            self.cursor.advance(3);
            let character = &unescaped[start..];
            match (width(character[0]), character.len()) {
                (0, _) => {
                    let problem = "found an incorrect leading UTF-8 octet";
                    return Err(self.scan_fault(context, problem));
                }
                (_, 2..) if byte & 0xC0 != 0x80 => {
                    let problem = "found an incorrect trailing UTF-8 octet";
                    return Err(self.scan_fault(context, problem));
                }
                (width, length) if width == length => return Ok(()),
                _ => {}
            }
        }
    }

    fn escaped_byte(&self) -> Option<u8> {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        let (high, low) = (hex(self.cursor.peek(1))?, hex(self.cursor.peek(2))?);
        let byte = u8::try_from(high * 16 + low).ok()?;
        (self.cursor.byte() == b'%').then_some(byte)
    }
}

fn is_in_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$,.!~*'()[]".contains(&byte)
}

/// The length of a character that starts with this byte; 0 if none does.
fn width(byte: u8) -> usize {
    match byte {
        0..0x80 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        0xF0..0xF8 => 4,
        _ => 0,
    }
}
