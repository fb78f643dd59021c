//! A stream of YAML, cut into documents.
//!
//! Comes in: text. Goes out: one document after another, empty ones as null. Anchors end with
//! their document.

use super::compose::Composer;
use super::{Document, ReadError, located};
use crate::Limits;
use crate::parse::{EventKind, Parser};
use crate::scan::{Fault, Reader};

/// The documents of a text, until one is broken.
pub struct Documents<'a> {
    parser: Parser<'a>,
    limits: &'a Limits,
    number: usize,
}

impl<'a> Documents<'a> {
    pub fn new(text: &'a str, limits: &'a Limits) -> Self {
        Self {
            parser: Parser::new(text, Reader::V2),
            limits,
            number: 0,
        }
    }

    pub fn next(&mut self) -> Option<Result<Document, ReadError>> {
        let document = self.document().transpose()?;
        Some(document.map_err(|(place, problem)| located(self.number.max(1), place, problem)))
    }

    fn document(&mut self) -> Result<Option<Document>, Fault> {
        loop {
            match self.parser.next()?.kind {
                EventKind::StreamEnd => return Ok(None),
                EventKind::DocumentStart => break,
                _ => {}
            }
        }
        self.number += 1;
        let root = self.parser.next()?;
        let line = self.parser.place(root.mark).line;
        let value = Composer::new(&mut self.parser, self.limits).document(root)?;
        // Looks one step behind the value, where much of what is wrong with it shows.
        self.parser.next()?;
        Ok(Some(Document { value, line }))
    }
}
