//! Places in a text.
//!
//! Comes in: where the scanner stands. Goes out: a [`Mark`] to compare with others, and a [`Place`]
//! to tell a person.

use crate::read::Problem;

/// A place as the scanner counts: everything from 0, columns in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mark {
    /// Offset in the text.
    pub at: usize,
    pub line: u32,
    pub column: u32,
}

/// A place as people count: from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What went wrong, and where.
pub type Fault = (Place, Problem);

impl Mark {
    /// The place in the text this is a mark of.
    pub fn place(self, text: &str) -> Place {
        let at = self.at.min(text.len());
        let line_start = at.saturating_sub(self.column as usize);
        let before = &text.as_bytes()[line_start..at];
        Place {
            line: self.line as usize + 1,
            column: String::from_utf8_lossy(before).chars().count() + 1,
        }
    }
}

impl Place {
    /// The place of a byte offset.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n');
        let line_start = line_start.map_or(0, |at| at + 1);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(&before[line_start..])
            .chars()
            .count()
            + 1;
        Self { line, column }
    }
}
