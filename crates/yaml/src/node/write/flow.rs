//! Collections in brackets and braces.
//!
//! Comes in: a list or a mapping. Goes out: its parts with commas between them, on one line but
//! for comments.

use super::block::{foot, without_foot};
use super::pen::{After, Step};
use super::{Parent, Writer};
use crate::node::Node;

/// Whether the part before was followed by its comma because of a comment.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Part,
    PartWithComma,
}

impl Writer {
    pub fn flow_sequence(&mut self, node: &Node, items: &[Node], parent: Parent) {
        let level = self.open("[", parent);
        let mut before = Before::Nothing;
        for item in items {
            self.meet(item, "");
            self.comma_after(before);
            self.head_comment();
            self.indent_if_new_line();
            before = self.part_before();
            self.node(item, Parent::FlowSequence, false, Self::end_of_part);
        }
        self.meet_end(node, "");
        self.flow_level -= 1;
        self.pen.back_to(level);
        self.indent_if_new_line();
        self.close("]");
    }

    pub fn flow_mapping(&mut self, node: &Node, entries: &[(Node, Node)], parent: Parent) {
        let level = self.open("{", parent);
        let mut before = Before::Nothing;
        let mut tail = "";
        for (key, value) in entries {
            before = self.flow_entry(&without_foot(key), value, tail, before);
            tail = foot(key);
        }
        self.meet_end(node, tail);
        let pending = &self.pending;
        if pending.head.is_some() || pending.foot.is_some() || pending.tail.is_some() {
            self.comma_after(before);
        }
        self.head_comment();
        self.flow_level -= 1;
        self.pen.back_to(level);
        self.close("}");
    }

    fn flow_entry(&mut self, key: &Node, value: &Node, tail: &str, before: Before) -> Before {
        self.meet(key, tail);
        self.comma_after(before);
        self.head_comment();
        self.indent_if_new_line();
        let simple = self.is_simple_key(key);
        if !simple {
            self.pen.space();
            self.pen.indicator("?", After::Text);
        }
        self.node(key, Parent::FlowMapping, simple, |_| {});
        self.meet(value, "");
        if !simple {
            self.pen.space();
        }
        self.pen.indicator(":", After::Text);
        let before = self.part_before();
        self.node(value, Parent::FlowMapping, false, Self::end_of_part);
        before
    }

    fn open(&mut self, bracket: &str, parent: Parent) -> Option<usize> {
        self.pen.space();
        self.pen.indicator(bracket, After::Blank);
        let level = self.pen.level();
        self.pen.deeper(match parent {
            Parent::BlockSequence => Step::InSequence,
            _ => Step::FlowOrText,
        });
        self.flow_level += 1;
        level
    }

    fn close(&mut self, bracket: &str) {
        self.pen.indicator(bracket, After::Text);
        self.line_comment();
        self.foot_comment();
    }

    fn comma_after(&mut self, before: Before) {
        if before == Before::Part {
            self.pen.indicator(",", After::Text);
        }
    }

    fn indent_if_new_line(&mut self) {
        if self.pen.column() == 0 {
            self.pen.indent();
        }
    }

    /// What the part about to be written will be to the next one.
    fn part_before(&self) -> Before {
        match self.pending.behind() {
            true => Before::PartWithComma,
            false => Before::Part,
        }
    }

    fn end_of_part(&mut self) {
        if self.pending.behind() {
            self.pen.indicator(",", After::Text);
        }
        self.line_comment();
        self.foot_comment();
    }
}
