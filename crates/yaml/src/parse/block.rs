//! Block collections.

use super::{Context, Event, EventKind, Parser, State, is};
use crate::scan::{Fault, TokenKind};

type Result<'t> = std::result::Result<Event<'t>, Fault>;

impl<'t> Parser<'t> {
    pub(super) fn block_sequence_first_entry(&mut self) -> Result<'t> {
        let mark = self.take_mark()?;
        self.marks.push(mark);
        self.block_sequence_entry()
    }

    pub(super) fn block_sequence_entry(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        match token.kind {
            TokenKind::BlockEntry => {
                self.take_dash()?;
                let is_empty = is!(self.peek()?, TokenKind::BlockEntry | TokenKind::BlockEnd);
                self.state = State::BlockSequenceEntry;
                if is_empty {
                    return Ok(self.empty_scalar(mark));
                }
                self.states.push(State::BlockSequenceEntry);
                self.node(Context::Block)
            }
            TokenKind::BlockEnd => {
                self.pop_state();
                self.marks.pop();
                self.take();
                Ok(self.event(EventKind::SequenceEnd, mark))
            }
            _ => {
                let context = "while parsing a block collection";
                let problem = "did not find expected '-' indicator";
                Err(self.fault_in_collection(context, problem, mark))
            }
        }
    }

    /// A list in the column of its key.
    pub(super) fn indentless_sequence_entry(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        if !is!(token, TokenKind::BlockEntry) {
            self.pop_state();
            return Ok(self.event(EventKind::SequenceEnd, mark));
        }
        self.take_dash()?;
        let is_empty = is!(
            self.peek()?,
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        );
        self.state = State::IndentlessSequenceEntry;
        if is_empty {
            return Ok(self.empty_scalar(mark));
        }
        self.states.push(State::IndentlessSequenceEntry);
        self.node(Context::Block)
    }

    pub(super) fn block_mapping_first_key(&mut self) -> Result<'t> {
        let mark = self.take_mark()?;
        self.marks.push(mark);
        self.block_mapping_key()
    }

    pub(super) fn block_mapping_key(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        match token.kind {
            TokenKind::Key => {
                self.take();
                self.block_part(State::BlockMappingValue, mark)
            }
            TokenKind::BlockEnd => {
                self.pop_state();
                self.marks.pop();
                let mut event = self.event(EventKind::MappingEnd, mark);
                event.comments = self.comments();
                self.take();
                Ok(event)
            }
            _ => {
                let context = "while parsing a block mapping";
                let problem = "did not find expected key";
                Err(self.fault_in_collection(context, problem, mark))
            }
        }
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        if is!(token, TokenKind::Value) {
            self.take();
            return self.block_part(State::BlockMappingKey, mark);
        }
        self.state = State::BlockMappingKey;
        Ok(self.empty_scalar(mark))
    }

    /// A key or a value, which may not be there.
    fn block_part(&mut self, next: State, mark: crate::scan::Mark) -> Result<'t> {
        let is_empty = is!(
            self.peek()?,
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        );
        if is_empty {
            self.state = next;
            return Ok(self.empty_scalar(mark));
        }
        self.states.push(next);
        self.node(Context::BlockOrIndentlessSequence)
    }

    fn take_dash(&mut self) -> std::result::Result<(), Fault> {
        let before = self.head_length();
        self.take();
        self.split_stem_comment(before)
    }
}
