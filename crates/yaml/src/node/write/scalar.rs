//! Scalars in their form, or in the next best their text allows.
//!
//! Comes in: a text, its form and where it stands. Goes out: the text, plain, quoted or as a block.
//! Source of the rules: yaml.v3 3.0, emitterc.go (select_scalar_style and what it leads to).

use super::lines::{Piece, pieces};
use super::pen::{After, INDENT, Step};
use super::properties::{anchor, needs_quotes, spelled_tag};
use super::{Parent, Writer};
use crate::node::{Content, Form, Node};
use crate::write::analysis::{self, is_break};
use crate::write::quoted;

impl Writer {
    /// Whether a key fits before its colon on one line.
    pub fn is_simple_key(&self, key: &Node) -> bool {
        let has_lines = match &key.content {
            Content::Scalar(_) if key.is_alias() => false,
            Content::Scalar(text) => text.contains(is_break),
            Content::Sequence(items) => !items.is_empty(),
            Content::Mapping(entries) => !entries.is_empty(),
        };
        let tag = spelled_tag(key).map_or(0, |tag| tag.length());
        !has_lines && anchor(key).len() + tag + key.text().len() <= 128
    }

    /// The text of a scalar.
    pub fn scalar(&mut self, node: &Node, text: &str, parent: Parent, simple_key: bool) {
        let level = self.pen.level();
        self.pen.deeper(match parent {
            Parent::BlockSequence => Step::InSequence,
            _ => Step::FlowOrText,
        });
        match self.form(node, text, simple_key) {
            Form::SingleQuoted => self.single_quoted(text),
            Form::DoubleQuoted => self.double_quoted(text),
            Form::Literal => self.literal(text),
            Form::Folded => self.folded(text),
            Form::Plain | Form::Flow | Form::Alias => self.plain(text),
        }
        self.pen.back_to(level);
    }

    fn form(&self, node: &Node, text: &str, simple_key: bool) -> Form {
        let (flow, allowed) = (self.flow_level > 0, analysis::of(text));
        let wanted = match node.style.form {
            Form::Plain | Form::Flow | Form::Alias if text.contains('\n') => Form::Literal,
            Form::Plain | Form::Flow | Form::Alias if needs_quotes(node) => Form::DoubleQuoted,
            form => form,
        };
        let plain = match flow {
            true => allowed.plain_in_flow,
            false => allowed.plain && !(simple_key && text.is_empty()),
        };
        match wanted {
            Form::Plain | Form::Flow | Form::Alias if plain => Form::Plain,
            Form::Literal | Form::Folded if allowed.block && !flow && !simple_key => wanted,
            Form::Literal | Form::Folded | Form::DoubleQuoted => Form::DoubleQuoted,
            _ if allowed.single_quoted => Form::SingleQuoted,
            _ => Form::DoubleQuoted,
        }
    }

    fn plain(&mut self, text: &str) {
        if text.is_empty() {
            return self.pen.in_text();
        }
        self.pen.space();
        self.pen.word(text);
    }

    fn double_quoted(&mut self, text: &str) {
        self.pen.space();
        self.pen.indicator("\"", After::Text);
        self.pen.put(&quoted::escape_all(text));
        self.pen.indicator("\"", After::Text);
    }

    fn single_quoted(&mut self, text: &str) {
        self.pen.space();
        self.pen.indicator("'", After::Text);
        let mut after_break = false;
        for piece in pieces(text) {
            match piece {
                Piece::Break(text) => {
                    if !after_break && text == "\n" {
                        self.pen.line_break();
                    }
                    self.pen.break_with(text);
                    after_break = true;
                }
                Piece::Line(text) => {
                    if std::mem::take(&mut after_break) {
                        self.pen.indent();
                    }
                    self.pen.put(&text.replace('\'', "''"));
                    self.pen.in_text();
                }
            }
        }
        self.pen.indicator("'", After::Text);
    }

    fn literal(&mut self, text: &str) {
        self.block_start("|", text);
        let mut after_break = true;
        for piece in pieces(text) {
            match piece {
                Piece::Break(text) => {
                    self.pen.break_with(text);
                    after_break = true;
                }
                Piece::Line(text) => {
                    if std::mem::take(&mut after_break) {
                        self.pen.indent();
                    }
                    self.pen.put(text);
                    self.pen.in_text();
                }
            }
        }
    }

    fn folded(&mut self, text: &str) {
        self.block_start(">", text);
        // yaml.v3 looks at the start of the text where it means the start of the line.
        let starts_with_blank = text
            .trim_start_matches(is_break)
            .starts_with([' ', '\t', '\0']);
        let (mut after_break, mut indented_more) = (true, true);
        for piece in pieces(text) {
            match piece {
                Piece::Break(text) => {
                    let folds = !after_break && !indented_more && text == "\n";
                    if folds && !starts_with_blank {
                        self.pen.line_break();
                    }
                    self.pen.break_with(text);
                    after_break = true;
                }
                Piece::Line(text) => {
                    if std::mem::take(&mut after_break) {
                        self.pen.indent();
                        indented_more = text.starts_with([' ', '\t']);
                    }
                    self.pen.put(text);
                    self.pen.in_text();
                }
            }
        }
    }

    /// The first line of a block, with the hints a reader needs.
    fn block_start(&mut self, sign: &str, text: &str) {
        self.pen.space();
        self.pen.indicator(sign, After::Text);
        if text.starts_with(|char| char == ' ' || is_break(char)) {
            self.pen.put(&INDENT.to_string());
        }
        self.pen.put(chomping(text));
        self.line_comment_or_break();
        self.pen.set_blank();
    }
}

/// What is to be done with the line breaks at the end.
fn chomping(text: &str) -> &'static str {
    let mut backwards = text.chars().rev();
    if !backwards.next().is_some_and(is_break) {
        return "-";
    }
    match backwards.next().is_none_or(is_break) {
        true => "+",
        false => "",
    }
}
