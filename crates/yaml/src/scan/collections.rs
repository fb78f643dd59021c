//! Collections: indentation, brackets and what stands between their parts.

use super::mark::{Fault, Mark};
use super::{Scanner, TokenKind};

impl<'t> Scanner<'t> {
    /// A block collection starts at this column, unless one has already. Its token comes before
    /// the one that has the number.
    pub(super) fn roll_indent(&mut self, mark: Mark, number: Option<usize>, kind: TokenKind<'t>) {
        if self.in_flow() || self.indent >= i64::from(mark.column) {
            return;
        }
        self.indents.push(self.indent);
        self.indent = i64::from(mark.column);
        match number {
            Some(number) => self.insert(number, kind, mark),
            None => self.push(kind, mark),
        }
    }

    /// Block collections that started behind this column end.
    pub(super) fn unroll_indent(&mut self, column: i64, scanned_from: Mark) {
        if self.in_flow() || self.indent <= column {
            return;
        }
        let mut mark = self.cursor.mark();
        if self.ahead > 0 {
            mark = scanned_from;
            mark.at = mark.at.saturating_sub(1);
        }
        while self.indent > column {
            if let Some(comments) = &self.comments {
                mark = comments.end_of_block(mark, self.indent);
            }
            self.push(TokenKind::BlockEnd, mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// A token of so many bytes.
    pub(super) fn indicator(&mut self, length: usize, kind: TokenKind<'t>) {
        let mark = self.cursor.mark();
        self.cursor.advance(length);
        self.push(kind, mark);
    }

    pub(super) fn fetch_flow_start(&mut self, kind: TokenKind<'t>) -> Result<(), Fault> {
        self.save_simple_key()?;
        self.simple_keys.open_bracket();
        self.is_simple_key_allowed = true;
        self.indicator(1, kind);
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: TokenKind<'t>) -> Result<(), Fault> {
        self.remove_simple_key()?;
        self.simple_keys.close_bracket();
        self.is_simple_key_allowed = false;
        self.indicator(1, kind);
        Ok(())
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Result<(), Fault> {
        self.remove_simple_key()?;
        self.is_simple_key_allowed = true;
        self.indicator(1, TokenKind::FlowEntry);
        Ok(())
    }

    /// A dash. Between brackets it is for the parser to say what is wrong with it.
    pub(super) fn fetch_block_entry(&mut self) -> Result<(), Fault> {
        let problem = "block sequence entries are not allowed in this context";
        self.start_block(TokenKind::BlockSequenceStart, problem)?;
        self.remove_simple_key()?;
        self.is_simple_key_allowed = true;
        self.indicator(1, TokenKind::BlockEntry);
        Ok(())
    }

    /// A `?`.
    pub(super) fn fetch_key(&mut self) -> Result<(), Fault> {
        let problem = "mapping keys are not allowed in this context";
        self.start_block(TokenKind::BlockMappingStart, problem)?;
        self.remove_simple_key()?;
        self.is_simple_key_allowed = !self.in_flow();
        self.indicator(1, TokenKind::Key);
        Ok(())
    }

    fn start_block(&mut self, kind: TokenKind<'t>, problem: &str) -> Result<(), Fault> {
        if self.in_flow() {
            return Ok(());
        }
        let mark = self.cursor.mark();
        if !self.is_simple_key_allowed {
            return Err(self.scan_fault(("", mark), problem));
        }
        self.roll_indent(mark, None, kind);
        Ok(())
    }
}
