//! Aliases and merge keys taken out of a tree.
//!
//! Comes in: a tree as written. Goes out: one without anchors, aliases and, in all but odd cases,
//! without `<<`. Source of the rules: kyaml 0.21, yaml/rnode.go (deAnchor).
//!
//! kyaml works on a tree of pointers and copies parts of it as it goes, and that shows: a mapping
//! merged from an anchor that has not been expanded yet brings its own `<<` along. So it is told
//! here which nodes are the ones the text has, and which are copies of them.

use super::compose::is_odd_key;
use super::copies::{Copies, Size, size_of};
use super::merge_keys::{self, Entry, Part};
use super::{Bond, Content, Node};
use crate::limits::Limits;
use crate::read::Problem;
use crate::scan::{Fault, Place};
use std::collections::HashMap;
use std::rc::Rc;

/// The tree without anchors, aliases and merge keys.
pub fn expand(root: &Node, limits: &Limits) -> Result<Node, Fault> {
    let targets = targets(root);
    let mut expander = Expander {
        known: targets.values().map(|node| (*node as _, None)).collect(),
        targets,
        limits,
        copies: Copies::new(limits),
        line: root.line,
    };
    let mut expanded = blank();
    let done = expander.node(root, Role::Written, 0, &mut expanded);
    let place = |line| Place { line, column: 1 };
    done.map_err(|problem| (place(expander.line as usize), *problem))?;
    Ok(expanded)
}

/// Room for a node.
fn blank() -> Node {
    Node::sequence()
}

/// Which node each alias names: the last one before it that has the name.
fn targets(root: &Node) -> HashMap<*const Node, &Node> {
    let mut targets = HashMap::new();
    let mut anchors: HashMap<&str, &Node> = HashMap::new();
    let mut left = vec![root];
    while let Some(node) = left.pop() {
        if node.is_alias() {
            let target = anchors.get(node.text());
            targets.extend(target.map(|target| (std::ptr::from_ref(node), *target)));
        }
        if let Some(comments) = &node.comments {
            anchors.insert(&comments.anchor, node);
        }
        left.extend(node.items().iter().rev());
        let entries = node.entries().iter().rev();
        left.extend(entries.flat_map(|(key, value)| [value, key]));
    }
    targets
}

/// Which of kyaml's nodes this is.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// The one that aliases point to.
    Written,
    /// A copy of it.
    Copied,
}

/// A node that an alias names, while it is expanded and after.
enum Known {
    Open,
    Done {
        node: Rc<Node>,
        size: Size,
        /// It would not stay the same, were it expanded again.
        changes: bool,
    },
}

struct Expander<'t> {
    limits: &'t Limits,
    targets: HashMap<*const Node, &'t Node>,
    /// Every target; nothing is known of those that were not met yet.
    known: HashMap<*const Node, Option<Known>>,
    copies: Copies,
    /// Where it is at, for errors.
    line: u32,
}

/// What is expanded is put where it belongs rather than returned, and problems are boxed: every
/// level of a tree takes room on the stack, and this way it is little.
type Done = Result<(), Box<Problem>>;

impl<'t> Expander<'t> {
    fn node(&mut self, node: &'t Node, role: Role, depth: usize, out: &mut Node) -> Done {
        if node.is_alias() {
            return self.alias(node, depth, out);
        }
        let is_target = self.begin(node, role, depth)?;
        shell(node, out);
        match (&node.content, &mut out.content) {
            (Content::Sequence(items), Content::Sequence(out)) => {
                self.items(items, role, depth + 1, out)?;
            }
            (Content::Mapping(entries), Content::Mapping(out)) => {
                self.entries(entries, depth + 1, out)?;
            }
            _ => {}
        }
        match is_target {
            true => self.remember(node, out),
            false => Ok(()),
        }
    }

