//! What all templates of one execution share: who executes them, and what they have spent.

use crate::host::Host;
use std::cell::Cell;

/// One execution.
pub struct Run<'a> {
    pub host: &'a Host<'a>,
    steps: Cell<u64>,
    texts: Cell<u64>,
    depth: Cell<usize>,
}

/// A bound that was passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Exceeded {
    #[error("the template does more than {0} steps")]
    Steps(u64),
    #[error("the template makes a text of more than {0} bytes")]
    Text(usize),
    #[error("the template makes more than {0} bytes of text")]
    Texts(u64),
    #[error("exceeded maximum template depth ({0})")]
    Depth(usize),
}

impl<'a> Run<'a> {
    pub fn new(host: &'a Host<'a>) -> Self {
        Self {
            host,
            steps: Cell::new(0),
            texts: Cell::new(0),
            depth: Cell::new(0),
        }
    }

    /// Counts steps.
    pub fn spend(&self, steps: u64) -> Result<(), Exceeded> {
        let spent = self.steps.get().saturating_add(steps);
        self.steps.set(spent);
        match spent <= self.host.limits.steps {
            true => Ok(()),
            false => Err(Exceeded::Steps(self.host.limits.steps)),
        }
    }

    /// Checks how long a text has become.
    pub fn check_length(&self, length: usize) -> Result<(), Exceeded> {
        match length <= self.host.limits.text {
            true => Ok(()),
            false => Err(Exceeded::Text(self.host.limits.text)),
        }
    }

    /// Counts a text that was made.
    pub fn made(&self, length: usize) -> Result<(), Exceeded> {
        self.check_length(length)?;
        let made = self.texts.get().saturating_add(length as u64);
        self.texts.set(made);
        match made <= self.host.limits.texts {
            true => Ok(()),
            false => Err(Exceeded::Texts(self.host.limits.texts)),
        }
    }

    /// Enters a template.
    pub fn enter(&self) -> Result<(), Exceeded> {
        let depth = self.depth.get();
        if depth >= self.host.limits.depth {
            return Err(Exceeded::Depth(self.host.limits.depth));
        }
        self.depth.set(depth + 1);
        Ok(())
    }

    /// Leaves it.
    pub fn leave(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }
}
