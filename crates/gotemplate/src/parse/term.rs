//! The pieces of commands.
//!
//! Source: Go 1.26, text/template/parse/parse.go (`operand`, `term`).

use super::item::{Item, ItemKind};
use super::node::{Called, Callee, Fields, Term, TermKind};
use super::node_text::NodeText;
use super::number::Number;
use super::parser::{Parser, Result};
use crate::builtins::builtin;
use crate::fmt::quote;
use crate::stack::deeper;
use std::borrow::Cow;

impl Parser<'_> {
    /// A term and the fields behind it; none if no term comes.
    pub fn operand(&mut self) -> Result<Option<Term>> {
        let Some(term) = self.term()? else {
            return Ok(None);
        };
        let next = self.peek();
        if next.kind != ItemKind::Field {
            return Ok(Some(term));
        }
        let position = next.position as u32;
        let mut fields = Vec::new();
        while self.peek().kind == ItemKind::Field {
            fields.push(field(&self.next()));
        }
        let kind = self.with_fields(term, fields)?;
        Ok(Some(Term { position, kind }))
    }

    fn with_fields(&self, term: Term, more: Vec<Box<str>>) -> Result<TermKind> {
        Ok(match term.kind {
            TermKind::Field(fields) => TermKind::Field(joined(fields, more)),
            TermKind::Variable(mut variable) => {
                variable.fields = joined(variable.fields, more);
                TermKind::Variable(variable)
            }
            TermKind::Bool(_)
            | TermKind::Text(..)
            | TermKind::Number(_)
            | TermKind::Nil
            | TermKind::Dot => {
                let mut text = NodeText::new(&self.source.text);
                text.term(&term);
                let text = quote(text.finish().as_bytes());
                let text = String::from_utf8_lossy(&text);
                return Err(self.error(format!("unexpected . after term {text}")));
            }
            TermKind::Chain(..) | TermKind::Pipeline(_) | TermKind::Function(_) => {
                TermKind::Chain(Box::new(term), more.into())
            }
        })
    }

    fn term(&mut self) -> Result<Option<Term>> {
        let item = self.next_non_space();
        let kind = match item.kind {
            ItemKind::Identifier => TermKind::Function(self.callee(&item)?),
            ItemKind::Dot => TermKind::Dot,
            ItemKind::Nil => TermKind::Nil,
            ItemKind::Variable => self.use_variable(&item)?,
            ItemKind::Field => TermKind::Field([field(&item)].into()),
            ItemKind::Bool => TermKind::Bool(item.text == b"true"),
            ItemKind::CharConstant | ItemKind::Complex | ItemKind::Number => {
                let number = Number::parse(item.text, item.kind);
                let number = number.map_err(|why| self.error(why))?;
                TermKind::Number(Box::new(number))
            }
            ItemKind::LeftParenthesis => self.parenthesis()?,
            ItemKind::String | ItemKind::RawString => {
                let end = item.position + item.text.len();
                TermKind::Text(self.unquote(&item)?, end as u32)
            }
            _ => {
                self.back();
                return Ok(None);
            }
        };
        let position = item.position as u32;
        Ok(Some(Term { position, kind }))
    }

    /// Everything up to the closing parenthesis.
    fn parenthesis(&mut self) -> Result<TermKind> {
        self.nest()?;
        let pipeline =
            deeper(|| self.pipeline("parenthesized pipeline", ItemKind::RightParenthesis))?;
        self.depth -= 1;
        Ok(TermKind::Pipeline(Box::new(pipeline)))
    }

    fn callee(&self, item: &Item<'_>) -> Result<Callee> {
        let name = String::from_utf8_lossy(item.text);
        let function = self.functions.get(&name).copied();
        let called = function.map(Called::Function).or_else(|| builtin(&name));
        match called {
            Some(function) => Ok(Callee {
                name: name.into(),
                function,
            }),
            None => {
                let name = quote(name.as_bytes());
                let name = String::from_utf8_lossy(&name);
                Err(self.error(format!("function {name} not defined")))
            }
        }
    }

    fn use_variable(&mut self, item: &Item<'_>) -> Result<TermKind> {
        let name = String::from_utf8_lossy(item.text);
        if self.body.variables.iter().any(|known| **known == *name) {
            let variable = self.variable(&name);
            return Ok(TermKind::Variable(variable));
        }
        let name = quote(name.as_bytes());
        let name = String::from_utf8_lossy(&name);
        Err(self.error(format!("undefined variable {name}")))
    }
}

/// The name of a field, without its dot.
fn field(item: &Item<'_>) -> Box<str> {
    let name: Cow<'_, str> = String::from_utf8_lossy(item.text);
    name.trim_start_matches('.').into()
}

fn joined(fields: Fields, more: Vec<Box<str>>) -> Fields {
    fields.into_iter().chain(more).collect()
}
