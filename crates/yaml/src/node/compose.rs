//! From events to a tree of nodes.
//!
//! Comes in: the events of one document. Goes out: its tree, aliases still in it, and whether
//! [`expand`](super::expand) has anything to do there. No recursion, so depth costs no stack.
//! Source of the rules: yaml.v3 3.0, decode.go (the parser).

use super::interned::Interned;
use super::{Comments, Content, Form, Node, Style, Tag, margin};
use crate::limits::Limits;
use crate::parse::{Event, EventComments, EventKind, Parser, Properties, Start};
use crate::read::Problem;
use crate::resolve::v3;
use crate::scan::Fault;
use std::collections::HashSet;
use std::sync::Arc;

/// A document's tree as written.
pub struct Tree {
    pub root: Node,
    /// It has anchors or aliases, or keys that kyaml does something about.
    pub expands: bool,
}

/// Builds one document.
pub struct Composer<'p, 't> {
    parser: &'p mut Parser<'t>,
    limits: &'p Limits,
    anchors: HashSet<&'t str>,
    open: Vec<Open>,
    expands: bool,
    interned: Interned,
}

/// A collection whose end has not been met, and the key whose value comes next.
struct Open {
    node: Node,
    key: Option<Node>,
}

impl<'p, 't> Composer<'p, 't> {
    pub fn new(parser: &'p mut Parser<'t>, limits: &'p Limits) -> Self {
        Self {
            parser,
            limits,
            anchors: HashSet::new(),
            open: Vec::new(),
            expands: false,
            interned: Interned::default(),
        }
    }

    /// The tree that starts with this event.
    pub fn document(mut self, root: Event<'t>) -> Result<Tree, Fault> {
        let mut event = root;
        loop {
            let mark = event.mark;
            match self.take(event) {
                Ok(None) => event = self.parser.next()?,
                Ok(Some(root)) => {
                    let expands = self.expands;
                    return Ok(Tree { root, expands });
                }
                Err(problem) => return Err((self.parser.place(mark), problem)),
            }
        }
    }

    /// Works one event in; gives the root once it is complete.
    fn take(&mut self, event: Event<'t>) -> Result<Option<Node>, Problem> {
        let line = event.mark.line + 1;
        let comments = event.comments;
        match event.kind {
            EventKind::Scalar(scalar) => {
                let comments = self.margin(scalar.properties.anchor, comments);
                let text = self.interned.get(&scalar.text);
                let node = scalar_node(text, scalar.form, &scalar.properties);
                Ok(self.place(with(node, line, comments)))
            }
            EventKind::Alias(name) => {
                let node = self.alias(name)?;
                let comments = self.margin(None, comments);
                Ok(self.place(with(node, line, comments)))
            }
            EventKind::SequenceStart(start) => {
                let comments = self.margin(start.properties.anchor, comments);
                let node = Node::new(Content::Sequence(Vec::new()), Tag::Seq);
                self.begin(with(node, line, comments), &start)
            }
            EventKind::MappingStart(start) => {
                let comments = self.margin(start.properties.anchor, comments);
                let node = Node::new(Content::Mapping(Vec::new()), Tag::Map);
                self.begin(with(node, line, comments), &start)
            }
            EventKind::SequenceEnd | EventKind::MappingEnd => Ok(self.end(comments)),
            _ => Err(Problem::syntax("did not find expected node content")),
        }
    }

    fn margin(
        &mut self,
        anchor: Option<&'t str>,
        comments: Option<Box<EventComments>>,
    ) -> Option<Box<Comments>> {
        if let Some(anchor) = anchor {
            self.expands = true;
            self.anchors.insert(anchor);
        }
        margin::of_event(anchor, comments)
    }

    fn alias(&mut self, name: &str) -> Result<Node, Problem> {
        if !self.anchors.contains(name) {
            return Err(Problem::UnknownAnchor(name.to_owned()));
        }
        self.expands = true;
        let mut node = Node::scalar(name);
        node.style.form = Form::Alias;
        Ok(node)
    }

    fn begin(&mut self, mut node: Node, start: &Start<'t>) -> Result<Option<Node>, Problem> {
        let limit = self.limits.deepest();
        if self.open.len() >= limit {
            return Err(Problem::TooDeep { limit });
        }
        if start.flow {
            node.style.form = Form::Flow;
        }
        if let Some(tag) = written_tag(&start.properties) {
            node.tag = tag;
            node.style.tagged = true;
        }
        self.open.push(Open { node, key: None });
        Ok(None)
    }

    fn end(&mut self, comments: Option<Box<EventComments>>) -> Option<Node> {
        let mut node = self.open.pop()?.node;
        margin::end(&mut node, comments);
        self.place(node)
    }

    /// Puts a complete node where it belongs; gives it back if it is the root.
    fn place(&mut self, mut node: Node) -> Option<Node> {
        let Some(open) = self.open.last_mut() else {
            return Some(node);
        };
        let form = open.node.style.form;
        match &mut open.node.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping(entries) => match open.key.take() {
                Some(mut key) => {
                    margin::value(&mut key, &mut node);
                    entries.push((key, node));
                }
                None => {
                    self.expands |= is_odd_key(&node);
                    margin::key(&mut node, entries.last_mut(), form);
                    open.key = Some(node);
                }
            },
            Content::Scalar(_) => {}
        }
        None
    }
}

fn with(mut node: Node, line: u32, comments: Option<Box<Comments>>) -> Node {
    node.line = line;
    node.comments = comments;
    node
}

fn scalar_node(text: Arc<str>, form: Form, properties: &Properties<'_>) -> Node {
    let written = written_tag(properties);
    let tagged = written.is_some();
    let tag = written.unwrap_or_else(|| match form {
        Form::Plain if *text == *"<<" => Tag::Merge,
        Form::Plain => v3::tag(&text),
        _ => Tag::Str,
    });
    let mut node = Node::new(Content::Scalar(text), tag);
    node.style = Style { form, tagged };
    node
}

/// The tag that stands in the text, if it says anything.
fn written_tag(properties: &Properties<'_>) -> Option<Tag> {
    let long = properties.tag.as_deref();
    long.map(Tag::of_long).filter(|tag| *tag != Tag::None)
}

/// Whether kyaml changes a mapping because of this key.
pub fn is_odd_key(key: &Node) -> bool {
    matches!(key.tag, Tag::Merge | Tag::Null) || key.text() == "<<"
}
