//! Parsing: tokens in, events out.
//!
//! Comes in: a text, scanned as it is needed. Goes out: [`Event`]s that say how its nodes nest. No
//! recursion: what is open is on a stack. Source of the rules: go-yaml's parserc.go, which v2 and
//! yaml.v3 share but for comments.

mod block;
mod document;
mod event;
mod flow;
mod node;
mod remarks;

use crate::scan::{Fault, Mark, Place, Reader, Scanner, Token};
use std::borrow::Cow;

pub use event::{Event, EventComments, EventKind, Properties, Scalar, Start};

/// What is expected next.
#[derive(Clone, Copy, PartialEq)]
enum State {
    ImplicitDocumentStart,
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceFirstEntry,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingFirstKey,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirstEntry,
    FlowSequenceEntry,
    FlowSequenceEntryMappingKey,
    FlowSequenceEntryMappingValue,
    FlowSequenceEntryMappingEnd,
    FlowMappingFirstKey,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
    End,
}

/// The events of one text.
pub struct Parser<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    state: State,
    states: Vec<State>,
    /// Where the collections that are open start.
    marks: Vec<Mark>,
    tags: Vec<(&'t str, Cow<'t, str>)>,
    /// How many `%TAG` lines there were in all documents.
    directives: usize,
}

impl<'t> Parser<'t> {
    /// The events of a text.
    pub fn new(text: &'t str, reader: Reader) -> Self {
        Self {
            text,
            scanner: Scanner::new(text, reader),
            state: State::ImplicitDocumentStart,
            states: Vec::new(),
            marks: Vec::new(),
            tags: Vec::new(),
            directives: 0,
        }
    }

    /// The next event; after the end, the end again.
    pub fn next(&mut self) -> Result<Event<'t>, Fault> {
        match self.state {
            State::ImplicitDocumentStart => self.stream_start(),
            State::DocumentStart => self.document_start(),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(Context::Block),
            State::BlockSequenceFirstEntry => self.block_sequence_first_entry(),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::BlockMappingFirstKey => self.block_mapping_first_key(),
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::FlowSequenceFirstEntry => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::FlowSequenceEntryMappingKey => self.flow_sequence_entry_mapping_key(),
            State::FlowSequenceEntryMappingValue => self.flow_sequence_entry_mapping_value(),
            State::FlowSequenceEntryMappingEnd => self.flow_sequence_entry_mapping_end(),
            State::FlowMappingFirstKey => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => self.flow_mapping_empty_value(),
            State::End => Ok(self.event(EventKind::StreamEnd, Mark::default())),
        }
    }

    /// The place of an event, for people.
    pub fn place(&self, mark: Mark) -> Place {
        mark.place(self.text)
    }

    fn event(&self, kind: EventKind<'t>, mark: Mark) -> Event<'t> {
        let comments = None;
        Event {
            kind,
            mark,
            comments,
        }
    }

    fn peek(&mut self) -> Result<&Token<'t>, Fault> {
        self.scanner.peek()
    }

    /// Takes the token that was looked at.
    fn take(&mut self) -> Option<Token<'t>> {
        self.scanner.take()
    }

    /// Takes the next token and gives its mark.
    fn take_mark(&mut self) -> Result<Mark, Fault> {
        let mark = self.peek()?.mark;
        self.take();
        Ok(mark)
    }

    /// What is around the collection or node that ends is next.
    fn pop_state(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    /// An error about the collection that was begun last.
    fn fault_in_collection(&mut self, context: &str, problem: &str, mark: Mark) -> Fault {
        let from = self.marks.pop().unwrap_or(mark);
        self.scanner.fault_in((context, from), problem, mark)
    }

    /// A node that is not there.
    fn empty_scalar(&self, mark: Mark) -> Event<'t> {
        let scalar = Scalar {
            text: "".into(),
            properties: Properties::default(),
            form: crate::Form::Plain,
        };
        self.event(EventKind::Scalar(scalar), mark)
    }
}

/// What a node may be.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    /// Anything.
    Block,
    /// A list may also start in the column of the key.
    BlockOrIndentlessSequence,
    /// No block collection.
    Flow,
}

/// Whether a token is one of some.
macro_rules! is {
    ($token:expr, $pattern:pat) => {
        matches!($token.kind, $pattern)
    };
}
use is;
