//! All fields a path leads to.
//!
//! Comes in: an object, a path, and what to make where fields are missing. Goes out: where the
//! fields are. Unlike a lookup, a path may fan out (`*`, expressions in brackets), and it may lead
//! into a text that holds YAML: what it finds there stands apart, and writing to it changes nothing.
//! Source: kyaml 0.21, yaml/match.go (PathMatcher).

use super::PathError;
use super::bounds::LONGEST_PATH;
use super::field_path::{FieldPath, Items, Step};
use crate::node::{self, Create, NodeError};
use regex::Regex;
use yaml::{Content, Limits, Node, Tag};

/// A way down a tree: the positions of entries and items.
pub(super) type Way = Vec<usize>;

/// A field that was found.
pub(super) enum Match {
    /// It is in the tree.
    At(Way),
    /// It is in a tree of its own that nobody keeps: in a text that was read on the way, or below a
    /// null.
    Apart(Node),
}

/// The node at the end of a way.
pub(super) fn node_at<'a>(root: &'a Node, way: &[usize]) -> Option<&'a Node> {
    way.iter().try_fold(root, |node, at| match &node.content {
        Content::Sequence(items) => items.get(*at),
        Content::Mapping(entries) => entries.get(*at).map(|(_, value)| value),
        Content::Scalar(_) => None,
    })
}

/// The node at the end of a way, to change.
pub(super) fn node_at_mut<'a>(root: &'a mut Node, way: &[usize]) -> Option<&'a mut Node> {
    way.iter()
        .try_fold(root, |node, at| match &mut node.content {
            Content::Sequence(items) => items.get_mut(*at),
            Content::Mapping(entries) => entries.get_mut(*at).map(|(_, value)| value),
            Content::Scalar(_) => None,
        })
}

/// The fields that a path leads to, from a step on.
pub(super) fn find(
    root: &mut Node,
    path: &FieldPath,
    from: usize,
    create: Option<Create>,
) -> Result<Vec<Match>, PathError> {
    if path.steps.len() > LONGEST_PATH {
        return Err(PathError::TooLong {
            steps: path.steps.len(),
            limit: LONGEST_PATH,
        });
    }
    let mut finder = Finder {
        path,
        create,
        way: Vec::new(),
        found: Vec::new(),
    };
    finder.follow(root, from)?;
    Ok(finder.found)
}

struct Finder<'a> {
    path: &'a FieldPath,
    create: Option<Create>,
    way: Way,
    found: Vec<Match>,
}

