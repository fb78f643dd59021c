//! Walking object and patch together.
//!
//! Comes in: a node of the object, one of the patch, either may be missing, and the type of both.
//! Goes out: the node that stands there afterwards, if any. Source: kyaml 0.21, yaml/walk/walk.go
//! and scalar.go, yaml/merge2/merge2.go.

use super::Growth;
use super::error::{MergeError, MergeProblem};
use super::graph::{Graph, Id, Kind};
use crate::patch::DEEPEST;
use crate::schema::{Schema, TypeId};

/// Object and patch in the middle of being merged.
pub struct Walker<'a> {
    pub graph: Graph,
    pub schema: &'a Schema,
    pub growth: Growth,
    depth: usize,
    looks: usize,
}

/// How often one merge may look at an element of a list: a second's work or two.
const MOST_LOOKS: usize = 100_000_000;

/// What walking leads to: the node that stands there afterwards.
pub type Walked = Result<Option<Id>, MergeError>;

impl<'a> Walker<'a> {
    pub fn new(graph: Graph, schema: &'a Schema, growth: Growth) -> Self {
        Self {
            graph,
            schema,
            growth,
            depth: 0,
            looks: 0,
        }
    }

    /// A walker in the same place, over other nodes.
    pub fn apart(&self, graph: Graph) -> Self {
        Self { graph, ..*self }
    }

    /// Notes what such a walker did.
    pub fn went_apart(&mut self, other: &Self) {
        self.looks = other.looks;
    }

    /// Notes that each element of a list is looked for among all of them.
    pub fn count_looks(&mut self, elements: usize, line: u32) -> Result<(), MergeError> {
        self.looks = self.looks.saturating_add(elements.saturating_mul(elements));
        match self.looks > MOST_LOOKS {
            true => Err(MergeError::new(MergeProblem::TooLong(MOST_LOOKS), line)),
            false => Ok(()),
        }
    }

    /// Merges two nodes.
    pub fn walk(&mut self, dest: Option<Id>, origin: Option<Id>, known: Option<TypeId>) -> Walked {
        if self.depth >= DEEPEST {
            let line = origin.or(dest).map_or(0, |id| self.graph.line(id));
            return Err(MergeError::new(MergeProblem::TooDeep(DEEPEST), line));
        }
        self.depth += 1;
        let walked = self.walk_down(dest, origin, known);
        self.depth -= 1;
        walked
    }

    fn walk_down(&mut self, dest: Option<Id>, origin: Option<Id>, known: Option<TypeId>) -> Walked {
        let known = known.or_else(|| self.named(&[dest, origin]));
        if let (Some(dest), None) = (dest, origin)
            && self.settle(dest, known)?
        {
            return Ok(Some(dest));
        }
        let kind = self.kind(&[dest, origin]);
        for id in [dest, origin].into_iter().flatten() {
            self.graph.expect(id, kind.unwrap_or(Kind::Mapping))?;
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
            .filter(|[api_version, _]| !api_version.is_empty())
            .find_map(|[api_version, kind]| self.schema.of_kind(api_version, kind))
    }

    pub fn is_null(&self, id: Id) -> bool {
        self.graph.is_null(id)
    }

    /// Is there nothing, or null?
    pub fn is_missing(&self, id: Option<Id>) -> bool {
        id.is_none_or(|id| self.is_null(id))
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
    /// Refuses a node of another kind; null is of every kind.
    pub fn expect(&self, id: Id, expected: Kind) -> Result<(), MergeError> {
        let found = self.kind(id);
        if self.is_null(id) || found == expected {
            return Ok(());
        }
        let problem = MergeProblem::WrongKind {
            expected: expected.name(),
            found: found.name(),
        };
        Err(MergeError::new(problem, self.line(id)))
    }
}
