//! The node at the end of a path.
//!
//! Comes in: a node and steps: keys, positions, `[name=value]`, `-` for the last item. Goes out: the
//! node they lead to, if it is there, or made on the way. Source of the rules: kyaml 0.21,
//! yaml/fns.go (PathGetter).

use super::field::{NodeError, get_field, set_field};
use super::path::{is_index, is_list_selector, number, split_selector};
use yaml::{Content, Node, Tag};

/// What to make at the end of a path where nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Create {
    /// An empty text.
    Scalar,
    /// An empty list.
    Sequence,
    /// An empty map.
    Mapping,
}

impl Create {
    /// What it makes.
    pub fn node(self) -> Node {
        match self {
            Self::Scalar => Node::scalar(""),
            Self::Sequence => Node::sequence(),
            Self::Mapping => Node::mapping(),
        }
    }

    /// What has to stand before this next step; at the end, what was asked for.
    pub fn before(self, next: Option<&str>) -> Self {
        match next {
            Some(step) if is_list_selector(step) || is_index(step) => Self::Sequence,
            None | Some("") => self,
            Some(_) => Self::Mapping,
        }
    }
}

/// What a step asks for.
enum Step<'a> {
    Field(&'a str),
    Index(usize),
    Last,
    Item { field: &'a str, value: &'a str },
}

impl<'a> Step<'a> {
    fn read(step: &'a str) -> Result<Self, NodeError> {
        match number(step) {
            Some(number) => usize::try_from(number)
                .map(Self::Index)
                .map_err(|_| NodeError::NegativeIndex(number)),
            None if step == "-" => Ok(Self::Last),
            None if step == "*" => Err(NodeError::Wildcard),
            None if is_list_selector(step) => {
                let (field, value) = split_selector(step)?;
                Ok(Self::Item { field, value })
            }
            None => Ok(Self::Field(step)),
        }
    }
}

fn steps<S: AsRef<str>>(path: &[S]) -> Vec<&str> {
    let trimmed = path.iter().map(|step| step.as_ref().trim());
    trimmed.filter(|step| !step.is_empty()).collect()
}

/// The node a path leads to. A null on the way ends it, a null at its end is found.
pub fn lookup<'a, S: AsRef<str>>(
    node: &'a Node,
    path: &[S],
) -> Result<Option<&'a Node>, NodeError> {
    let mut here = node;
    for step in steps(path) {
        let next = match Step::read(step)? {
            Step::Field(key) => get_field(here, key)?,
            step => position(here, &step)?.and_then(|at| here.items().get(at)),
        };
        match next {
            Some(next) => here = next,
            None => return Ok(None),
        }
    }
    Ok(Some(here))
}

/// The node a path leads to, to change.
pub fn lookup_mut<'a, S: AsRef<str>>(
    node: &'a mut Node,
    path: &[S],
) -> Result<Option<&'a mut Node>, NodeError> {
    let mut here = node;
    for step in steps(path) {
        let next = match Step::read(step)? {
            Step::Field(key) => {
                get_field(here, key)?;
                here.get_mut(key)
            }
            step => match position(here, &step)? {
                Some(at) => here.items_mut().and_then(|items| items.get_mut(at)),
                None => None,
            },
        };
        match next {
            Some(next) => here = next,
            None => return Ok(None),
        }
    }
    Ok(Some(here))
}

/// The node a path leads to, with what is missing on the way made. Positions are not made: `None`
/// says that one is not there. A null on the way ends the path.
pub fn lookup_create<'a, S: AsRef<str>>(
    node: &'a mut Node,
    path: &[S],
    create: Create,
) -> Result<Option<&'a mut Node>, NodeError> {
    let path = steps(path);
    let mut here = node;
    for (index, step) in path.iter().enumerate() {
        let next = path.get(index + 1).copied();
        let step = Step::read(step)?;
        if here.is_null() {
            return Ok(None);
        }
        let found = match &step {
            Step::Field(key) => field_or_new(here, key, create.before(next))?,
            Step::Item { field, value } => Some(item_or_new(here, field, value)?),
            Step::Index(_) | Step::Last => match position(here, &step)? {
                Some(at) => here.items_mut().and_then(|items| items.get_mut(at)),
                None => None,
            },
        };
        match found {
            Some(found) => here = found,
            None => return Ok(None),
        }
    }
    Ok(Some(here))
}

fn field_or_new<'a>(
    node: &'a mut Node,
    key: &str,
    create: Create,
) -> Result<Option<&'a mut Node>, NodeError> {
    if get_field(node, key)?.is_some() {
        return Ok(node.get_mut(key));
    }
    set_field(node, key, create.node())
}

fn item_or_new<'a>(
    node: &'a mut Node,
    field: &str,
    value: &str,
) -> Result<&'a mut Node, NodeError> {
    let at = position(node, &Step::Item { field, value })?;
    let not_a_list = NodeError::wrong_kind("list", node);
    let Content::Sequence(items) = &mut node.content else {
        return Err(not_a_list);
    };
    let at = at.unwrap_or_else(|| {
        items.push(new_item(field, value));
        items.len() - 1
    });
    Ok(&mut items[at])
}

fn new_item(field: &str, value: &str) -> Node {
    match field.is_empty() {
        true => Node::scalar(value),
        false => Node::new(
            Content::Mapping(vec![(Node::scalar(field), Node::scalar(value))]),
            Tag::None,
        ),
    }
}

/// Where in a list the step leads.
fn position(node: &Node, step: &Step) -> Result<Option<usize>, NodeError> {
    if node.is_null() {
        return match step {
            Step::Last => Err(NodeError::NoLastItem),
            _ => Ok(None),
        };
    }
    let Content::Sequence(items) = &node.content else {
        return Err(NodeError::wrong_kind("list", node));
    };
    Ok(match step {
        Step::Index(at) => Some(*at).filter(|at| *at < items.len()),
        Step::Last if items.is_empty() => return Err(NodeError::NoLastItem),
        Step::Last => Some(items.len() - 1),
        Step::Item { field: "", value } => items.iter().position(|item| item.text() == *value),
        Step::Item { field, value } => items
            .iter()
            .position(|item| item.get(field).is_some_and(|found| found.text() == *value)),
        Step::Field(_) => None,
    })
}
