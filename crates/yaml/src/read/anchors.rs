//! What anchors remember, and how much aliases may repeat.
//!
//! Comes in: every anchored value as it is completed, every node as it is met. Goes out: the value
//! an alias stands for, or a refusal when aliases make more of a document than is written in it.

use super::error::Problem;
use super::node::Node;
use crate::Limits;
use std::collections::HashMap;

/// How much a part of a document amounts to, aliases expanded.
#[derive(Clone, Copy, Default)]
pub struct Size {
    /// Steps go-yaml would take to decode it.
    pub steps: usize,
    /// Bytes of its text.
    pub text: usize,
    /// How many levels it has below its own.
    pub height: usize,
}

/// A completed value under an anchor.
pub struct Remembered<'t> {
    pub node: Node<'t>,
    pub size: Size,
}

/// The anchors of one document.
#[derive(Default)]
pub struct Anchors<'t> {
    /// `None` while the value is still being read.
    known: HashMap<&'t str, Option<Remembered<'t>>>,
}

impl<'t> Anchors<'t> {
    /// An anchored value begins; aliases to it are an error until it ends.
    pub fn open(&mut self, name: &'t str) {
        self.known.insert(name, None);
    }

    /// An anchored value ends.
    pub fn close(&mut self, name: &'t str, node: &Node<'t>, size: Size) {
        // A value inside may have taken the name over; the later definition stands.
        if let Some(open @ None) = self.known.get_mut(name) {
            *open = Some(Remembered {
                node: node.clone(),
                size,
            });
        }
    }

    /// What an alias stands for.
    pub fn find(&self, name: &str) -> Result<&Remembered<'t>, Problem> {
        match self.known.get(name) {
            Some(Some(remembered)) => Ok(remembered),
            Some(None) => Err(Problem::AnchorInItself(name.to_owned())),
            None => Err(Problem::UnknownAnchor(name.to_owned())),
        }
    }
}

/// Counts what a document asks for. The rule on nodes is go-yaml's: a document under 400,000 nodes
/// may come almost all from aliases, one above 4,000,000 only to a tenth.
#[derive(Default)]
pub struct Tally {
    pub steps: usize,
    pub text: usize,
    aliased_steps: usize,
    aliased_text: usize,
}

impl Tally {
    /// A document is a step of its own.
    pub fn of_document() -> Self {
        Self {
            steps: 1,
            ..Self::default()
        }
    }

    /// One node was met.
    pub fn step(&mut self) -> Result<(), Problem> {
        self.steps += 1;
        self.check()
    }

    /// An alias repeats a value.
    pub fn repeat(&mut self, size: Size, limits: &Limits) -> Result<(), Problem> {
        self.steps = self.steps.saturating_add(size.steps);
        self.aliased_steps = self.aliased_steps.saturating_add(size.steps);
        self.text = self.text.saturating_add(size.text);
        self.aliased_text = self.aliased_text.saturating_add(size.text);
        if self.aliased_text > limits.aliased_bytes {
            return Err(Problem::AliasedTooMuch {
                limit: limits.aliased_bytes,
            });
        }
        self.check()
    }

    fn check(&self) -> Result<(), Problem> {
        if self.aliased_steps <= 100 || self.steps <= 1000 {
            return Ok(());
        }
        let ratio = self.aliased_steps as f64 / self.steps as f64;
        if ratio > allowed_ratio(self.steps) {
            return Err(Problem::ExcessiveAliasing);
        }
        Ok(())
    }
}

fn allowed_ratio(steps: usize) -> f64 {
    const LOW: usize = 400_000;
    const HIGH: usize = 4_000_000;
    match steps {
        ..=LOW => 0.99,
        HIGH.. => 0.10,
        _ => 0.99 - 0.89 * ((steps - LOW) as f64 / (HIGH - LOW) as f64),
    }
}
