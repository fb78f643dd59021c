//! YAML as a tree of nodes, the way yaml.v3 keeps it.
//!
//! Comes in: text whose scalars must stay as written for now. Goes out: a tree that knows of every
//! scalar its text, its tag and its style. Kustomize works on such trees: a transformer that copies
//! `0777` into a text field copies four characters, not the number 511; what a scalar means is
//! decided only when the tree becomes a value.

mod bond;
mod clone;
mod compose;
mod copies;
mod expand;
mod from_value;
mod interned;
mod margin;
mod merge_keys;
mod read;
mod tag;
mod value;
mod write;

use std::sync::Arc;

pub use bond::Bond;
pub use read::{read_node, read_node_with_comments};
pub use value::NodeValueError;
pub use write::{write_node, write_node_indented};

/// One node: a scalar, a sequence or a mapping.
#[derive(PartialEq, Eq, Debug)]
pub struct Node {
    /// What it holds.
    pub content: Content,
    /// What it is of, as far as that is known.
    pub tag: Tag,
    /// How it was written.
    pub style: Style,
    /// The line it stands on, from 1; 0 if it was made and not read.
    pub line: u32,
    /// The comments around it; read only where they may be written again.
    pub comments: Option<Box<Comments>>,
    /// Which other nodes it is one with.
    pub bond: Bond,
}

/// What a node holds. Aliases are replaced by what they name when a text is read.
#[derive(PartialEq, Eq, Debug)]
pub enum Content {
    /// Text, without quotes and escapes.
    Scalar(Arc<str>),
    /// Items.
    Sequence(Vec<Node>),
    /// Keys and values as they stand; a key may stand twice.
    Mapping(Vec<(Node, Node)>),
}

/// The type a node is of. After reading, every node has one: plain scalars that of their text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Tag {
    /// Not said: the text decides, if the style is plain.
    #[default]
    None,
    /// `!!str`
    Str,
    /// `!!int`
    Int,
    /// `!!float`
    Float,
    /// `!!bool`
    Bool,
    /// `!!null`
    Null,
    /// `!!timestamp`
    Timestamp,
    /// `!!binary`
    Binary,
    /// `!!merge`, the tag of a `<<` key.
    Merge,
    /// `!!map`
    Map,
    /// `!!seq`
    Seq,
    /// Any other, in its short form, `!name` or `!!name`.
    Other(Arc<str>),
}

/// How a node was or is to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Style {
    /// The form of the text, or of the collection.
    pub form: Form,
    /// The tag stands in the text.
    pub tagged: bool,
}

/// The form of a node's text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// A plain scalar, or a block collection.
    #[default]
    Plain,
    /// `"..."`
    DoubleQuoted,
    /// `'...'`
    SingleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    /// `[...]` or `{...}`
    Flow,
    /// `*name`: the node stands for another, and its text is the name of that. Only where aliases
    /// are kept, in a text that will be written again.
    Alias,
}

/// What stands around a node: comments, each with its `#`, and its anchor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Comments {
    /// The name after `&`, by which aliases repeat the node; empty if it has none.
    pub anchor: String,
    /// On the lines before.
    pub head: String,
    /// Behind it, on the same line.
    pub line: String,
    /// On the lines after, before an empty line.
    pub foot: String,
    /// At the top of the document, apart from all else; only at the root.
    pub above: String,
    /// At its bottom, likewise.
    pub below: String,
}

impl Node {
    /// A scalar whose type its text decides: what kyaml's `NewScalarRNode` makes.
    pub fn scalar(text: impl Into<Arc<str>>) -> Self {
        Self::new(Content::Scalar(text.into()), Tag::None)
    }

    /// A string, whatever it looks like; in block style if it has several lines: what yaml.v3's
    /// `Node.SetString` makes.
    pub fn string(text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let form = match text.contains('\n') {
            true => Form::Literal,
            false => Form::Plain,
        };
        let mut node = Self::new(Content::Scalar(text), Tag::Str);
        node.style.form = form;
        node
    }

