//! Nodes: what stands before them, and what they begin with.

use super::{Context, Event, EventKind, Parser, Properties, Scalar, Start, State, is};
use crate::Form;
use crate::scan::{Fault, Mark, TokenKind};
use std::borrow::Cow;

impl<'t> Parser<'t> {
    /// A node, or the beginning of one.
    pub(super) fn node(&mut self, context: Context) -> Result<Event<'t>, Fault> {
        let token = self.peek()?;
        let mark = token.mark;
        if let TokenKind::Alias(name) = token.kind {
            self.pop_state();
            let mut event = self.event(EventKind::Alias(name), mark);
            event.comments = self.comments();
            self.take();
            return Ok(event);
        }
        let properties = self.properties(mark)?;
        let indentless = context == Context::BlockOrIndentlessSequence;
        let flow = context == Context::Flow;
        match self.peek()?.kind {
            TokenKind::BlockEntry if indentless => {
                Ok(self.begin(State::IndentlessSequenceEntry, properties, mark))
            }
            TokenKind::Scalar { .. } => Ok(self.scalar(properties, mark)),
            TokenKind::FlowSequenceStart => {
                Ok(self.begin_flow(State::FlowSequenceFirstEntry, properties, mark))
            }
            TokenKind::FlowMappingStart => {
                Ok(self.begin_flow(State::FlowMappingFirstKey, properties, mark))
            }
            TokenKind::BlockSequenceStart if !flow => {
                Ok(self.begin_block(State::BlockSequenceFirstEntry, properties, mark))
            }
            TokenKind::BlockMappingStart if !flow => {
                Ok(self.begin_block(State::BlockMappingFirstKey, properties, mark))
            }
            _ => self.nothing(context, properties, mark),
        }
    }

    fn scalar(&mut self, properties: Properties<'t>, mark: Mark) -> Event<'t> {
        self.pop_state();
        let comments = self.comments();
        let (text, form) = match self.take().map(|token| token.kind) {
            Some(TokenKind::Scalar { text, form }) => (text, form),
            _ => (Cow::Borrowed(""), Form::Plain),
        };
        let kind = EventKind::Scalar(Scalar {
            text,
            properties,
            form,
        });
        Event {
            kind,
            mark,
            comments,
        }
    }

    fn begin(&mut self, state: State, properties: Properties<'t>, mark: Mark) -> Event<'t> {
        self.state = state;
        let is_mapping = matches!(
            state,
            State::BlockMappingFirstKey | State::FlowMappingFirstKey
        );
        let flow = matches!(
            state,
            State::FlowSequenceFirstEntry | State::FlowMappingFirstKey
        );
        let start = Start { properties, flow };
        let kind = match is_mapping {
            true => EventKind::MappingStart(start),
            false => EventKind::SequenceStart(start),
        };
        self.event(kind, mark)
    }

    fn begin_flow(&mut self, state: State, properties: Properties<'t>, mark: Mark) -> Event<'t> {
        let mut event = self.begin(state, properties, mark);
        event.comments = self.comments();
        event
    }

    fn begin_block(&mut self, state: State, properties: Properties<'t>, mark: Mark) -> Event<'t> {
        let mut event = self.begin(state, properties, mark);
        event.comments = self.stem_comment();
        event
    }

    /// Only properties make an empty node out of nothing.
    fn nothing(
        &mut self,
        context: Context,
        properties: Properties<'t>,
        mark: Mark,
    ) -> Result<Event<'t>, Fault> {
        if properties.anchor.is_some() || properties.tag.is_some() {
            self.pop_state();
            let kind = EventKind::Scalar(Scalar {
                text: "".into(),
                properties,
                form: Form::Plain,
            });
            return Ok(self.event(kind, mark));
        }
        let within = match context {
            Context::Flow => "while parsing a flow node",
            _ => "while parsing a block node",
        };
        let found = self.peek()?.mark;
        let problem = "did not find expected node content";
        Err(self.scanner.fault_in((within, mark), problem, found))
    }

    /// An anchor and a tag, in any order.
    fn properties(&mut self, start: Mark) -> Result<Properties<'t>, Fault> {
        let mut properties = Properties::default();
        loop {
            let token = self.peek()?;
            let is_new = match token.kind {
                TokenKind::Anchor(_) => properties.anchor.is_none(),
                TokenKind::Tag { .. } => properties.tag.is_none(),
                _ => false,
            };
            if !is_new {
                return Ok(properties);
            }
            match self.take() {
                Some(token) if is!(token, TokenKind::Anchor(_)) => {
                    if let TokenKind::Anchor(name) = token.kind {
                        properties.anchor = Some(name);
                    }
                }
                Some(token) => {
                    if let TokenKind::Tag { handle, suffix } = token.kind {
                        properties.tag = Some(self.tag(handle, suffix, (start, token.mark))?);
                    }
                }
                None => return Ok(properties),
            }
        }
    }

    /// A tag in its long form.
    fn tag(
        &self,
        handle: &str,
        suffix: Cow<'t, str>,
        (start, mark): (Mark, Mark),
    ) -> Result<Cow<'t, str>, Fault> {
        if handle.is_empty() {
            return Ok(suffix);
        }
        match self.tags.iter().find(|(known, _)| *known == handle) {
            Some((_, prefix)) => Ok(format!("{prefix}{suffix}").into()),
            None => {
                let context = ("while parsing a node", start);
                Err(self
                    .scanner
                    .fault_in(context, "found undefined tag handle", mark))
            }
        }
    }
}
