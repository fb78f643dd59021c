//! A stream of YAML, cut into documents.
//!
//! Comes in: text. Goes out: one document after another, empty ones as null. Anchors end with
//! their document.

use super::compose::Composer;
use super::events::{EventKind, Events};
use super::{Document, Problem, ReadError, located};
use crate::Limits;

/// The documents of a text, until one is broken.
pub struct Documents<'a> {
    events: Events<'a>,
    limits: &'a Limits,
    number: usize,
}

type Fault = (super::Mark, Problem);

impl<'a> Documents<'a> {
    pub fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self {
            events: Events::new(text),
            limits,
            number: 0,
        }
    }

    pub fn next(&mut self) -> Option<Result<Document, ReadError>> {
        let document = self.document().transpose()?;
        Some(document.map_err(|(mark, problem)| located(self.number.max(1), mark, problem)))
    }

    fn document(&mut self) -> Result<Option<Document>, Fault> {
        loop {
            match self.events.next_event()?.kind {
                EventKind::StreamEnd => return Ok(None),
                EventKind::DocumentStart => break,
                _ => {}
            }
        }
        self.number += 1;
        let root = self.events.next_event()?;
        let line = root.mark.line;
        let value = Composer::new(&mut self.events, self.limits).document(root)?;
        // Looks one step behind the value, where much of what is wrong with it shows.
        self.events.next_event()?;
        Ok(Some(Document { value, line }))
    }
}