    /// A mapping with nothing in it, without a tag.
    pub fn mapping() -> Self {
        Self::new(Content::Mapping(Vec::new()), Tag::None)
    }

    /// A sequence with nothing in it, without a tag.
    pub fn sequence() -> Self {
        Self::new(Content::Sequence(Vec::new()), Tag::None)
    }

    /// A node that was made, not read.
    pub fn new(content: Content, tag: Tag) -> Self {
        Self {
            content,
            tag,
            style: Style::default(),
            line: 0,
            comments: None,
            bond: Bond::NONE,
        }
    }

    /// Is it tagged as null?
    pub fn is_null(&self) -> bool {
        self.tag == Tag::Null
    }

    /// Is it null, or a collection with nothing in it (kyaml's `IsNilOrEmpty`)? An empty text is not.
    pub fn is_null_or_empty(&self) -> bool {
        self.is_null()
            || match &self.content {
                Content::Scalar(_) => false,
                Content::Sequence(items) => items.is_empty(),
                Content::Mapping(entries) => entries.is_empty(),
            }
    }

    /// Is it a scalar? An alias is none.
    pub fn is_scalar(&self) -> bool {
        matches!(self.content, Content::Scalar(_)) && !self.is_alias()
    }

    /// Does it stand for another node? Never so in a tree without comments.
    pub fn is_alias(&self) -> bool {
        self.style.form == Form::Alias
    }

    /// Is it a mapping?
    pub fn is_mapping(&self) -> bool {
        matches!(self.content, Content::Mapping(_))
    }

    /// Is it a sequence?
    pub fn is_sequence(&self) -> bool {
        matches!(self.content, Content::Sequence(_))
    }

    /// A scalar's text as written; empty for collections, as in yaml.v3.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Scalar(text) => text,
            _ => "",
        }
    }

    /// Gives a scalar another text; tag and style stay. Collections are left alone.
    pub fn set_text(&mut self, text: impl Into<Arc<str>>) {
        if let Content::Scalar(old) = &mut self.content {
            *old = text.into();
        }
    }

    /// Takes over all of another node but its bond.
    pub fn become_like(&mut self, other: Self) {
        let bond = self.bond;
        *self = Self { bond, ..other };
    }

    /// A sequence's items; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.content {
            Content::Sequence(items) => items,
            _ => &[],
        }
    }

    /// A sequence's items, to change; `None` for anything else.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.content {
            Content::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// A mapping's entries; none for anything else.
    pub fn entries(&self) -> &[(Node, Node)] {
        match &self.content {
            Content::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// A mapping's entries, to change; `None` for anything else.
    pub fn entries_mut(&mut self) -> Option<&mut Vec<(Node, Node)>> {
        match &mut self.content {
            Content::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// The value of the first entry with this key; `None` if there is none or this is no mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let mut entries = self.entries().iter();
        entries
            .find(|(name, _)| name.text() == key)
            .map(|(_, value)| value)
    }

    /// The value of the first entry with this key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let mut entries = self.entries_mut()?.iter_mut();
        entries
            .find(|(name, _)| name.text() == key)
            .map(|(_, value)| value)
    }

    /// The value at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Takes the first entry with this key out.
    pub fn remove(&mut self, key: &str) -> Option<Node> {
        let entries = self.entries_mut()?;
        let at = entries.iter().position(|(name, _)| name.text() == key)?;
        Some(entries.remove(at).1)
    }

    /// Appends an entry, without looking whether the key is there.
    pub fn push_entry(&mut self, key: impl Into<Arc<str>>, value: Node) {
        if let Some(entries) = self.entries_mut() {
            entries.push((Node::scalar(key), value));
        }
    }

    /// What kind of node it is, for messages.
    pub fn kind_name(&self) -> &'static str {
        match self.content {
            Content::Scalar(_) if self.is_alias() => "alias",
            Content::Scalar(_) => "scalar",
            Content::Sequence(_) => "list",
            Content::Mapping(_) => "map",
        }
    }
}
