//! Quoted scalars.
//!
//! Comes in: text from a quote on. Goes out: its token, without quotes and escapes, its lines
//! joined.

use super::Scanner;
use super::bytes;
use super::mark::{Fault, Mark};
use super::plain::folded;
use crate::Form;
use std::borrow::Cow;

/// A quoted scalar in the making: what is finished, and the part of the text that follows as it
/// stands.
struct Quoted {
    quote: u8,
    mark: Mark,
    finished: String,
    start: usize,
    is_borrowed: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn fetch_quoted(&mut self, form: Form) -> Result<(), Fault> {
        self.fetch_inline(form, Self::scan_quoted)
    }

    fn scan_quoted(&mut self, mark: Mark) -> Result<Cow<'t, str>, Fault> {
        let quote = self.cursor.byte();
        self.cursor.advance(1);
        let mut quoted = Quoted {
            quote,
            mark,
            finished: String::new(),
            start: self.cursor.at(),
            is_borrowed: true,
        };
        loop {
            self.check_inside(&quoted)?;
            let is_line_escaped = self.quoted_run(&mut quoted)?;
            if self.cursor.byte() == quote && !is_line_escaped {
                break;
            }
            self.quoted_gap(&mut quoted, is_line_escaped);
        }
        let last = self.cursor.slice(quoted.start, self.cursor.at());
        self.cursor.advance(1);
        if quoted.is_borrowed {
            return Ok(last.into());
        }
        quoted.finished.push_str(last);
        Ok(quoted.finished.into())
    }

    fn check_inside(&self, quoted: &Quoted) -> Result<(), Fault> {
        let problem = if self.cursor.is_document_indicator() {
            "found unexpected document indicator"
        } else if self.cursor.is_end() {
            "found unexpected end of stream"
        } else {
            return Ok(());
        };
        Err(self.scan_fault(("while scanning a quoted scalar", quoted.mark), problem))
    }

    /// Everything up to the end of the line, blanks there not included, or the closing quote. Tells
    /// whether it ended with an escaped line break.
    fn quoted_run(&mut self, quoted: &mut Quoted) -> Result<bool, Fault> {
        loop {
            self.cursor.advance_in_line(self.quoted_word(quoted.quote));
            match self.cursor.byte() {
                b' ' | b'\t' => match self.blanks_within_line() {
                    0 => return Ok(false),
                    blanks => self.cursor.advance_blanks(blanks),
                },
                b'\'' if quoted.quote == b'\'' && self.cursor.peek(1) == b'\'' => {
                    self.finish(quoted, 1);
                    self.cursor.advance(1);
                    quoted.start = self.cursor.at();
                }
                b'\\' if quoted.quote == b'"' && self.cursor.is_break(1) => {
                    self.finish(quoted, 0);
                    self.cursor.advance(1);
                    self.cursor.take_break();
                    return Ok(true);
                }
                b'\\' if quoted.quote == b'"' => self.escape(quoted)?,
                byte if byte == quoted.quote => return Ok(false),
                _ if self.cursor.is_break_or_end(0) => return Ok(false),
                _ => self.cursor.advance(1),
            }
        }
    }

    /// How many bytes follow that stand for themselves, whatever comes behind.
    fn quoted_word(&self, quote: u8) -> usize {
        bytes::run(
            self.cursor.rest(),
            match quote {
                b'"' => bytes::DOUBLE_QUOTED,
                _ => bytes::SINGLE_QUOTED,
            },
        )
    }

    /// How many blanks follow, if the line does not end with them.
    fn blanks_within_line(&self) -> usize {
        let rest = self.cursor.rest();
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
        let blanks = rest.iter().take_while(is_blank).count();
        match self.cursor.is_break_or_end(blanks) {
            true => 0,
            false => blanks,
        }
    }

    /// Moves what stands before, and so many bytes more, to what is finished.
    fn finish(&mut self, quoted: &mut Quoted, more: usize) {
        self.cursor.advance(more);
        let text = self.cursor.slice(quoted.start, self.cursor.at());
        quoted.finished.push_str(text);
        quoted.is_borrowed = false;
    }

    /// Blanks stand for themselves, but not around line breaks, which are folded.
    fn quoted_gap(&mut self, quoted: &mut Quoted, is_line_escaped: bool) {
        let before = self.cursor.at();
        self.cursor.skip_blanks();
        if !is_line_escaped && !self.cursor.is_break(0) {
            return;
        }
        let mut first = "";
        if !is_line_escaped {
            let text = self.cursor.slice(quoted.start, before);
            quoted.finished.push_str(text);
            quoted.is_borrowed = false;
            first = self.cursor.take_break();
        }
        let mut others = String::new();
        loop {
            self.cursor.skip_blanks();
            match self.cursor.take_break() {
                "" => break,
                text => others.push_str(text),
            }
        }
        quoted.finished.push_str(&folded(first, others));
        quoted.start = self.cursor.at();
    }

    fn escape(&mut self, quoted: &mut Quoted) -> Result<(), Fault> {
        self.finish(quoted, 0);
        let char = match self.cursor.peek(1) {
            b'0' => '\0',
            b'a' => '\x07',
            b'b' => '\x08',
            b't' | b'\t' => '\t',
            b'n' => '\n',
            b'v' => '\x0b',
            b'f' => '\x0c',
            b'r' => '\r',
            b'e' => '\x1b',
            b' ' => ' ',
            b'"' => '"',
            b'\'' => '\'',
            b'\\' => '\\',
            b'N' => '\u{85}',
            b'_' => '\u{a0}',
            b'L' => '\u{2028}',
            b'P' => '\u{2029}',
            b'x' => self.escaped_code(quoted, 2)?,
            b'u' => self.escaped_code(quoted, 4)?,
            b'U' => self.escaped_code(quoted, 8)?,
            _ => return Err(self.bad_escape(quoted, "found unknown escape character")),
        };
        quoted.finished.push(char);
        self.cursor.advance(2);
        quoted.start = self.cursor.at();
        Ok(())
    }

    /// A character by its code; its digits are read over, the escape itself is not.
    fn escaped_code(&mut self, quoted: &Quoted, digits: usize) -> Result<char, Fault> {
        let bytes = self.cursor.rest().get(2..2 + digits).unwrap_or_default();
        let are_hex = bytes.len() == digits && bytes.iter().all(u8::is_ascii_hexdigit);
        if !are_hex {
            let problem = "did not find expected hexdecimal number";
            return Err(self.bad_escape(quoted, problem));
        }
        let code =
            std::str::from_utf8(bytes).map_or(0, |hex| u32::from_str_radix(hex, 16).unwrap_or(0));
        let Some(char) = char::from_u32(code) else {
            let problem = "found invalid Unicode character escape code";
            return Err(self.bad_escape(quoted, problem));
        };
        self.cursor.advance(digits);
        Ok(char)
    }

    fn bad_escape(&self, quoted: &Quoted, problem: &str) -> Fault {
        self.scan_fault(("while parsing a quoted scalar", quoted.mark), problem)
    }
}
