//! A template that runs: where it is, its variables, its output.

use super::operand::Operand;
use super::run::{Exceeded, Run};
use super::variables::Variables;
use super::{ExecError, Result};
use crate::fmt::quote;
use crate::function::FunctionError;
use crate::parse::NodeText;
use crate::parse::Template;
use crate::parse::node::{Command, Node, Pipeline, Position, Term};
use crate::set::TemplateSet;
use crate::stack::deeper;
use crate::value::Value;

/// A template that runs.
pub(super) struct Executor<'t> {
    pub set: &'t TemplateSet,
    pub template: &'t Template,
    pub run: &'t Run<'t>,
    pub out: Vec<u8>,
    pub variables: Variables,
    /// Arguments of calls that are being prepared.
    pub arguments: Vec<Value>,
    /// What messages point at.
    at: At<'t>,
}

/// A node messages can point at.
#[derive(Clone, Copy)]
pub(super) enum At<'t> {
    Nowhere,
    Node(&'t Node),
    Pipeline(&'t Pipeline),
    Command(&'t Command),
    Term(&'t Term),
}

impl At<'_> {
    fn position(self) -> Position {
        match self {
            Self::Nowhere => 0,
            Self::Node(node) => match node {
                Node::Text(position, _) | Node::Break(position) | Node::Continue(position) => {
                    *position
                }
                Node::Action(pipeline) => pipeline.position,
                Node::If(branch) | Node::With(branch) | Node::Range(branch) => {
                    branch.pipeline.position
                }
                Node::Template(call) => call.position,
            },
            Self::Pipeline(pipeline) => pipeline.position,
            Self::Command(command) => command.position,
            Self::Term(term) => term.position,
        }
    }

    fn text(self, source: &[u8]) -> String {
        let mut text = NodeText::new(source);
        match self {
            Self::Nowhere => {}
            Self::Node(node) => text.node(node),
            Self::Pipeline(pipeline) => text.pipeline(pipeline),
            Self::Command(command) => text.command(command),
            Self::Term(term) => text.term(term),
        }
        text.finish()
    }
}

impl<'t> Executor<'t> {
    pub fn new(
        set: &'t TemplateSet,
        template: &'t Template,
        run: &'t Run<'t>,
        out: Vec<u8>,
    ) -> Self {
        Self {
            set,
            template,
            run,
            out,
            variables: Variables::default(),
            arguments: Vec::new(),
            at: At::Nowhere,
        }
    }

    /// Runs the whole template.
    pub fn template(&mut self, dot: &Operand) -> Result<()> {
        self.run
            .enter()
            .map_err(|exceeded| self.exceeded(exceeded))?;
        self.variables.declare(0, dot.clone());
        let root = &self.template.root;
        let done = deeper(|| self.list(dot, root));
        done.map(|_| ())
    }

    /// Goes into a template, one level deeper.
    pub fn enter(&self) -> Result<()> {
        self.run.enter().map_err(|exceeded| self.exceeded(exceeded))
    }

    /// Points messages at a node.
    pub fn at(&mut self, at: At<'t>) {
        self.at = at;
    }

    /// What messages point at.
    pub fn whereabouts(&self) -> At<'t> {
        self.at
    }

    /// Counts a step.
    pub fn step(&self) -> Result<()> {
        self.run
            .spend(1)
            .map_err(|exceeded| self.exceeded(exceeded))
    }

    pub fn exceeded(&self, exceeded: Exceeded) -> Box<ExecError> {
        self.fail(exceeded.to_string())
    }

    /// An error at the node where execution is.
    pub fn fail(&self, why: impl AsRef<str>) -> Box<ExecError> {
        self.failed(why.as_ref(), None)
    }

    /// A function that failed.
    pub fn call_failed(&mut self, at: At<'t>, name: &str, error: FunctionError) -> Box<ExecError> {
        self.at(at);
        let why = format!("error calling {name}: {error}");
        self.failed(&why, Some(error))
    }

    fn failed(&self, why: &str, cause: Option<FunctionError>) -> Box<ExecError> {
        let source = &self.template.source;
        let place = source.place(self.at.position());
        let name = quote(self.template.name.as_bytes());
        let name = String::from_utf8_lossy(&name);
        let node = self.at.text(&source.text);
        let message = format!("template: {place}: executing {name} at <{node}>: {why}");
        Box::new(ExecError::new(message, self.template.name.clone(), cause))
    }

    /// A term as messages show it.
    pub fn show(&self, term: &Term) -> String {
        At::Term(term).text(&self.template.source.text)
    }
}
