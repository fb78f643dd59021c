//! Nodes under merging, several of which may hold the same node.
//!
//! Comes in: the trees of target and patch. Goes out: the merged tree. Upstream moves parts of the
//! patch into the target by reference, so a part may be seen from both, and what a step does to it
//! shows wherever it is held. Here nodes have numbers, and holding a node is knowing its number. Nodes
//! of the target that have a bond have the same number.
//! Parts that no step looks into stay folded: the trees they came as.

mod fields;
mod harvest;

pub use fields::Field;

use std::collections::HashMap;
use std::num::NonZeroU16;
use std::sync::Arc;
use yaml::{Bond, Comments, Content, Node, Style, Tag};

/// A node's number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Id(usize);

/// What a node is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Scalar,
    Sequence,
    Mapping,
}

impl Kind {
    /// As yaml.v3 calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "ScalarNode",
            Self::Sequence => "SequenceNode",
            Self::Mapping => "MappingNode",
        }
    }

    fn of(content: &Content) -> Self {
        match content {
            Content::Scalar(_) => Self::Scalar,
            Content::Sequence(_) => Self::Sequence,
            Content::Mapping(_) => Self::Mapping,
        }
    }
}

#[derive(Clone)]
enum Body {
    Scalar(Arc<str>),
    Sequence(Vec<Id>),
    Mapping(Vec<(Node, Id)>),
    /// A sequence or mapping nobody looked into.
    Folded(Content),
}

#[derive(Clone)]
struct Entry {
    body: Body,
    tag: Tag,
    style: Style,
    line: u32,
    comments: Option<Box<Comments>>,
    bond: Bond,
    /// A null that stays where others are taken out.
    kept: bool,
}

/// All nodes of a merge.
#[derive(Default)]
pub struct Graph {
    entries: Vec<Entry>,
    bonded: HashMap<NonZeroU16, Id>,
}

impl Graph {
    /// Takes a tree in, or finds the node that this one is one with.
    pub fn plant(&mut self, node: Node) -> Id {
        let Some(number) = node.bond.number() else {
            return self.add(node);
        };
        if let Some(there) = self.bonded.get(&number) {
            return *there;
        }
        let id = self.add(node);
        self.bonded.insert(number, id);
        id
    }

    fn add(&mut self, node: Node) -> Id {
        let body = match node.content {
            Content::Scalar(text) => Body::Scalar(text),
            collection => Body::Folded(collection),
        };
        self.entries.push(Entry {
            body,
            tag: node.tag,
            style: node.style,
            line: node.line,
            comments: node.comments,
            bond: node.bond,
            kept: false,
        });
        Id(self.entries.len() - 1)
    }

    /// A null that stays, spelled as it was.
    pub fn plant_kept_null(&mut self, text: &str) -> Id {
        let id = self.plant(Node::new(Content::Scalar(text.into()), Tag::Null));
        self.entries[id.0].kept = true;
        id
    }

    pub fn kind(&self, id: Id) -> Kind {
        match &self.entries[id.0].body {
            Body::Scalar(_) => Kind::Scalar,
            Body::Sequence(_) => Kind::Sequence,
            Body::Mapping(_) => Kind::Mapping,
            Body::Folded(content) => Kind::of(content),
        }
    }

    pub fn tag(&self, id: Id) -> &Tag {
        &self.entries[id.0].tag
    }

    pub fn is_null(&self, id: Id) -> bool {
        self.entries[id.0].tag == Tag::Null
    }

    pub fn is_kept(&self, id: Id) -> bool {
        self.entries[id.0].kept
    }

    pub fn line(&self, id: Id) -> u32 {
        self.entries[id.0].line
    }

    pub fn style(&self, id: Id) -> Style {
        self.entries[id.0].style
    }

    pub fn set_style(&mut self, id: Id, style: Style) {
        self.entries[id.0].style = style;
    }

    /// A scalar's text; empty for collections.
    pub fn text(&self, id: Id) -> &str {
        match &self.entries[id.0].body {
            Body::Scalar(text) => text,
            _ => "",
        }
    }

    /// How many items or fields it has.
    pub fn len(&self, id: Id) -> usize {
        match &self.entries[id.0].body {
            Body::Scalar(_) | Body::Folded(Content::Scalar(_)) => 0,
            Body::Sequence(items) => items.len(),
            Body::Mapping(fields) => fields.len(),
            Body::Folded(Content::Sequence(items)) => items.len(),
            Body::Folded(Content::Mapping(entries)) => entries.len(),
        }
    }

    /// Is it null, or a collection with nothing in it?
    pub fn is_null_or_empty(&self, id: Id) -> bool {
        self.is_null(id) || (self.kind(id) != Kind::Scalar && self.len(id) == 0)
    }

    /// Is it a map with nothing in it?
    pub fn is_empty_map(&self, id: Id) -> bool {
        self.kind(id) == Kind::Mapping && self.len(id) == 0
    }

    /// Makes a node one that was made and not read.
    pub fn forget_origin(&mut self, id: Id) {
        let entry = &mut self.entries[id.0];
        entry.tag = Tag::None;
        entry.line = 0;
        entry.comments = None;
    }

    /// The collection, if nobody looked into it yet.
    pub fn folded(&mut self, id: Id) -> Option<&mut Content> {
        match &mut self.entries[id.0].body {
            Body::Folded(content) => Some(content),
            _ => None,
        }
    }

    fn unfold(&mut self, id: Id) {
        let body = &mut self.entries[id.0].body;
        let Body::Folded(content) = body else { return };
        let content = std::mem::replace(content, Content::Sequence(Vec::new()));
        self.entries[id.0].body = match content {
            Content::Scalar(text) => Body::Scalar(text),
            Content::Sequence(items) => {
                Body::Sequence(items.into_iter().map(|item| self.plant(item)).collect())
            }
            Content::Mapping(entries) => Body::Mapping(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, self.plant(value)))
                    .collect(),
            ),
        };
    }

    /// A sequence's items; none for anything else.
    pub fn items(&mut self, id: Id) -> &[Id] {
        self.unfold(id);
        match &self.entries[id.0].body {
            Body::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Gives a sequence other items.
    pub fn set_items(&mut self, id: Id, items: Vec<Id>) {
        self.entries[id.0].body = Body::Sequence(items);
    }

    /// Makes a node like another one; both hold the same parts then.
    pub fn assign(&mut self, id: Id, other: Id) {
        self.unfold(other);
        let Entry { kept, bond, .. } = self.entries[id.0];
        self.entries[id.0] = Entry {
            kept,
            bond,
            ..self.entries[other.0].clone()
        };
    }
}
