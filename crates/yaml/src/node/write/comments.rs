//! Comments on their way to where they belong.
//!
//! Comes in: the comments of each node as it is met. Goes out: each on the next occasion there is
//! for its kind. As in yaml.v3, one that finds no occasion is kept for the next node, or gives way
//! to that node's own.

use super::Writer;
use super::lines::{Piece, pieces};

/// Comments met and not written yet.
#[derive(Default)]
pub struct Pending {
    pub head: Comment,
    pub line: Comment,
    pub foot: Comment,
    /// The foot of what is before, which has to come first.
    pub tail: Comment,
    /// The line comment of a key, whose value comes first.
    pub key_line: Comment,
}

impl Pending {
    /// Whether anything will be written behind the node.
    pub fn behind(&self) -> bool {
        self.line.is_some() || self.foot.is_some() || self.tail.is_some()
    }
}

/// One comment, or none.
#[derive(Default)]
pub struct Comment(String);

impl Comment {
    /// Another comment takes its place, if there is one.
    pub fn set(&mut self, text: &str) {
        if !text.is_empty() {
            text.clone_into(&mut self.0);
        }
    }

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        !self.0.is_empty()
    }

    /// Takes it.
    pub fn take(&mut self) -> Option<String> {
        self.is_some().then(|| std::mem::take(&mut self.0))
    }
}

impl Writer {
    /// What stands before a node.
    pub fn head_comment(&mut self) {
        if let Some(tail) = self.pending.tail.take() {
            self.pen.indent();
            self.comment(&tail);
            self.pen.foot_here();
        }
        if let Some(head) = self.pending.head.take() {
            self.pen.indent();
            self.comment(&head);
        }
    }

    /// What stands behind a node on its line.
    pub fn line_comment(&mut self) {
        if let Some(line) = self.pending.line.take() {
            self.pen.space();
            self.comment(&line);
        }
    }

    /// The same behind the `|` of a block, whose line ends in any case.
    pub fn line_comment_or_break(&mut self) {
        match self.pending.line.is_some() {
            true => self.line_comment(),
            false => self.pen.line_break(),
        }
    }

    /// What stands on the lines below.
    pub fn foot_comment(&mut self) {
        if let Some(foot) = self.pending.foot.take() {
            self.pen.indent();
            self.comment(&foot);
            self.pen.foot_here();
        }
    }

    fn comment(&mut self, text: &str) {
        let mut after_break = false;
        let mut has_pound = false;
        for piece in pieces(text) {
            match piece {
                Piece::Break(text) => {
                    self.pen.break_with(text);
                    after_break = true;
                    has_pound = false;
                }
                Piece::Line(text) => {
                    if std::mem::take(&mut after_break) {
                        self.pen.indent();
                    }
                    if !std::mem::replace(&mut has_pound, true) && !text.starts_with('#') {
                        self.pen.put("# ");
                    }
                    self.pen.put(text);
                    self.pen.in_text();
                }
            }
        }
        if !after_break {
            self.pen.line_break();
        }
        self.pen.set_blank();
    }
}
