//! Collections in brackets and braces.

use super::{Context, Event, EventKind, Parser, Properties, Start, State, is};
use crate::scan::{Fault, Mark, TokenKind};

type Result<'t> = std::result::Result<Event<'t>, Fault>;

impl<'t> Parser<'t> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<'t> {
        self.next_flow_part(first, "while parsing a flow sequence", "]")?;
        let token = self.peek()?;
        let mark = token.mark;
        match token.kind {
            TokenKind::FlowSequenceEnd => Ok(self.end_flow(EventKind::SequenceEnd, mark)),
            TokenKind::Key => {
                self.state = State::FlowSequenceEntryMappingKey;
                self.take();
                let start = Start {
                    properties: Properties::default(),
                    flow: true,
                };
                Ok(self.event(EventKind::MappingStart(start), mark))
            }
            _ => {
                self.states.push(State::FlowSequenceEntry);
                self.node(Context::Flow)
            }
        }
    }

    /// The key of a pair in a list.
    pub(super) fn flow_sequence_entry_mapping_key(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mark = token.mark;
        if is!(
            token,
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd
        ) {
            // go-yaml takes the token here, whatever it is.
            self.take();
            self.state = State::FlowSequenceEntryMappingValue;
            return Ok(self.empty_scalar(mark));
        }
        self.states.push(State::FlowSequenceEntryMappingValue);
        self.node(Context::Flow)
    }

    pub(super) fn flow_sequence_entry_mapping_value(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mut mark = token.mark;
        if is!(token, TokenKind::Value) {
            self.take();
            let token = self.peek()?;
            mark = token.mark;
            if !is!(token, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowSequenceEntryMappingEnd);
                return self.node(Context::Flow);
            }
        }
        self.state = State::FlowSequenceEntryMappingEnd;
        Ok(self.empty_scalar(mark))
    }

    pub(super) fn flow_sequence_entry_mapping_end(&mut self) -> Result<'t> {
        let mark = self.peek()?.mark;
        self.state = State::FlowSequenceEntry;
        Ok(self.event(EventKind::MappingEnd, mark))
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<'t> {
        self.next_flow_part(first, "while parsing a flow mapping", "}")?;
        let token = self.peek()?;
        let mark = token.mark;
        match token.kind {
            TokenKind::FlowMappingEnd => Ok(self.end_flow(EventKind::MappingEnd, mark)),
            TokenKind::Key => {
                self.take();
                let token = self.peek()?;
                let mark = token.mark;
                if is!(
                    token,
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd
                ) {
                    self.state = State::FlowMappingValue;
                    return Ok(self.empty_scalar(mark));
                }
                self.states.push(State::FlowMappingValue);
                self.node(Context::Flow)
            }
            _ => {
                self.states.push(State::FlowMappingEmptyValue);
                self.node(Context::Flow)
            }
        }
    }

    pub(super) fn flow_mapping_value(&mut self) -> Result<'t> {
        let token = self.peek()?;
        let mut mark = token.mark;
        if is!(token, TokenKind::Value) {
            self.take();
            let token = self.peek()?;
            mark = token.mark;
            if !is!(token, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.node(Context::Flow);
            }
        }
        self.state = State::FlowMappingKey;
        Ok(self.empty_scalar(mark))
    }

    pub(super) fn flow_mapping_empty_value(&mut self) -> Result<'t> {
        let mark = self.peek()?.mark;
        self.state = State::FlowMappingKey;
        Ok(self.empty_scalar(mark))
    }

    /// Takes the bracket, or the comma before the next part.
    fn next_flow_part(
        &mut self,
        first: bool,
        context: &str,
        bracket: &str,
    ) -> std::result::Result<(), Fault> {
        if first {
            let mark = self.take_mark()?;
            self.marks.push(mark);
            return Ok(());
        }
        let token = self.peek()?;
        let mark = token.mark;
        match (&token.kind, bracket) {
            (TokenKind::FlowSequenceEnd, "]") | (TokenKind::FlowMappingEnd, "}") => Ok(()),
            (TokenKind::FlowEntry, _) => {
                self.take();
                Ok(())
            }
            _ => {
                let problem = format!("did not find expected ',' or '{bracket}'");
                Err(self.fault_in_collection(context, &problem, mark))
            }
        }
    }

    fn end_flow(&mut self, kind: EventKind<'t>, mark: Mark) -> Event<'t> {
        self.pop_state();
        self.marks.pop();
        let mut event = self.event(kind, mark);
        event.comments = self.comments();
        self.take();
        event
    }
}