    fn items(&mut self, items: &'t [Node], role: Role, depth: usize, out: &mut Vec<Node>) -> Done {
        for item in items {
            self.node(item, role, depth, room(out))?;
        }
        Ok(())
    }

    fn entries(
        &mut self,
        entries: &'t [(Node, Node)],
        depth: usize,
        out: &mut Vec<(Node, Node)>,
    ) -> Done {
        for (key, value) in &self.merged(entries)? {
            let (out_key, out_value) = room_for_entry(out);
            self.part(key, depth, out_key)?;
            self.part(value, depth, out_value)?;
        }
        Ok(())
    }

    /// Whether the node is one that aliases name.
    fn begin(&mut self, node: &Node, role: Role, depth: usize) -> Result<bool, Problem> {
        self.line = node.line;
        self.reach(depth + usize::from(!node.is_scalar()))?;
        let is_target = role == Role::Written && self.known.contains_key(&std::ptr::from_ref(node));
        if is_target {
            self.know(node, Known::Open);
        }
        Ok(is_target)
    }

    fn part(&mut self, part: &Part<'t>, depth: usize, out: &mut Node) -> Done {
        match part {
            Part::Written { node, merged } => {
                self.node(node, Role::Copied, depth, out)?;
                if *merged {
                    self.copies.take(size_of(out))?;
                }
                Ok(())
            }
            Part::Expanded(node) => self.again(node, size_of(node), depth, out),
        }
    }

    fn know(&mut self, node: &Node, known: Known) {
        self.known.insert(std::ptr::from_ref(node), Some(known));
    }

    fn remember(&mut self, node: &Node, expanded: &Node) -> Done {
        let size = size_of(expanded);
        self.copies.take(size)?;
        let done = Known::Done {
            changes: has_odd_key(expanded),
            node: Rc::new(expanded.clone()),
            size,
        };
        self.know(node, done);
        Ok(())
    }

    fn reach(&self, depth: usize) -> Result<(), Problem> {
        let limit = self.limits.deepest();
        match depth > limit {
            true => Err(Problem::TooDeep { limit }),
            false => Ok(()),
        }
    }

    fn alias(&mut self, alias: &'t Node, depth: usize, out: &mut Node) -> Done {
        let target = self.target(alias)?;
        match self.known.get(&std::ptr::from_ref(target)) {
            Some(None) => self.node(target, Role::Written, depth, out)?,
            Some(Some(Known::Done {
                node,
                changes: true,
                ..
            })) => {
                let node = node.clone();
                self.once_more(&node, target, depth, out)?;
            }
            _ => {}
        }
        self.line = alias.line;
        match self.known.get(&std::ptr::from_ref(target)) {
            Some(Some(Known::Done { node, size, .. })) => {
                let (node, size) = (node.clone(), *size);
                self.again(&node, size, depth, out)
            }
            _ => Err(Problem::AnchorInItself(alias.text().to_owned()).into()),
        }
    }

    /// kyaml expands what an alias names each time, and a `<<` that was left is merged the next time.
    fn once_more(&mut self, node: &Node, target: &Node, depth: usize, out: &mut Node) -> Done {
        let mut expander = Expander {
            limits: self.limits,
            targets: HashMap::new(),
            known: HashMap::new(),
            copies: std::mem::replace(&mut self.copies, Copies::new(self.limits)),
            line: self.line,
        };
        let done = expander.node(node, Role::Copied, depth, out);
        self.copies = expander.copies;
        done?;
        self.remember(target, out)
    }

