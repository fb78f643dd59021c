//! From events to a value.
//!
//! Comes in: the events of one document. Goes out: its value. There is no tree of nodes in
//! between, only the collections that are still open; and no recursion, so depth costs no stack.

use super::anchors::{Anchors, Size, Tally};
use super::error::Problem;
use super::node::{Collection, Node, Slot};
use crate::limits::Limits;
use crate::parse::{Event, EventKind, Parser, Scalar};
use crate::resolve;
use crate::scan::{Fault, Mark};
use serde_json::Value;

/// Builds one document.
pub struct Composer<'p, 't> {
    parser: &'p mut Parser<'t>,
    limits: &'p Limits,
    anchors: Anchors<'t>,
    tally: Tally,
    open: Vec<Open<'t>>,
    /// The deepest level met since it was last set.
    deepest: usize,
}

/// A collection whose end has not been met.
struct Open<'t> {
    collection: Collection,
    mark: Mark,
    anchor: Option<OpenAnchor<'t>>,
}

/// What has to be known of the beginning of an anchored collection when it ends.
struct OpenAnchor<'t> {
    name: &'t str,
    steps: usize,
    text: usize,
    deepest_before: usize,
}

/// What went wrong, and where.
type Trouble = (Mark, Problem);

/// Puts the place to a problem.
fn at(mark: Mark) -> impl Fn(Problem) -> Trouble {
    move |problem| (mark, problem)
}

impl<'p, 't> Composer<'p, 't> {
    pub fn new(parser: &'p mut Parser<'t>, limits: &'p Limits) -> Self {
        let (anchors, tally) = (Anchors::default(), Tally::of_document());
        Self {
            parser,
            limits,
            anchors,
            tally,
            open: Vec::new(),
            deepest: 0,
        }
    }

    /// The value that starts with this event.
    pub fn document(mut self, root: Event<'t>) -> Result<Value, Fault> {
        let mut event = root;
        loop {
            match self.take(event) {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => event = self.parser.next()?,
                Err((mark, problem)) => {
                    self.check_rest(&problem)?;
                    return Err((self.parser.place(mark), problem));
                }
            }
        }
    }

    /// go-yaml looks at values once the whole document is parsed, but at names of anchors before:
    /// a break of the grammar further down comes first. Limits are our own.
    fn check_rest(&mut self, problem: &Problem) -> Result<(), Fault> {
        if let Problem::UnknownAnchor(_)
        | Problem::TooDeep { .. }
        | Problem::AliasedTooMuch { .. } = problem
        {
            return Ok(());
        }
        loop {
            match self.parser.next()?.kind {
                EventKind::DocumentEnd | EventKind::StreamEnd => return Ok(()),
                _ => {}
            }
        }
    }

    /// Works one event in; gives the document's value once it is complete.
    fn take(&mut self, event: Event<'t>) -> Result<Option<Value>, Trouble> {
        let mark = event.mark;
        match event.kind {
            EventKind::Scalar(scalar) if self.merges(&scalar) => Ok(None),
            EventKind::Scalar(scalar) => {
                let node = self.scalar(scalar).map_err(at(mark))?;
                self.place(node, mark)
            }
            EventKind::Alias(name) => {
                let node = self.alias(name).map_err(at(mark))?;
                self.place(node, mark)
            }
            EventKind::SequenceStart(start) => self.begin(
                Collection::Sequence(Vec::new()),
                start.properties.anchor,
                mark,
            ),
            EventKind::MappingStart(start) => {
                self.begin(Collection::mapping(), start.properties.anchor, mark)
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => self.end(mark),
            _ => Err((mark, Problem::syntax("did not find expected node content"))),
        }
    }

    /// Whether this is a `<<` where a key may stand; if so, what follows is merged.
    fn merges(&mut self, scalar: &Scalar<'t>) -> bool {
        if scalar.text != "<<" {
            return false;
        }
        let tag = scalar.properties.tag.as_deref();
        let merges = scalar.is_plain() || tag == Some("tag:yaml.org,2002:merge");
        match self.open.last_mut().map(|open| &mut open.collection) {
            Some(Collection::Mapping {
                slot: slot @ Slot::Key,
                ..
            }) if merges => {
                *slot = Slot::Merge;
                true
            }
            _ => false,
        }
    }

    fn scalar(&mut self, scalar: Scalar<'t>) -> Result<Node<'t>, Problem> {
        let (text, is_plain) = (scalar.text.len(), scalar.is_plain());
        let tag = scalar.properties.tag.as_deref();
        self.reach(0)?;
        self.tally.step()?;
        self.tally.text = self.tally.text.saturating_add(text);
        let resolved = resolve::scalar(scalar.text, tag, is_plain)?;
        let node = Node::Scalar(resolved);
        if let Some(name) = scalar.properties.anchor {
            self.anchors.open(name);
            self.anchors.close(
                name,
                &node,
                Size {
                    steps: 1,
                    text,
                    height: 0,
                },
            );
        }
        Ok(node)
    }

    fn alias(&mut self, name: &str) -> Result<Node<'t>, Problem> {
        let size = self.anchors.find(name)?.size;
        self.reach(size.height)?;
        self.tally.step()?;
        self.tally.repeat(size, self.limits)?;
        Ok(Node::Alias(Box::new(self.anchors.find(name)?.node.clone())))
    }

    fn reach(&mut self, height: usize) -> Result<(), Problem> {
        let (limit, depth) = (
            self.limits.deepest(),
            self.open.len().saturating_add(height),
        );
        if depth > limit {
            return Err(Problem::TooDeep { limit });
        }
        self.deepest = self.deepest.max(depth);
        Ok(())
    }

    fn begin(
        &mut self,
        collection: Collection,
        anchor: Option<&'t str>,
        mark: Mark,
    ) -> Result<Option<Value>, Trouble> {
        self.reach(1)
            .and_then(|()| self.tally.step())
            .map_err(at(mark))?;
        let anchor = anchor.map(|name| {
            self.anchors.open(name);
            let depth = self.open.len() + 1;
            let deepest_before = std::mem::replace(&mut self.deepest, depth);
            OpenAnchor {
                name,
                steps: self.tally.steps - 1,
                text: self.tally.text,
                deepest_before,
            }
        });
        self.open.push(Open {
            collection,
            mark,
            anchor,
        });
        Ok(None)
    }

    fn end(&mut self, mark: Mark) -> Result<Option<Value>, Trouble> {
        let Some(open) = self.open.pop() else {
            return Err((mark, Problem::syntax("did not find expected node content")));
        };
        let node = open.collection.into_node().map_err(at(open.mark))?;
        if let Some(anchor) = open.anchor {
            self.remember(anchor, &node);
        }
        self.place(node, open.mark)
    }

    fn remember(&mut self, anchor: OpenAnchor<'t>, node: &Node<'t>) {
        let size = Size {
            steps: self.tally.steps - anchor.steps,
            text: self.tally.text - anchor.text,
            height: self.deepest - self.open.len(),
        };
        self.deepest = self.deepest.max(anchor.deepest_before);
        self.anchors.close(anchor.name, node, size);
    }

    /// Puts a complete node where it belongs.
    fn place(&mut self, node: Node<'t>, mark: Mark) -> Result<Option<Value>, Trouble> {
        match self.open.last_mut() {
            None => node.into_value().map(Some).map_err(at(mark)),
            Some(open) => {
                let placed = open.collection.place(node, self.limits.duplicate_keys);
                placed.map(|()| None).map_err(at(mark))
            }
        }
    }
}
