//! Collections line by line.
//!
//! Comes in: a list or a mapping. Goes out: a dash, or a key and its colon, per line. A key that is
//! long, has lines or is no scalar stands behind a `?`.

use super::pen::{After, Step};
use super::{Parent, Writer};
use crate::node::{Comments, Form, Node};

impl Writer {
    pub fn block_sequence(&mut self, node: &Node, items: &[Node], parent: Parent) {
        let level = self.pen.level();
        let own_line = self.pen.column() == 0 || !self.pen.at_indention();
        let compact = own_line && !self.indented_lists;
        self.pen.deeper(match parent {
            Parent::BlockSequence => Step::InSequence,
            parent if parent.is_mapping() && compact => Step::Compact,
            _ => Step::Block,
        });
        for item in items {
            self.meet(item, "");
            self.head_comment();
            self.pen.indent();
            self.pen.space();
            self.pen.indicator("-", After::Indention);
            self.node(item, Parent::BlockSequence, false, |writer| {
                writer.line_comment();
                writer.foot_comment();
            });
        }
        self.meet_end(node, "");
        self.pen.back_to(level);
    }

    pub fn block_mapping(&mut self, node: &Node, entries: &[(Node, Node)], parent: Parent) {
        let level = self.pen.level();
        self.pen.deeper(match parent {
            Parent::BlockSequence => Step::InSequence,
            _ => Step::Block,
        });
        let mut tail = "";
        for (key, value) in entries {
            self.block_entry(&without_foot(key), value, tail);
            tail = foot(key);
        }
        self.meet_end(node, tail);
        self.head_comment();
        self.pen.back_to(level);
    }

    fn block_entry(&mut self, key: &Node, value: &Node, tail: &str) {
        self.meet(key, tail);
        self.head_comment();
        self.pen.indent();
        if let Some(line) = self.pending.line.take() {
            self.pending.key_line.set(&line);
        }
        let simple = self.is_simple_key(key);
        if !simple {
            self.pen.space();
            self.pen.indicator("?", After::Indention);
        }
        self.node(key, Parent::BlockMapping, simple, |_| {});
        self.meet(value, "");
        self.colon(simple);
        self.key_line_comment(value);
        self.node(value, Parent::BlockMapping, false, |writer| {
            writer.line_comment();
            writer.foot_comment();
        });
    }

    fn colon(&mut self, simple: bool) {
        if simple {
            self.pen.indicator(":", After::Text);
        } else {
            self.pen.indent();
            self.pen.space();
            self.pen.indicator(":", After::Indention);
        }
    }

    /// The comment of a key stands behind its value, or behind the colon if that starts a block.
    fn key_line_comment(&mut self, value: &Node) {
        if !self.pending.key_line.is_some() {
            return;
        }
        if value.is_alias() {
        } else if value.is_scalar() {
            if !self.pending.line.is_some()
                && let Some(line) = self.pending.key_line.take()
            {
                self.pending.line.set(&line);
            }
        } else if value.style.form != Form::Flow {
            std::mem::swap(&mut self.pending.line, &mut self.pending.key_line);
            self.line_comment();
            std::mem::swap(&mut self.pending.line, &mut self.pending.key_line);
        }
    }
}

/// The comment below a key, which is that below its value.
pub fn foot(key: &Node) -> &str {
    key.comments.as_ref().map_or("", |comments| &comments.foot)
}

/// The key without it.
pub fn without_foot(key: &Node) -> std::borrow::Cow<'_, Node> {
    if foot(key).is_empty() {
        return std::borrow::Cow::Borrowed(key);
    }
    let mut key = key.clone();
    if let Some(comments) = &mut key.comments {
        **comments = Comments {
            foot: String::new(),
            ..(**comments).clone()
        };
    }
    std::borrow::Cow::Owned(key)
}
