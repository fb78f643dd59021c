//! Nodes as messages show them: the source again, put in order.
//!
//! Source: Go 1.26, text/template/parse/node.go (`String`).

use super::node::{Branch, Command, Fields, List, Node, Pipeline};
use super::node::{TemplateCall, Term, TermKind, Variable};
use crate::fmt::quote;
use crate::stack::deeper;

/// Writes nodes of one source.
pub(crate) struct NodeText<'a> {
    source: &'a [u8],
    out: Vec<u8>,
}

impl<'a> NodeText<'a> {
    pub fn new(source: &'a [u8]) -> Self {
        let out = Vec::new();
        Self { source, out }
    }

    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    pub fn node(&mut self, node: &Node) {
        match node {
            Node::Text(start, end) => {
                let text = &self.source[*start as usize..*end as usize];
                self.out.extend_from_slice(text);
            }
            Node::Action(pipeline) => {
                self.write("{{");
                self.pipeline(pipeline);
                self.write("}}");
            }
            Node::Break(_) => self.write("{{break}}"),
            Node::Continue(_) => self.write("{{continue}}"),
            Node::If(branch) => deeper(|| self.branch("if", branch)),
            Node::With(branch) => deeper(|| self.branch("with", branch)),
            Node::Range(branch) => deeper(|| self.branch("range", branch)),
            Node::Template(call) => self.template(call),
        }
    }

    fn write(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn list(&mut self, list: &List) {
        for node in &list.nodes {
            self.node(node);
        }
    }

    fn branch(&mut self, name: &str, branch: &Branch) {
        self.write("{{");
        self.write(name);
        self.write(" ");
        self.pipeline(&branch.pipeline);
        self.write("}}");
        self.list(&branch.list);
        if let Some(otherwise) = &branch.otherwise {
            self.write("{{else}}");
            self.list(otherwise);
        }
        self.write("{{end}}");
    }

    fn template(&mut self, call: &TemplateCall) {
        self.write("{{template ");
        self.out.extend_from_slice(&quote(call.name.as_bytes()));
        if let Some(pipeline) = &call.pipeline {
            self.write(" ");
            self.pipeline(pipeline);
        }
        self.write("}}");
    }

    pub fn pipeline(&mut self, pipeline: &Pipeline) {
        for (index, variable) in pipeline.variables.iter().enumerate() {
            self.write(if index > 0 { ", " } else { "" });
            self.variable(variable);
        }
        if !pipeline.variables.is_empty() {
            self.write(if pipeline.assigns { " = " } else { " := " });
        }
        for (index, command) in pipeline.commands.iter().enumerate() {
            self.write(if index > 0 { " | " } else { "" });
            self.command(command);
        }
    }

    pub fn command(&mut self, command: &Command) {
        for (index, term) in command.terms.iter().enumerate() {
            self.write(if index > 0 { " " } else { "" });
            self.term_in_parentheses(term);
        }
    }

    fn term_in_parentheses(&mut self, term: &Term) {
        if let TermKind::Pipeline(pipeline) = &term.kind {
            self.write("(");
            deeper(|| self.pipeline(pipeline));
            self.write(")");
        } else {
            self.term(term);
        }
    }

    pub fn term(&mut self, term: &Term) {
        match &term.kind {
            TermKind::Dot => self.write("."),
            TermKind::Nil => self.write("nil"),
            TermKind::Bool(true) => self.write("true"),
            TermKind::Bool(false) => self.write("false"),
            TermKind::Number(number) => self.out.extend_from_slice(&number.text),
            TermKind::Text(_, end) => {
                let text = &self.source[term.position as usize..*end as usize];
                self.out.extend_from_slice(text);
            }
            TermKind::Field(fields) => self.fields(fields),
            TermKind::Variable(variable) => self.variable(variable),
            TermKind::Chain(of, fields) => {
                self.term_in_parentheses(of);
                self.fields(fields);
            }
            TermKind::Pipeline(pipeline) => self.pipeline(pipeline),
            TermKind::Function(callee) => self.write(&callee.name),
        }
    }

    fn variable(&mut self, variable: &Variable) {
        self.write(&variable.name);
        self.fields(&variable.fields);
    }

    fn fields(&mut self, fields: &Fields) {
        for field in fields {
            self.write(".");
            self.write(field);
        }
    }
}
