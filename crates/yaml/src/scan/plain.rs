//! Plain scalars.
//!
//! Comes in: text without quotes. Goes out: its token. It ends at `: `, at ` #`, at a line less
//! indented, and between brackets at what has a meaning there; its lines are joined by spaces.

use super::Scanner;
use super::bytes;
use super::mark::{Fault, Mark};
use crate::Form;
use std::borrow::Cow;

impl<'t> Scanner<'t> {
    pub(super) fn fetch_plain(&mut self) -> Result<(), Fault> {
        self.fetch_inline(Form::Plain, Self::scan_plain)
    }

    fn scan_plain(&mut self, mark: Mark) -> Result<Cow<'t, str>, Fault> {
        let mut lines = String::new();
        let (mut start, mut end) = (mark.at, mark.at);
        let mut fold = None;
        loop {
            if self.cursor.byte() == b'#' || self.cursor.is_document_indicator() {
                break;
            }
            let run = self.plain_run();
            if run > 0 {
                if let Some(fold) = fold.take() {
                    lines.reserve(2 * (end - start));
                    lines.push_str(self.cursor.slice(start, end));
                    lines.push_str(Cow::as_ref(&fold));
                    start = self.cursor.at();
                }
                self.cursor.advance(run);
                end = self.cursor.at();
            }
            if !self.cursor.is_blank(0) && !self.cursor.is_break(0) {
                break;
            }
            fold = self.plain_gap(mark)?;
            if fold.is_some() && !self.in_flow() && i64::from(self.cursor.column()) <= self.indent {
                break;
            }
        }
        // A line break was eaten that a key may follow.
        self.is_simple_key_allowed |= fold.is_some();
        let last = self.cursor.slice(start, end);
        if start == mark.at {
            return Ok(last.into());
        }
        lines.push_str(last);
        Ok(lines.into())
    }

    /// How many bytes go on without a gap.
    fn plain_run(&self) -> usize {
        let class = match self.in_flow() {
            true => bytes::PLAIN_IN_FLOW,
            false => bytes::PLAIN,
        };
        let rest = self.cursor.rest();
        let mut at = 0;
        loop {
            at += bytes::run(&rest[at..], class);
            match rest.get(at) {
                Some(byte) if !self.ends_plain(*byte, at) => at += 1,
                _ => return at,
            }
        }
    }

    /// Whether such a byte does end the run.
    fn ends_plain(&self, byte: u8, ahead: usize) -> bool {
        match byte {
            b':' => self.cursor.is_gap(ahead + 1),
            0xC2 | 0xE2 => self.cursor.is_break(ahead),
            _ => true,
        }
    }

    /// Eats blanks and line breaks. Gives what the breaks, if there are any, are folded to.
    fn plain_gap(&mut self, mark: Mark) -> Result<Option<Cow<'t, str>>, Fault> {
        self.cursor.skip_blanks();
        if !self.cursor.is_break(0) {
            return Ok(None);
        }
        let first = self.cursor.take_break();
        let mut others = String::new();
        loop {
            self.cursor.skip_spaces();
            let is_indentation = i64::from(self.cursor.column()) <= self.indent;
            if self.cursor.byte() == b'\t' {
                if is_indentation {
                    let context = ("while scanning a plain scalar", mark);
                    let problem = "found a tab character that violates indentation";
                    return Err(self.scan_fault(context, problem));
                }
                self.cursor.advance_blanks(1);
                continue;
            }
            match self.cursor.take_break() {
                "" => return Ok(Some(folded(first, others))),
                text => others.push_str(text),
            }
        }
    }
}

/// What line breaks become inside of a scalar that is folded.
pub fn folded<'t>(first: &'t str, others: String) -> Cow<'t, str> {
    match (first, others.is_empty()) {
        ("\n", true) => " ".into(),
        ("\n", false) => others.into(),
        (first, true) => first.into(),
        (first, false) => format!("{first}{others}").into(),
    }
}
