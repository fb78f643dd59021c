//! A text and where the scanner stands in it.
//!
//! Comes in: UTF-8 text. Goes out: its bytes from there on, and the mark of the place. Behind the
//! end stands a zero, which no YAML text may have inside.

use super::bytes;
use super::mark::Mark;

/// The place the scanner has come to.
pub struct Cursor<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    line_start: usize,
    /// Line breaks since the last thing that was no blank.
    pub newlines: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            line: 0,
            line_start: 0,
            newlines: 0,
        }
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The text from one offset to another.
    pub fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The bytes not read yet.
    pub fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// How many bytes of the line were read.
    pub fn column(&self) -> u32 {
        (self.at - self.line_start) as u32
    }

    pub fn line(&self) -> u32 {
        self.line
    }

    pub fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            line: self.line,
            column: self.column(),
        }
    }

    /// The byte so far ahead; 0 behind the end.
    pub fn peek(&self, ahead: usize) -> u8 {
        let bytes = self.text.as_bytes();
        bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The next byte.
    pub fn byte(&self) -> u8 {
        self.peek(0)
    }

    pub fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The length of the line break so far ahead, `\r\n` being two; 0 if there is none.
    pub fn break_length(&self, ahead: usize) -> usize {
        match self.peek(ahead) {
            b'\n' => 1,
            b'\r' if self.peek(ahead + 1) == b'\n' => 2,
            b'\r' => 1,
            0xC2 if self.peek(ahead + 1) == 0x85 => 2,
            0xE2 if self.peek(ahead + 1) == 0x80 && matches!(self.peek(ahead + 2), 0xA8 | 0xA9) => {
                3
            }
            _ => 0,
        }
    }

    pub fn is_break(&self, ahead: usize) -> bool {
        self.break_length(ahead) > 0
    }

    /// Whether a space or a tab stands so far ahead.
    pub fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), b' ' | b'\t')
    }

    /// Whether a line break, or nothing at all.
    pub fn is_break_or_end(&self, ahead: usize) -> bool {
        self.at + ahead >= self.text.len() || self.is_break(ahead)
    }

    /// Whether anything that ends a word.
    pub fn is_gap(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    /// Reads over bytes that break no line and are not all blank.
    pub fn advance(&mut self, bytes: usize) {
        self.at += bytes;
        self.newlines = 0;
    }

    /// Reads over bytes of a word, if there are any.
    pub fn advance_in_line(&mut self, bytes: usize) {
        if bytes > 0 {
            self.advance(bytes);
        }
    }

    /// Reads over blanks.
    pub fn advance_blanks(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads over spaces.
    pub fn skip_spaces(&mut self) {
        self.skip_spaces_up_to(usize::MAX);
    }

    /// Reads over no more than so many spaces.
    pub fn skip_spaces_up_to(&mut self, most: usize) {
        let spaces = self.rest().iter().take_while(|byte| **byte == b' ');
        self.at += spaces.take(most).count();
    }

    /// Reads over spaces and tabs.
    pub fn skip_blanks(&mut self) {
        let blanks = self
            .rest()
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t'));
        self.at += blanks.count();
    }

    /// How many bytes the line still has.
    pub fn line_length(&self) -> usize {
        let rest = self.rest();
        let mut length = 0;
        loop {
            length += bytes::run(&rest[length..], bytes::LINE);
            if length >= rest.len() || self.is_break(length) {
                return length;
            }
            length += 1;
        }
    }

    /// Reads over the rest of a line that is not blank.
    pub fn skip_line(&mut self) {
        self.advance_in_line(self.line_length());
    }

    /// Reads over a line break, if there is one, and gives what a scalar has of it.
    pub fn take_break(&mut self) -> &'t str {
        let length = self.break_length(0);
        if length == 0 {
            return "";
        }
        let text = match length {
            3 => self.slice(self.at, self.at + length),
            _ => "\n",
        };
        self.at += length;
        self.line += 1;
        self.line_start = self.at;
        self.newlines += 1;
        text
    }

    /// Reads over a byte order mark, which takes no room.
    pub fn skip_byte_order_mark(&mut self) {
        if self.rest().starts_with("\u{feff}".as_bytes()) {
            self.at += 3;
            self.line_start = self.at;
        }
    }

    /// Whether `---` or `...` stands here by itself, at the start of a line.
    pub fn is_document_indicator(&self) -> bool {
        self.column() == 0
            && matches!(self.byte(), b'-' | b'.')
            && (self.rest().starts_with(b"---") || self.rest().starts_with(b"..."))
            && self.is_gap(3)
    }

    /// The end of a text that stands where a line was never ended.
    pub fn force_new_line(&mut self) {
        if self.column() != 0 {
            self.line += 1;
            self.line_start = self.at;
        }
    }
}
