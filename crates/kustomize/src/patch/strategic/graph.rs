//! Nodes under merging, several of which may hold the same node.
//!
//! Comes in: the trees of target and patch. Goes out: the merged tree. Upstream moves parts of the
//! patch into the target by reference, so a part may be seen from both, and what a step does to it
//! shows wherever it is held. Here nodes have numbers, and holding a node is knowing its number.
//! Parts that no step looks into stay folded: the trees they came as.

use std::collections::HashSet;
use std::sync::Arc;
use yaml::{Comments, Content, Node, Style, Tag};

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

/// A field of a mapping.
pub struct Field {
    pub name: Arc<str>,
    pub key_style: Style,
    pub value: Id,
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
    /// A null that stays where others are taken out.
    kept: bool,
}

/// All nodes of a merge.
#[derive(Default)]
pub struct Graph {
    entries: Vec<Entry>,
}

impl Graph {
    /// Takes a tree in.
    pub fn plant(&mut self, node: Node) -> Id {
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

    /// The fields of a mapping by name, of equal ones the first; none for anything else.
    pub fn fields(&mut self, id: Id) -> Vec<Field> {
        self.unfold(id);
        let Body::Mapping(entries) = &self.entries[id.0].body else {
            return Vec::new();
        };
        let mut fields: Vec<_> = entries
            .iter()
            .map(|(key, value)| Field {
                name: name_of(key),
                key_style: key.style,
                value: *value,
            })
            .collect();
        // Stable, so that the first of equal ones stays the first.
        fields.sort_by(|one, other| one.name.cmp(&other.name));
        fields.dedup_by(|later, first| later.name == first.name);
        fields
    }

    /// The value of the first field of this name.
    pub fn field(&mut self, id: Id, name: &str) -> Option<Id> {
        self.unfold(id);
        let Body::Mapping(entries) = &self.entries[id.0].body else {
            return None;
        };
        let found = entries.iter().find(|(key, _)| key.text() == name);
        found.map(|(_, value)| *value)
    }

    /// The text of a field that is not empty, else nothing. Does not look into the map otherwise.
    pub fn field_text(&self, id: Id, name: &str) -> &str {
        match &self.entries[id.0].body {
            Body::Folded(Content::Mapping(entries)) => entries
                .iter()
                .find(|(key, _)| key.text() == name)
                .filter(|(_, value)| !value.is_null())
                .map_or("", |(_, value)| value.text()),
            Body::Mapping(entries) => entries
                .iter()
                .find(|(key, _)| key.text() == name)
                .filter(|(_, value)| !self.is_null(*value))
                .map_or("", |(_, value)| self.text(*value)),
            _ => "",
        }
    }

    /// Appends a field.
    pub fn push_field(&mut self, id: Id, name: Arc<str>, key_style: Style, value: Id) {
        self.unfold(id);
        if let Body::Mapping(entries) = &mut self.entries[id.0].body {
            let mut key = Node::scalar(name);
            key.style = key_style;
            entries.push((key, value));
        }
    }

    /// Takes the first field of this name out.
    pub fn remove_field(&mut self, id: Id, name: &str) {
        self.unfold(id);
        if let Body::Mapping(entries) = &mut self.entries[id.0].body
            && let Some(at) = entries.iter().position(|(key, _)| key.text() == name)
        {
            entries.remove(at);
        }
    }

    /// Makes a node like another one; both hold the same parts then.
    pub fn assign(&mut self, id: Id, other: Id) {
        self.unfold(other);
        let kept = self.is_kept(id);
        self.entries[id.0] = self.entries[other.0].clone();
        self.entries[id.0].kept = kept;
    }

    /// The tree that starts at a node. The graph is of no use any more then.
    pub fn harvest(mut self, root: Id) -> Node {
        let mut seen = HashSet::new();
        let mut shared = HashSet::new();
        self.count(root, &mut seen, &mut shared);
        self.fold(root, &shared)
    }

    /// Finds the nodes that are held more than once, and all below them.
    fn count(&self, id: Id, seen: &mut HashSet<Id>, shared: &mut HashSet<Id>) {
        if !seen.insert(id) && !shared.insert(id) {
            return;
        }
        match &self.entries[id.0].body {
            Body::Sequence(items) => items.iter().for_each(|id| self.count(*id, seen, shared)),
            Body::Mapping(entries) => {
                let values = entries.iter().map(|(_, value)| *value);
                values.for_each(|id| self.count(id, seen, shared));
            }
            Body::Scalar(_) | Body::Folded(_) => {}
        }
    }

    fn fold(&mut self, id: Id, shared: &HashSet<Id>) -> Node {
        let entry = match shared.contains(&id) {
            true => self.entries[id.0].clone(),
            false => self.entries[id.0].take(),
        };
        let content = match entry.body {
            Body::Scalar(text) => Content::Scalar(text),
            Body::Folded(content) => content,
            Body::Sequence(items) => {
                let items = items.into_iter();
                Content::Sequence(items.map(|id| self.fold(id, shared)).collect())
            }
            Body::Mapping(entries) => {
                let entries = entries.into_iter();
                let folded = entries.map(|(key, value)| (key, self.fold(value, shared)));
                Content::Mapping(folded.collect())
            }
        };
        Node {
            content,
            tag: entry.tag,
            style: entry.style,
            line: entry.line,
            comments: entry.comments,
        }
    }
}

impl Entry {
    fn take(&mut self) -> Self {
        Self {
            body: std::mem::replace(&mut self.body, Body::Sequence(Vec::new())),
            tag: std::mem::take(&mut self.tag),
            style: self.style,
            line: self.line,
            comments: self.comments.take(),
            kept: self.kept,
        }
    }
}

fn name_of(key: &Node) -> Arc<str> {
    match &key.content {
        Content::Scalar(text) => Arc::clone(text),
        _ => "".into(),
    }
}
