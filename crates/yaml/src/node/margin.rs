//! What stands around nodes, put where yaml.v3 has it.
//!
//! Comes in: the comments of events. Goes out: those of nodes. The foot of a value is that of its
//! key, and a foot before a key is that of the key before. Source of the rules: yaml.v3 3.0,
//! decode.go (mapping and sequence).

use super::{Comments, Content, Form, Node};
use crate::parse::EventComments;

type Event = Option<Box<EventComments>>;

/// The comments and the anchor of a node that begins with an event.
pub fn of_event(anchor: Option<&str>, event: Event) -> Option<Box<Comments>> {
    if anchor.is_none() && event.is_none() {
        return None;
    }
    let event = event.map(|event| *event).unwrap_or_default();
    Some(Box::new(Comments {
        anchor: anchor.unwrap_or_default().to_owned(),
        head: event.head,
        line: event.line,
        foot: event.foot,
        ..Comments::default()
    }))
}

/// A collection ends with an event, and has its line and its foot of that.
pub fn end(node: &mut Node, event: Event) {
    let event = event.map(|event| *event).unwrap_or_default();
    if node.comments.is_none() && event.line.is_empty() && event.foot.is_empty() {
        return;
    }
    let is_block = node.style.form != Form::Flow;
    let comments = node.comments.get_or_insert_default();
    comments.line = event.line;
    let last = match &mut node.content {
        Content::Mapping(entries) if is_block && !event.foot.is_empty() => entries.last_mut(),
        _ => None,
    };
    let owner = last.map_or(comments, |(key, _)| key.comments.get_or_insert_default());
    owner.foot = event.foot;
}

/// A key was met, with what came before it in its mapping.
pub fn key(key: &mut Node, before: Option<&mut (Node, Node)>, form: Form) {
    if let Some((before, _)) = before
        && form != Form::Flow
    {
        move_foot(key, before);
    }
}

/// The value of a key was met.
pub fn value(key: &mut Node, value: &mut Node) {
    if key
        .comments
        .as_ref()
        .is_none_or(|comments| comments.foot.is_empty())
    {
        move_foot(value, key);
    }
}

/// The document's own comments.
pub fn document(root: &mut Node, head: Event, end: Event) {
    let above = head.map(|event| event.head).unwrap_or_default();
    let below = end.map(|event| event.foot).unwrap_or_default();
    if !above.is_empty() || !below.is_empty() {
        let comments = root.comments.get_or_insert_default();
        (comments.above, comments.below) = (above, below);
    }
}

/// One node's foot becomes another's.
fn move_foot(from: &mut Node, to: &mut Node) {
    let foot = from
        .comments
        .as_mut()
        .map(|comments| std::mem::take(&mut comments.foot));
    if let Some(foot) = foot.filter(|foot| !foot.is_empty()) {
        to.comments.get_or_insert_default().foot = foot;
    }
}
