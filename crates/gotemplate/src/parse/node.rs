//! What templates are made of, once parsed.
//!
//! Positions are those Go gives its nodes, since messages show them. Source: Go 1.26,
//! text/template/parse/node.go.

use super::number::Number;
use crate::function::Function;
use crate::value::Text;

/// Where a node stands, in bytes.
pub type Position = u32;

/// Nodes one after another.
#[derive(Debug, Default)]
pub struct List {
    pub nodes: Vec<Node>,
}

/// Something between delimiters, or the text between those.
#[derive(Debug)]
pub enum Node {
    /// The text from one position to another.
    Text(Position, Position),
    Action(Pipeline),
    Break(Position),
    Continue(Position),
    If(Branch),
    With(Branch),
    Range(Branch),
    Template(TemplateCall),
}

/// `if`, `with` or `range`.
#[derive(Debug)]
pub struct Branch {
    pub pipeline: Pipeline,
    pub list: List,
    pub otherwise: Option<List>,
}

/// `{{ template "name" pipeline }}`.
#[derive(Debug)]
pub struct TemplateCall {
    pub position: Position,
    pub name: Text,
    pub pipeline: Option<Pipeline>,
}

/// Commands, each fed with what the one before gave.
#[derive(Debug)]
pub struct Pipeline {
    pub position: Position,
    /// Are variables set that exist already?
    pub assigns: bool,
    pub variables: Vec<Variable>,
    pub commands: Vec<Command>,
}

/// A function, field or constant, and its arguments.
#[derive(Debug)]
pub struct Command {
    pub position: Position,
    /// Never empty.
    pub terms: Vec<Term>,
}

/// A piece of a command.
#[derive(Debug)]
pub struct Term {
    pub position: Position,
    pub kind: TermKind,
}

/// Names with dots between them.
pub type Fields = Box<[Box<str>]>;

/// What a piece of a command is.
#[derive(Debug)]
pub enum TermKind {
    Dot,
    Nil,
    Bool(bool),
    Number(Box<Number>),
    /// A text, and what stood in the source up to this position.
    Text(Text, Position),
    Field(Fields),
    Variable(Variable),
    /// Fields of something in parentheses, or of what a function gives.
    Chain(Box<Term>, Fields),
    Pipeline(Box<Pipeline>),
    Function(Callee),
}

/// A variable, and fields of its value.
#[derive(Debug)]
pub struct Variable {
    /// Its name's number in this source; `$` is zero.
    pub number: u32,
    pub name: Box<str>,
    pub fields: Fields,
}

/// A function that is named.
#[derive(Debug)]
pub struct Callee {
    pub name: Box<str>,
    pub function: Called,
}

/// What is called.
#[derive(Clone, Copy, Debug)]
pub enum Called {
    Function(Function),
    /// Go's own, which take what no other function can: arguments not yet evaluated, the text of
    /// an argument, whether it is in an interface.
    And,
    Or,
    Call,
    Len,
    Slice,
}

impl List {
    /// Is there nothing but blanks?
    pub fn is_blank(&self, source: &[u8]) -> bool {
        self.nodes.iter().all(|node| match node {
            Node::Text(start, end) => {
                let text = &source[*start as usize..*end as usize];
                String::from_utf8_lossy(text).trim().is_empty()
            }
            _ => false,
        })
    }
}