impl Finder<'_> {
    fn follow(&mut self, node: &mut Node, at: usize) -> Result<(), PathError> {
        let path = self.path;
        match path.steps.get(at) {
            None => {
                self.found.push(Match::At(self.way.clone()));
                Ok(())
            }
            Some(Step::Field) => self.field(node, at),
            Some(Step::Index(index)) => self.index(node, at, *index),
            Some(Step::Every) => self.every(node, at),
            Some(Step::Items(items)) => self.items(node, at, items),
            Some(Step::Broken) => Err(NodeError::Selector(path.texts[at].clone()).into()),
        }
    }

    /// Follows the path from the child at a position.
    fn descend(&mut self, child: &mut Node, position: usize, at: usize) -> Result<(), PathError> {
        self.way.push(position);
        let followed = self.follow(child, at);
        self.way.pop();
        followed
    }

    /// Follows the path into a tree that nobody keeps.
    fn apart(&mut self, mut root: Node, at: usize) -> Result<(), PathError> {
        for found in find(&mut root, self.path, at, self.create)? {
            self.found.push(match found {
                Match::At(way) => Match::Apart(node_at(&root, &way).unwrap_or(&root).clone()),
                apart => apart,
            });
        }
        Ok(())
    }

    /// What is made for a step, to stand before the next one.
    fn made(&self, at: usize) -> Option<Node> {
        let next = self.path.texts.get(at + 1).map(String::as_str);
        self.create.map(|create| create.before(next).node())
    }

    fn field(&mut self, node: &mut Node, at: usize) -> Result<(), PathError> {
        let key = self.path.texts[at].as_str();
        if key.is_empty() {
            return self.same(node, at);
        }
        if node::get_field(node, key)?.is_none() {
            match self.made(at) {
                None => return Ok(()),
                Some(made) if node.is_null() => return self.lost(made, at + 1),
                Some(made) => node::set_field(node, key, made)?,
            };
        }
        let entries = node.entries_mut().into_iter().flatten();
        let mut entries = entries.enumerate();
        match entries.find(|(_, (name, _))| name.text() == key) {
            Some((position, (_, value))) => self.value(value, position, at + 1),
            None => Ok(()),
        }
    }

    fn value(&mut self, value: &mut Node, position: usize, at: usize) -> Result<(), PathError> {
        match self.leads_into(value, at) {
            true => self.text(value, at),
            false => self.descend(value, position, at),
        }
    }

    /// Follows the path from a field that was made where none is kept.
    fn lost(&mut self, made: Node, at: usize) -> Result<(), PathError> {
        match self.leads_into(&made, at) {
            true => self.text(&made, at),
            false => self.apart(made, at),
        }
    }

    /// Does the path go on in a text?
    fn leads_into(&self, value: &Node, at: usize) -> bool {
        value.is_scalar() && at < self.path.steps.len()
    }

    /// A step of no text stands for an empty text itself. Any other text is emptied if it may be
    /// made, and what is made is not kept.
    fn same(&mut self, node: &mut Node, at: usize) -> Result<(), PathError> {
        if !node.is_null() && !node.is_scalar() {
            return Err(NodeError::wrong_kind("scalar", node).into());
        }
        if !node.is_null() && node.text().is_empty() {
            return self.follow(node, at + 1);
        }
        let Some(made) = self.made(at) else {
            return Ok(());
        };
        let style = node.style;
        node.become_like(Node {
            style,
            ..made.clone()
        });
        self.lost(made, at + 1)
    }

    /// Follows the path into what a text holds.
    fn text(&mut self, text: &Node, at: usize) -> Result<(), PathError> {
        let read = yaml::read_node_with_comments(text.text(), &Limits::default());
        let followed = match read {
            Ok(Some(root)) => self.apart(root, at),
            Ok(None) => Err(PathError::Empty),
            Err(error) => Err(error.into()),
        };
        followed.map_err(|source| PathError::InText {
            line: text.line,
            source: Box::new(source),
        })
    }

    fn index(&mut self, node: &mut Node, at: usize, index: usize) -> Result<(), PathError> {
        let length = list(node)?.len();
        if let Some(made) = self.made(at).filter(|_| index == length) {
            match node.items_mut() {
                Some(items) => items.push(made),
                None => return self.apart(made, at + 1),
            }
        }
        let item = node.items_mut().and_then(|items| items.get_mut(index));
        match item {
            Some(item) => self.descend(item, index, at + 1),
            None => Err(NodeError::IndexOutOfRange { index, length }.into()),
        }
    }

    fn every(&mut self, node: &mut Node, at: usize) -> Result<(), PathError> {
        list(node)?;
        let items = node.items_mut().into_iter().flatten().enumerate();
        for (position, item) in items {
            self.descend(item, position, at + 1)?;
        }
        Ok(())
    }

    fn items(&mut self, node: &mut Node, at: usize, which: &Items) -> Result<(), PathError> {
        if list(node)?.is_empty() && self.create.is_none() {
            return Ok(());
        }
        let pattern = which.pattern()?;
        let before = self.found.len();
        // An item that is matched itself ends the path.
        let next = match which.field.is_empty() {
            true => self.path.steps.len(),
            false => at + 1,
        };
        let items = node.items_mut().into_iter().flatten().enumerate();
        for (position, item) in items.filter(|(_, item)| which.matches(pattern, item)) {
            self.descend(item, position, next)?;
        }
        if self.create.is_none() || self.found.len() > before {
            return Ok(());
        }
        let made = which.made();
        match which.matches(pattern, &made) {
            true => self.new_item(node, made, next),
            // Upstream makes items without end here.
            false => Err(PathError::CannotMake(self.path.texts[at].clone())),
        }
    }

    fn new_item(&mut self, node: &mut Node, made: Node, next: usize) -> Result<(), PathError> {
        let Some(items) = node.items_mut() else {
            return self.apart(made, next);
        };
        items.push(made);
        let position = items.len() - 1;
        self.descend(&mut items[position], position, next)
    }
}

impl Items {
    fn matches(&self, pattern: &Regex, item: &Node) -> bool {
        let value = match self.field.is_empty() {
            true => Some(item),
            false => item.get(&self.field),
        };
        value.is_some_and(|value| pattern.is_match(yaml::write_node(value).trim()))
    }

    /// An item that would fit if the expression were a plain text.
    fn made(&self) -> Node {
        let value = Node::scalar(self.value.as_str());
        match self.field.is_empty() {
            true => value,
            false => Node::new(
                Content::Mapping(vec![(Node::scalar(self.field.as_str()), value)]),
                Tag::None,
            ),
        }
    }
}

/// The items of a list; null has none.
fn list(node: &Node) -> Result<&[Node], NodeError> {
    match node.is_null() || node.is_sequence() {
        true => Ok(node.items()),
        false => Err(NodeError::wrong_kind("list", node)),
    }
}
