//! Pipelines: declarations, and commands with bars between them.
//!
//! Source: Go 1.26, text/template/parse/parse.go (`pipeline`, `command`).

use super::item::{Item, ItemKind};
use super::node::{Command, Pipeline, TermKind};
use super::parser::{Parser, Result};

impl Parser<'_> {
    /// Everything up to the item that ends it.
    pub fn pipeline(&mut self, context: &str, end: ItemKind) -> Result<Pipeline> {
        let position = self.peek_non_space().position as u32;
        let mut pipeline = Pipeline {
            position,
            assigns: false,
            variables: Vec::new(),
            commands: Vec::new(),
        };
        while self.declaration(context, &mut pipeline)? {}
        loop {
            let item = self.next_non_space();
            match item.kind {
                kind if kind == end => break,
                ItemKind::Bool
                | ItemKind::CharConstant
                | ItemKind::Complex
                | ItemKind::Dot
                | ItemKind::Field
                | ItemKind::Identifier
                | ItemKind::Number
                | ItemKind::Nil
                | ItemKind::RawString
                | ItemKind::String
                | ItemKind::Variable
                | ItemKind::LeftParenthesis => {
                    self.back();
                    pipeline.commands.push(self.command()?);
                }
                _ => return Err(self.unexpected(&item, context)),
            }
        }
        self.check(&pipeline, context)?;
        Ok(pipeline)
    }

    /// A variable that is declared or set, if one comes; true if another may follow.
    fn declaration(&mut self, context: &str, pipeline: &mut Pipeline) -> Result<bool> {
        let variable = self.peek_non_space();
        if variable.kind != ItemKind::Variable {
            return Ok(false);
        }
        self.next();
        let after = self.peek();
        let sign = self.peek_non_space();
        match sign.kind {
            ItemKind::Assign | ItemKind::Declare => {
                pipeline.assigns = sign.kind == ItemKind::Assign;
                self.next_non_space();
                self.declare(&variable, pipeline);
            }
            ItemKind::Char if sign.text == b"," => {
                self.next_non_space();
                self.declare(&variable, pipeline);
                return self.second_variable(context, pipeline);
            }
            _ if after.kind == ItemKind::Space => self.back_with_two(variable, after),
            _ => self.back_with(variable),
        }
        Ok(false)
    }

    fn declare(&mut self, item: &Item<'_>, pipeline: &mut Pipeline) {
        let name = String::from_utf8_lossy(item.text);
        let variable = self.variable(&name);
        pipeline.variables.push(variable);
        self.body.variables.push(name.into());
    }

    /// After a comma: only `range` has two variables.
    fn second_variable(&mut self, context: &str, pipeline: &Pipeline) -> Result<bool> {
        if context != "range" || pipeline.variables.len() >= 2 {
            return Err(self.error(format!("too many declarations in {context}")));
        }
        match self.peek_non_space().kind {
            ItemKind::Variable | ItemKind::RightDelimiter | ItemKind::RightParenthesis => Ok(true),
            _ => Err(self.error("range can only initialize variables")),
        }
    }

    /// There must be a command, and what gets a value piped in must be able to take it.
    fn check(&self, pipeline: &Pipeline, context: &str) -> Result<()> {
        if pipeline.commands.is_empty() {
            return Err(self.error(format!("missing value for {context}")));
        }
        for (index, command) in pipeline.commands.iter().enumerate().skip(1) {
            let takes_no_value = matches!(
                command.terms[0].kind,
                TermKind::Bool(_)
                    | TermKind::Dot
                    | TermKind::Nil
                    | TermKind::Number(_)
                    | TermKind::Text(..)
            );
            if takes_no_value {
                let stage = index + 1;
                let why = format!("non executable command in pipeline stage {stage}");
                return Err(self.error(why));
            }
        }
        Ok(())
    }

    fn command(&mut self) -> Result<Command> {
        let position = self.peek_non_space().position as u32;
        let mut terms = Vec::new();
        loop {
            self.peek_non_space();
            terms.extend(self.operand()?);
            let item = self.next();
            match item.kind {
                ItemKind::Space => continue,
                ItemKind::RightDelimiter | ItemKind::RightParenthesis => self.back(),
                ItemKind::Pipe => {}
                _ => return Err(self.unexpected(&item, "operand")),
            }
            break;
        }
        match terms.is_empty() {
            true => Err(self.error("empty command")),
            false => Ok(Command { position, terms }),
        }
    }
}
