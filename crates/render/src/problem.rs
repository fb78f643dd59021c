//! What is wrong with files, told with its place.

use model::Origin;
use std::fmt;

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{origin}: {text}")]
pub struct Problem {
    /// The file and line.
    pub origin: Origin,
    /// What is wrong there and what to do.
    pub text: String,
}

/// All that is wrong, in the order of files, the first ones if there are very many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Problems {
    told: Vec<Problem>,
    more: usize,
}

/// So many are told.
const TOLD: usize = 20;

impl Problems {
    /// The problems that are told.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.told.iter()
    }

    /// How many there are, told or not.
    pub fn count(&self) -> usize {
        self.told.len() + self.more
    }

    pub(crate) fn add(&mut self, origin: Origin, text: impl Into<String>) {
        match self.told.len() < TOLD {
            true => self.told.push(Problem {
                origin,
                text: text.into(),
            }),
            false => self.more += 1,
        }
    }
}

impl fmt::Display for Problems {
    /// One line each; a single one stands alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let ([problem], 0) = (&self.told[..], self.more) {
            return write!(f, "{problem}");
        }
        write!(f, "{} problems:", self.count())?;
        self.told
            .iter()
            .try_for_each(|problem| write!(f, "\n- {problem}"))?;
        match self.more {
            0 => Ok(()),
            more => write!(f, "\n- and {more} more"),
        }
    }
}
