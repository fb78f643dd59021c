//! Text and actions.
//!
//! Source: Go 1.26, text/template/parse/parse.go (`parse`, `textOrAction`, `action`).

use super::error::ParseError;
use super::item::{Item, ItemKind};
use super::node::{List, Node, TemplateCall};
use super::parser::{Body, Parser, Result};
use crate::stack::deeper;
use crate::value::Text;

/// What comes next in a list.
pub(super) enum Found {
    Node(Node),
    Else,
    End,
}

impl Found {
    /// As messages show what ends a list.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Else => "{{else}}",
            Self::End | Self::Node(_) => "{{end}}",
        }
    }
}

impl Parser<'_> {
    /// The whole text.
    pub fn text_itself(&mut self) -> Result<List> {
        let mut nodes = Vec::new();
        loop {
            let item = self.peek();
            if item.kind == ItemKind::Eof {
                return Ok(List { nodes });
            }
            if item.kind == ItemKind::LeftDelimiter {
                let delimiter = self.next();
                if self.next_non_space().kind == ItemKind::Define {
                    self.definition()?;
                    continue;
                }
                self.back_with(delimiter);
            }
            match self.text_or_action()? {
                Found::Node(node) => nodes.push(node),
                end => return Err(self.error(format!("unexpected {}", end.describe()))),
            }
        }
    }

    /// `{{ define "name" }}`, of which `define` was read.
    fn definition(&mut self) -> Result<()> {
        const CONTEXT: &str = "define clause";
        let around = std::mem::replace(&mut self.body, Body::new());
        let name = self.next_non_space();
        if !matches!(name.kind, ItemKind::String | ItemKind::RawString) {
            return Err(self.unexpected(&name, CONTEXT));
        }
        let name = self.unquote(&name)?;
        self.expect(ItemKind::RightDelimiter, CONTEXT)?;
        self.body_until_end(name, CONTEXT, None)?;
        self.body = around;
        Ok(())
    }

    /// The body of a definition. Of a block that ends wrongly Go names the line it began in.
    fn body_until_end(&mut self, name: Text, context: &str, block: Option<usize>) -> Result<()> {
        let (root, end) = self.list()?;
        if !matches!(end, Found::End) {
            let end = end.describe();
            let error = self.error(format!("unexpected {end} in {context}"));
            let line = block.unwrap_or(error.line);
            return Err(ParseError { line, ..error });
        }
        self.add(name, root)
    }

    /// Everything up to an `else` or `end`.
    pub fn list(&mut self) -> Result<(List, Found)> {
        let mut nodes = Vec::new();
        while self.peek_non_space().kind != ItemKind::Eof {
            match self.text_or_action()? {
                Found::Node(node) => nodes.push(node),
                end => return Ok((List { nodes }, end)),
            }
        }
        Err(self.error("unexpected EOF"))
    }

    fn text_or_action(&mut self) -> Result<Found> {
        let item = self.next_non_space();
        match item.kind {
            ItemKind::Text => {
                let start = item.position as u32;
                let end = (item.position + item.text.len()) as u32;
                Ok(Found::Node(Node::Text(start, end)))
            }
            ItemKind::LeftDelimiter => {
                self.body.action_line = item.line;
                self.nest()?;
                let found = deeper(|| self.action());
                self.depth -= 1;
                self.body.action_line = 0;
                found
            }
            _ => Err(self.unexpected(&item, "input")),
        }
    }

    fn action(&mut self) -> Result<Found> {
        let item = self.next_non_space();
        let node = match item.kind {
            ItemKind::Block => self.block()?,
            ItemKind::Break => self.leave_range(&item, "{{break}}").map(Node::Break)?,
            ItemKind::Continue => self
                .leave_range(&item, "{{continue}}")
                .map(Node::Continue)?,
            ItemKind::Else => return self.otherwise(),
            ItemKind::End => {
                self.expect(ItemKind::RightDelimiter, "end")?;
                return Ok(Found::End);
            }
            ItemKind::If => Node::If(self.branch("if")?),
            ItemKind::Range => Node::Range(self.branch("range")?),
            ItemKind::Template => self.template()?,
            ItemKind::With => Node::With(self.branch("with")?),
            _ => {
                self.back();
                Node::Action(self.pipeline("command", ItemKind::RightDelimiter)?)
            }
        };
        Ok(Found::Node(node))
    }

    fn leave_range(&mut self, item: &Item<'_>, name: &str) -> Result<u32> {
        let end = self.next_non_space();
        if end.kind != ItemKind::RightDelimiter {
            return Err(self.unexpected(&end, name));
        }
        if self.body.ranges == 0 {
            return Err(self.error(format!("{name} outside {{{{range}}}}")));
        }
        Ok(item.position as u32)
    }

    /// `{{ block "name" pipeline }}`: a definition, and a call of it.
    fn block(&mut self) -> Result<Node> {
        const CONTEXT: &str = "block clause";
        let item = self.next_non_space();
        let name = self.template_name(&item, CONTEXT)?;
        let pipeline = Some(self.pipeline(CONTEXT, ItemKind::RightDelimiter)?);
        let around = std::mem::replace(&mut self.body, Body::new());
        let line = Some(self.line());
        self.body_until_end(name.clone(), CONTEXT, line)?;
        self.body = around;
        Ok(Node::Template(TemplateCall {
            position: item.position as u32,
            name,
            pipeline,
        }))
    }

    fn template(&mut self) -> Result<Node> {
        const CONTEXT: &str = "template clause";
        let item = self.next_non_space();
        let name = self.template_name(&item, CONTEXT)?;
        let mut pipeline = None;
        if self.next_non_space().kind != ItemKind::RightDelimiter {
            self.back();
            pipeline = Some(self.pipeline(CONTEXT, ItemKind::RightDelimiter)?);
        }
        Ok(Node::Template(TemplateCall {
            position: item.position as u32,
            name,
            pipeline,
        }))
    }

    fn template_name(&self, item: &Item<'_>, context: &str) -> Result<Text> {
        match item.kind {
            ItemKind::String | ItemKind::RawString => self.unquote(item),
            _ => Err(self.unexpected(item, context)),
        }
    }
}
