//! The parser's hands: items taken and put back, complaints, the templates found so far.
//!
//! Source: Go 1.26, text/template/parse/parse.go.

use super::error::ParseError;
use super::item::{Item, ItemKind};
use super::lexer::Lexer;
use super::node::{Fields, List, Variable};
use super::source::Source;
use super::template::Template;
use super::unquote::unquote;
use crate::fmt::quote;
use crate::function::Functions;
use crate::value::Text;
use std::collections::HashMap;
use std::sync::Arc;

/// How deep actions and parentheses may nest. Go allows more; people never need it.
pub(super) const DEEPEST_NESTING: usize = 1000;

pub(super) type Result<T> = std::result::Result<T, ParseError>;

/// Parses one text.
pub(super) struct Parser<'t> {
    pub source: &'t Arc<Source>,
    pub functions: &'t Functions,
    lexer: Lexer<'t>,
    /// The item just taken or looked at, before it those put back.
    tokens: [Item<'t>; 3],
    put_back: usize,
    pub body: Body,
    /// Numbers of variables by name.
    numbers: HashMap<Box<str>, u32>,
    found: HashMap<Text, Template>,
    /// How deep actions and parentheses nest here.
    pub depth: usize,
}

/// What belongs to one template of the text.
pub(super) struct Body {
    /// The variables known here.
    pub variables: Vec<Box<str>>,
    /// The line of the action being parsed, zero if there is none.
    pub action_line: usize,
    /// How many `range` this is in.
    pub ranges: usize,
}

impl Body {
    pub fn new() -> Self {
        Self {
            variables: vec!["$".into()],
            action_line: 0,
            ranges: 0,
        }
    }
}

impl<'t> Parser<'t> {
    pub fn new(source: &'t Arc<Source>, functions: &'t Functions) -> Self {
        let mut lexer = Lexer::new(&source.text);
        lexer.break_is_keyword = functions.get("break").is_none();
        lexer.continue_is_keyword = functions.get("continue").is_none();
        let nothing = || Item {
            kind: ItemKind::Eof,
            position: 0,
            text: b"",
            line: 0,
        };
        Self {
            source,
            functions,
            lexer,
            tokens: [nothing(), nothing(), nothing()],
            put_back: 0,
            body: Body::new(),
            numbers: HashMap::from([("$".into(), 0)]),
            found: HashMap::new(),
            depth: 0,
        }
    }

    pub fn next(&mut self) -> Item<'t> {
        match self.put_back.checked_sub(1) {
            Some(put_back) => self.put_back = put_back,
            None => self.tokens[0] = self.lexer.next_item(),
        }
        self.tokens[self.put_back]
    }

    /// Puts the last item back.
    pub fn back(&mut self) {
        self.put_back += 1;
    }

    /// Puts this item back before the last one.
    pub fn back_with(&mut self, item: Item<'t>) {
        self.tokens[1] = item;
        self.put_back = 2;
    }

    /// Puts these two back before the last one.
    pub fn back_with_two(&mut self, first: Item<'t>, second: Item<'t>) {
        self.tokens[1] = second;
        self.tokens[2] = first;
        self.put_back = 3;
    }

    pub fn peek(&mut self) -> Item<'t> {
        let item = self.next();
        self.back();
        item
    }

    pub fn next_non_space(&mut self) -> Item<'t> {
        loop {
            let item = self.next();
            if item.kind != ItemKind::Space {
                return item;
            }
        }
    }

    pub fn peek_non_space(&mut self) -> Item<'t> {
        let item = self.next_non_space();
        self.back();
        item
    }

    pub fn expect(&mut self, kind: ItemKind, context: &str) -> Result<Item<'t>> {
        let item = self.next_non_space();
        match item.kind == kind {
            true => Ok(item),
            false => Err(self.unexpected(&item, context)),
        }
    }

    /// The line parsing is in.
    pub fn line(&self) -> usize {
        self.tokens[0].line
    }

    /// An error where parsing is.
    pub fn error(&self, why: impl Into<String>) -> ParseError {
        ParseError {
            name: self.source.name.clone(),
            line: self.line(),
            why: why.into(),
        }
    }

    pub fn unexpected(&self, item: &Item<'_>, context: &str) -> ParseError {
        if item.kind != ItemKind::Error {
            return self.error(format!("unexpected {} in {context}", item.describe()));
        }
        let mut why = self.lexer.complaint.clone();
        let started = self.body.action_line;
        if started != 0 && started != item.line {
            // Not "action in action".
            let in_action = match why.ends_with(" action") {
                true => "",
                false => " in action",
            };
            let name = &self.source.name;
            why.push_str(&format!("{in_action} started at {name}:{started}"));
        }
        self.error(why)
    }

    /// Goes a level deeper, if that is allowed.
    pub fn nest(&mut self) -> Result<()> {
        self.depth += 1;
        match self.depth <= DEEPEST_NESTING {
            true => Ok(()),
            false => Err(self.error("max expression depth exceeded")),
        }
    }

    /// A variable by its name.
    pub fn variable(&mut self, text: &str) -> Variable {
        let next = self.numbers.len() as u32;
        let number = self.numbers.get(text).copied().unwrap_or(next);
        if number == next {
            self.numbers.insert(text.into(), number);
        }
        Variable {
            number,
            name: text.into(),
            fields: Fields::default(),
        }
    }

    /// The text in quotes.
    pub fn unquote(&self, item: &Item<'_>) -> Result<Text> {
        let text = unquote(item.text).map(Text::from);
        text.ok_or_else(|| self.error("invalid syntax"))
    }

    /// Adds a template. Two that are not blank must not have one name.
    pub fn add(&mut self, name: Text, root: List) -> Result<()> {
        let is_blank = root.is_blank(&self.source.text);
        let known = self.found.get(&name);
        if known.is_none_or(|known| known.is_blank) {
            let source = self.source.clone();
            let template = Template::new(name.clone(), source, root, is_blank);
            self.found.insert(name, template);
        } else if !is_blank {
            let name = quote(name.as_bytes());
            let name = String::from_utf8_lossy(&name);
            let why = format!("template: multiple definition of template {name}");
            return Err(self.error(why));
        }
        Ok(())
    }

    /// All templates found.
    pub fn finish(self) -> HashMap<Text, Template> {
        self.found
    }
}
