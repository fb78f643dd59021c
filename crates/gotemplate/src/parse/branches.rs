//! `if`, `with` and `range`.
//!
//! Source: Go 1.26, text/template/parse/parse.go (`parseControl`).

use super::actions::Found;
use super::item::ItemKind;
use super::node::{Branch, List, Node};
use super::parser::{Parser, Result};
use crate::stack::deeper;

impl Parser<'_> {
    /// A branch whose keyword was read.
    pub fn branch(&mut self, keyword: &'static str) -> Result<Branch> {
        let known = self.body.variables.len();
        let pipeline = self.pipeline(keyword, ItemKind::RightDelimiter)?;
        self.body.ranges += usize::from(keyword == "range");
        let (list, end) = self.list()?;
        self.body.ranges -= usize::from(keyword == "range");
        let otherwise = match end {
            Found::Else => Some(self.otherwise_list(keyword)?),
            Found::End | Found::Node(_) => None,
        };
        self.body.variables.truncate(known);
        Ok(Branch {
            pipeline,
            list,
            otherwise,
        })
    }

    /// What comes after an `else`: another branch without an end of its own, or a list.
    fn otherwise_list(&mut self, keyword: &'static str) -> Result<List> {
        let item = self.peek();
        let chained: Option<fn(Branch) -> Node> = match (keyword, item.kind) {
            ("if", ItemKind::If) => Some(Node::If),
            ("with", ItemKind::With) => Some(Node::With),
            _ => None,
        };
        if let Some(node) = chained {
            self.next();
            self.nest()?;
            let branch = deeper(|| self.branch(keyword))?;
            self.depth -= 1;
            let nodes = vec![node(branch)];
            return Ok(List { nodes });
        }
        let (list, end) = self.list()?;
        match end {
            Found::End => Ok(list),
            end => Err(self.error(format!("expected end; found {}", end.describe()))),
        }
    }

    /// `{{ else`, of which `else` was read.
    pub fn otherwise(&mut self) -> Result<Found> {
        if !matches!(self.peek_non_space().kind, ItemKind::If | ItemKind::With) {
            self.expect(ItemKind::RightDelimiter, "else")?;
        }
        Ok(Found::Else)
    }
}
