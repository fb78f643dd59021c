//! From events to a value.
//!
//! Comes in: the events of one document. Goes out: its value. There is no tree of nodes in
//! between, only the collections that are still open; and no recursion, so depth costs no stack.

use super::anchors::{Anchors, Size, Tally};
use super::error::Problem;
use super::events::{Event, EventKind, Events, Mark, Scalar};
use super::node::{Collection, Node, Slot};
use crate::limits::Limits;
use crate::resolve;
use serde_json::Value;

/// Builds one document.
pub struct Composer<'e, 'text> {
    events: &'e mut Events<'text>,
    limits: &'e Limits,
    anchors: Anchors,
    tally: Tally,
    open: Vec<Open>,
    /// The deepest level met since it was last set.
    deepest: usize,
}

/// A collection whose end has not been met.
struct Open {
    collection: Collection,
    mark: Mark,
    anchor: Option<OpenAnchor>,
}

/// What has to be known of the beginning of an anchored collection when it ends.
struct OpenAnchor {
    name: String,
    steps: usize,
    text: usize,
    deepest_before: usize,
}

type Fault = (Mark, Problem);

/// Puts the place to a problem.
fn at(mark: Mark) -> impl Fn(Problem) -> Fault {
    move |problem| (mark, problem)
}

impl<'e, 'text> Composer<'e, 'text> {
    pub fn new(events: &'e mut Events<'text>, limits: &'e Limits) -> Self {
        let (anchors, tally) = (Anchors::default(), Tally::of_document());
        Self {
            events,
            limits,
            anchors,
            tally,
            open: Vec::new(),
            deepest: 0,
        }
    }

    /// The value that starts with this event.
    pub fn document(mut self, root: Event) -> Result<Value, Fault> {
        let mut event = root;
        loop {
            if let Some(value) = self.take(event)? {
                return Ok(value);
            }
            event = self.events.next_event()?;
        }
    }

    /// Works one event in; gives the document's value once it is complete.
    fn take(&mut self, event: Event) -> Result<Option<Value>, Fault> {
        let mark = event.mark;
        match event.kind {
            EventKind::Scalar(scalar) if self.merges(&scalar) => Ok(None),
            EventKind::Scalar(scalar) => {
                let node = self.scalar(scalar).map_err(at(mark))?;
                self.place(node, mark)
            }
            EventKind::Alias(name) => {
                let node = self.alias(&name).map_err(at(mark))?;
                self.place(node, mark)
            }
            EventKind::SequenceStart { anchor } => {
                self.begin(Collection::Sequence(Vec::new()), anchor, mark)
            }
            EventKind::MappingStart { anchor } => self.begin(Collection::mapping(), anchor, mark),
            EventKind::SequenceEnd | EventKind::MappingEnd => self.end(mark),
            _ => Err((
                mark,
                Problem::Syntax("did not find expected node content".into()),
            )),
        }
    }

    /// Whether this is a `<<` where a key may stand; if so, what follows is merged.
    fn merges(&mut self, scalar: &Scalar) -> bool {
        let tagged = scalar.tag.as_deref() == Some("tag:yaml.org,2002:merge");
        let merges = scalar.text == "<<" && (scalar.plain || tagged);
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

    fn scalar(&mut self, scalar: Scalar) -> Result<Node, Problem> {
        let text = scalar.text.len();
        self.reach(0)?;
        self.tally.step()?;
        self.tally.text = self.tally.text.saturating_add(text);
        let resolved = resolve::scalar(scalar.text, scalar.tag.as_deref(), scalar.plain)?;
        let node = Node::Scalar(resolved);
        if let Some(name) = scalar.anchor {
            self.anchors.open(&name);
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

    fn alias(&mut self, name: &str) -> Result<Node, Problem> {
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
        anchor: Option<String>,
        mark: Mark,
    ) -> Result<Option<Value>, Fault> {
        self.reach(1)
            .and_then(|()| self.tally.step())
            .map_err(at(mark))?;
        let anchor = anchor.map(|name| {
            self.anchors.open(&name);
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

    fn end(&mut self, mark: Mark) -> Result<Option<Value>, Fault> {
        let Some(open) = self.open.pop() else {
            return Err((
                mark,
                Problem::Syntax("did not find expected node content".into()),
            ));
        };
        let node = open.collection.into_node();
        if let Some(anchor) = open.anchor {
            self.remember(anchor, &node);
        }
        self.place(node, open.mark)
    }

    fn remember(&mut self, anchor: OpenAnchor, node: &Node) {
        let size = Size {
            steps: self.tally.steps - anchor.steps,
            text: self.tally.text - anchor.text,
            height: self.deepest - self.open.len(),
        };
        self.deepest = self.deepest.max(anchor.deepest_before);
        self.anchors.close(anchor.name, node, size);
    }

    /// Puts a complete node where it belongs.
    fn place(&mut self, node: Node, mark: Mark) -> Result<Option<Value>, Fault> {
        match self.open.last_mut() {
            None => node.into_value().map(Some).map_err(at(mark)),
            Some(open) => {
                let placed = open.collection.place(node, self.limits.duplicate_keys);
                placed.map(|()| None).map_err(at(mark))
            }
        }
    }
}
