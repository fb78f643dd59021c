//! Comments on their way from tokens to events.

use super::event::EventComments;
use super::{Parser, is};
use crate::scan::{Fault, TokenKind};

type Comments = Option<Box<EventComments>>;

impl Parser<'_> {
    /// All that was met and belongs to no event yet.
    pub(super) fn comments(&mut self) -> Comments {
        let remarks = self.scanner.remarks()?;
        let met = std::mem::take(remarks);
        if met.head.is_empty() && met.line.is_empty() && met.foot.is_empty() {
            return None;
        }
        Some(Box::new(EventComments {
            head: met.head,
            line: met.line,
            foot: met.foot,
        }))
    }

    /// The part of the first comment that an empty line sets apart from the first node.
    pub(super) fn document_head(&mut self) -> Comments {
        let remarks = self.scanner.remarks()?;
        let head = &remarks.head;
        let (above, rest) = match head.strip_suffix('\n') {
            Some(above) => (above.to_owned(), String::new()),
            None => {
                let at = head.rfind("\n\n")?;
                (head[..at].to_owned(), head[at + 2..].to_owned())
            }
        };
        remarks.head = rest;
        Some(Box::new(EventComments {
            head: above,
            ..EventComments::default()
        }))
    }

    /// What is left when the document ends. A head of nothing is its foot.
    pub(super) fn document_foot(&mut self) -> Comments {
        let mut comments = self.comments()?;
        if comments.foot.is_empty() {
            comments.foot = std::mem::take(&mut comments.head);
        }
        Some(comments)
    }

    /// The comment before a dash whose item is a block collection.
    pub(super) fn stem_comment(&mut self) -> Comments {
        let head = self.scanner.remarks()?.stem.take()?;
        Some(Box::new(EventComments {
            head,
            ..EventComments::default()
        }))
    }

    /// How much of a head comment was met.
    pub(super) fn head_length(&mut self) -> usize {
        self.scanner
            .remarks()
            .map_or(0, |remarks| remarks.head.len())
    }

    /// Sets a comment aside that was met before a dash, if a block collection follows the dash: it
    /// belongs to the collection, not to its first part.
    pub(super) fn split_stem_comment(&mut self, length: usize) -> Result<(), Fault> {
        if length == 0 {
            return Ok(());
        }
        let is_block = is!(
            self.peek()?,
            TokenKind::BlockSequenceStart | TokenKind::BlockMappingStart
        );
        if is_block && let Some(remarks) = self.scanner.remarks() {
            let rest = remarks.head.split_off(length);
            let stem = std::mem::take(&mut remarks.head);
            rest.strip_prefix('\n')
                .unwrap_or(&rest)
                .clone_into(&mut remarks.head);
            remarks.stem = Some(stem);
        }
        Ok(())
    }
}