    fn target(&mut self, alias: &Node) -> Result<&'t Node, Problem> {
        self.line = alias.line;
        let target = self.targets.get(&std::ptr::from_ref(alias)).copied();
        target.ok_or_else(|| Problem::UnknownAnchor(alias.text().to_owned()))
    }

    /// A copy of what is expanded already.
    fn again(&mut self, node: &Node, size: Size, depth: usize, out: &mut Node) -> Done {
        self.reach(depth.saturating_add(size.height))?;
        self.copies.take(size)?;
        out.clone_from(node);
        Ok(())
    }

    /// A mapping's entries once what its `<<` names is merged in.
    fn merged(&mut self, entries: &'t [(Node, Node)]) -> Result<Vec<Entry<'t>>, Problem> {
        let mut entries = written(entries, false);
        let sources = match merge_keys::value(&entries)? {
            Some(Part::Written { node, .. }) => self.sources(node)?,
            _ => Vec::new(),
        };
        merge_keys::clear(&mut entries);
        Ok(merge_keys::merged(entries, &sources))
    }

    /// The mappings a `<<` names, the last one first.
    fn sources(&mut self, value: &'t Node) -> Result<Vec<Vec<Entry<'t>>>, Problem> {
        self.line = value.line;
        if value.is_alias() {
            return Ok(vec![self.source_behind(value)?]);
        }
        match &value.content {
            Content::Mapping(entries) => Ok(vec![written(entries, true)]),
            Content::Sequence(items) => {
                let mut sources = Vec::new();
                for item in items.iter().rev() {
                    if item.is_sequence() {
                        return Err(Problem::MergeOfNestedSequence);
                    }
                    sources.extend(self.sources(item)?);
                }
                Ok(sources)
            }
            Content::Scalar(_) => Err(Problem::MergeOfNoMap),
        }
    }

    fn source_behind(&mut self, alias: &'t Node) -> Result<Vec<Entry<'t>>, Problem> {
        let target = self.target(alias)?;
        let Content::Mapping(entries) = &target.content else {
            return Err(Problem::MergeOfNoMapAlias);
        };
        self.copies.take(Size::of_nodes(entries.len()))?;
        match self.known.get(&std::ptr::from_ref(target)) {
            Some(Some(Known::Open)) => Err(Problem::AnchorInItself(alias.text().to_owned())),
            Some(Some(Known::Done { node, size, .. })) => {
                let (node, size) = (node.clone(), *size);
                self.copies.take(size)?;
                Ok(expanded(node.entries()))
            }
            _ => Ok(written(entries, true)),
        }
    }
}

/// Whether kyaml would change any mapping in a tree.
fn has_odd_key(node: &Node) -> bool {
    let mut entries = node.entries().iter();
    node.items().iter().any(has_odd_key)
        || entries.any(|(key, value)| is_odd_key(key) || has_odd_key(key) || has_odd_key(value))
}

/// A node without what is in it.
fn shell(node: &Node, out: &mut Node) {
    *out = Node {
        content: match &node.content {
            Content::Scalar(text) => Content::Scalar(text.clone()),
            Content::Sequence(items) => Content::Sequence(Vec::with_capacity(items.len())),
            Content::Mapping(entries) => Content::Mapping(Vec::with_capacity(entries.len())),
        },
        tag: node.tag.clone(),
        style: node.style,
        line: node.line,
        comments: None,
        bond: Bond::NONE,
    };
}

/// Room for one more item.
fn room(items: &mut Vec<Node>) -> &mut Node {
    let at = items.len();
    items.push(blank());
    &mut items[at]
}

/// Room for one more entry.
fn room_for_entry(entries: &mut Vec<(Node, Node)>) -> &mut (Node, Node) {
    let at = entries.len();
    entries.push((blank(), blank()));
    &mut entries[at]
}

fn written(entries: &[(Node, Node)], merged: bool) -> Vec<Entry<'_>> {
    let part = |node| Part::Written { node, merged };
    let entries = entries.iter();
    entries
        .map(|(key, value)| (part(key), part(value)))
        .collect()
}

fn expanded<'t>(entries: &[(Node, Node)]) -> Vec<Entry<'t>> {
    let part = |node: &Node| Part::Expanded(Rc::new(node.clone()));
    let entries = entries.iter();
    entries
        .map(|(key, value)| (part(key), part(value)))
        .collect()
}
