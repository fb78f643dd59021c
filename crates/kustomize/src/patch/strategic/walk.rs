//! Walking object and patch together.
//!
//! Comes in: a node of the object, one of the patch, either may be missing, and the type of both.
//! Goes out: the node that stands there afterwards, if any. Source: kyaml 0.21, yaml/walk/walk.go
//! and scalar.go, yaml/merge2/merge2.go.

use super::Growth;
use super::error::{MergeError, WrongKind, place};
use super::graph::{Graph, Id, Kind};
use crate::schema::{Schema, TypeId};
use std::sync::Arc;
use yaml::Limits;

/// Object and patch in the middle of being merged.
pub struct Walker<'a> {
    pub graph: Graph,
    pub schema: &'a Schema,
    pub growth: Growth,
    /// Where the walk is.
    pub path: Vec<Arc<str>>,
}

/// What walking leads to: the node that stands there afterwards.
pub type Walked = Result<Option<Id>, MergeError>;

impl<'a> Walker<'a> {
    pub fn new(graph: Graph, schema: &'a Schema, growth: Growth) -> Self {
        Self {
            graph,
            schema,
            growth,
            path: Vec::new(),
        }
    }

    /// Merges two nodes.
    pub fn walk(&mut self, dest: Option<Id>, origin: Option<Id>, known: Option<TypeId>) -> Walked {
        if self.path.len() > Limits::DEEPEST {
            return Err(MergeError::TooDeep(Limits::DEEPEST));
        }
        let known = known.or_else(|| self.named(&[dest, origin]));
        if let (Some(dest), None) = (dest, origin)
            && self.settle(dest, known)?
        {
            return Ok(Some(dest));
        }
        let kind = self.kind(&[dest, origin]);
        for id in [dest, origin].into_iter().flatten() {
            self.expect(id, kind.unwrap_or(Kind::Mapping))?;
        }
        match kind {
            None | Some(Kind::Mapping) => self.walk_map(dest, origin, known),
            Some(Kind::Sequence) => self.walk_list(dest, origin, known),
            Some(Kind::Scalar) => Ok(origin.or(dest)),
        }
    }

    /// The kind of the first node that is not null.
    fn kind(&self, sources: &[Option<Id>]) -> Option<Kind> {
        let mut there = sources.iter().flatten().filter(|id| !self.is_null(**id));
        there.next().map(|id| self.graph.kind(*id))
    }

    /// The type of the kind that a node says it is of.
    fn named(&self, sources: &[Option<Id>]) -> Option<TypeId> {
        let there = sources.iter().flatten().filter(|id| !self.is_null(**id));
        there
            .map(|id| ["apiVersion", "kind"].map(|field| self.graph.field_text(*id, field)))
            .find_map(|[api_version, kind]| self.schema.of_kind(api_version, kind))
    }

    pub fn is_null(&self, id: Id) -> bool {
        self.graph.is_null(id)
    }

    /// Is there nothing, or null?
    pub fn is_missing(&self, id: Option<Id>) -> bool {
        id.is_none_or(|id| self.is_null(id))
    }

    /// Refuses a node of another kind; null is of every kind.
    pub fn expect(&self, id: Id, expected: Kind) -> Result<(), MergeError> {
        match self.graph.expect(id, expected) {
            Ok(()) => Ok(()),
            Err(wrong) => Err(self.wrong_kind(wrong)),
        }
    }

    /// Says where the wrong kind was found.
    pub fn wrong_kind(&self, wrong: WrongKind) -> MergeError {
        MergeError::WrongKind {
            expected: wrong.expected.name(),
            found: wrong.found.name(),
            path: place(&self.path),
            line: wrong.line,
        }
    }

    /// An object's empty collection is written as the patch writes it: what is filled into a `{}`
    /// should not end up on one line.
    pub fn adopt_style(&mut self, dest: Option<Id>, origin: Option<Id>) {
        if let (Some(dest), Some(origin)) = (dest, origin)
            && self.graph.kind(dest) != Kind::Scalar
            && self.graph.len(dest) == 0
        {
            let style = self.graph.style(origin);
            self.graph.set_style(dest, style);
        }
    }
}

impl Graph {
    /// Is the node of this kind, or null?
    pub fn expect(&self, id: Id, expected: Kind) -> Result<(), WrongKind> {
        let found = self.kind(id);
        match self.is_null(id) || found == expected {
            true => Ok(()),
            false => Err(WrongKind {
                expected,
                found,
                line: self.line(id),
            }),
        }
    }
}
