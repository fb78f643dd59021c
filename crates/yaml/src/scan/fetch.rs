//! Which token comes next.
//!
//! Comes in: the text behind the last token. Goes out: one more token, or several, in the queue.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};
use crate::Form;

impl<'t> Scanner<'t> {
    /// Fetches until the first token is what it is.
    pub(super) fn fetch(&mut self) -> Result<(), Fault> {
        loop {
            let is_decided = self.tokens.len() > self.ahead && !self.is_next_undecided()?;
            if is_decided || self.is_over() {
                return Ok(());
            }
            self.fetch_next()?;
        }
    }

    /// Whether the last token is in the queue.
    fn is_over(&self) -> bool {
        let last = self.tokens.back();
        last.is_some_and(|token| token.kind == TokenKind::StreamEnd)
    }

    fn fetch_next(&mut self) -> Result<(), Fault> {
        let scanned_from = self.cursor.mark();
        self.scan_to_next_token();
        self.unroll_indent(i64::from(self.cursor.column()), scanned_from);
        if self.cursor.is_end() {
            return self.fetch_stream_end();
        }
        if self.cursor.column() == 0 {
            if self.cursor.byte() == b'%' {
                return self.fetch_directive();
            }
            if self.cursor.is_document_indicator() {
                return self.fetch_document_indicator();
            }
        }
        if self.comments.is_none() {
            return self.fetch_token();
        }
        let line_comment_of = self.line_comment_mark();
        self.fetch_token()?;
        self.scan_line_comment_of(line_comment_of);
        Ok(())
    }

    /// Eats blanks, line breaks and comments.
    fn scan_to_next_token(&mut self) {
        let scanned_from = self.cursor.mark();
        loop {
            if self.cursor.byte() == 0xEF && self.starts_file() {
                self.cursor.skip_byte_order_mark();
            }
            let tabs = self.in_flow() || !self.is_simple_key_allowed;
            match tabs {
                true => self.cursor.skip_blanks(),
                false => self.cursor.skip_spaces(),
            }
            if self.comments.is_some() {
                self.line_comment_to_head();
            }
            if self.cursor.byte() == b'#' {
                self.scan_comments(scanned_from);
            }
            if self.cursor.take_break().is_empty() {
                return;
            }
            if !self.in_flow() {
                self.is_simple_key_allowed = true;
            }
        }
    }

    /// Whether this is right behind the line of a `---`, as if documents were files of their own.
    /// yaml.v3 has no eye for that.
    fn starts_file(&self) -> bool {
        let before = self.last_start.map(|line| line + 1);
        self.ahead == 0 && self.cursor.column() == 0 && before == Some(self.cursor.line())
    }

    fn fetch_token(&mut self) -> Result<(), Fault> {
        let (flow, gap) = (self.in_flow(), self.cursor.is_gap(1));
        match self.cursor.byte() {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if gap => self.fetch_block_entry(),
            b'?' if flow || gap => self.fetch_key(),
            b':' if flow || gap => self.fetch_value(),
            b'*' => self.fetch_anchor(TokenKind::Alias),
            b'&' => self.fetch_anchor(TokenKind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !flow => self.fetch_block_scalar(Form::Literal),
            b'>' if !flow => self.fetch_block_scalar(Form::Folded),
            b'\'' => self.fetch_quoted(Form::SingleQuoted),
            b'"' => self.fetch_quoted(Form::DoubleQuoted),
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => Err(self.no_token()),
            _ => self.fetch_plain(),
        }
    }

    fn no_token(&self) -> Fault {
        let context = ("while scanning for the next token", self.cursor.mark());
        self.scan_fault(context, "found character that cannot start any token")
    }

    fn fetch_stream_end(&mut self) -> Result<(), Fault> {
        if self.is_cut {
            return Err(self.scan_fault(("", self.cursor.mark()), ""));
        }
        self.cursor.force_new_line();
        self.end_blocks()?;
        let mark = self.cursor.mark();
        self.push(TokenKind::StreamEnd, mark);
        Ok(())
    }

    fn fetch_document_indicator(&mut self) -> Result<(), Fault> {
        self.end_blocks()?;
        let kind = match self.cursor.byte() {
            b'-' => TokenKind::DocumentStart,
            _ => TokenKind::DocumentEnd,
        };
        self.last_start = Some(self.cursor.line());
        self.indicator(3, kind);
        Ok(())
    }

    /// All block collections end, and no key can follow.
    pub(super) fn end_blocks(&mut self) -> Result<(), Fault> {
        let mark: Mark = self.cursor.mark();
        self.unroll_indent(-1, mark);
        self.remove_simple_key()?;
        self.is_simple_key_allowed = false;
        Ok(())
    }
}
