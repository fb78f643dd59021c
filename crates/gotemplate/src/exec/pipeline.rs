//! Pipelines and commands.
//!
//! Source: Go 1.26, text/template/exec.go (`evalPipeline`, `evalCommand`, `idealConstant`).

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::parse::Number;
use crate::parse::node::{Command, Pipeline, Term, TermKind, Variable};
use crate::value::Value;

impl<'t> Executor<'t> {
    /// What the last command gives, set to the variables if there are any.
    pub fn pipeline(&mut self, dot: &Operand, pipeline: &'t Pipeline) -> Result<Operand> {
        self.at(At::Pipeline(pipeline));
        let mut value = None;
        for command in &pipeline.commands {
            value = Some(self.command(dot, command, value)?.unboxed());
        }
        let value = value.unwrap_or_default();
        for variable in &pipeline.variables {
            match pipeline.assigns {
                true => self.set(variable, value.clone())?,
                false => self.variables.declare(variable.number, value.clone()),
            }
        }
        Ok(value)
    }

    /// Sets a variable that must be there.
    pub fn set(&mut self, variable: &Variable, value: Operand) -> Result<()> {
        match self.variables.set(variable.number, value) {
            true => Ok(()),
            false => Err(self.fail(format!("undefined variable: {}", variable.name))),
        }
    }

    /// What a command gives; the last argument is what was piped in.
    fn command(
        &mut self,
        dot: &Operand,
        command: &'t Command,
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let terms = &command.terms;
        let first = &terms[0];
        match &first.kind {
            TermKind::Field(fields) => {
                self.at(At::Term(first));
                self.fields(dot, dot, At::Term(first), fields, terms, piped)
            }
            TermKind::Chain(of, fields) => self.chain(dot, first, of, fields, terms, piped),
            TermKind::Function(callee) => {
                self.at(At::Term(first));
                self.function(dot, callee, At::Command(command), terms, piped)
            }
            TermKind::Pipeline(pipeline) => {
                self.takes_no_arguments(terms, &piped)?;
                self.deeper(|this| this.pipeline(dot, pipeline))
            }
            TermKind::Variable(variable) => self.variable(dot, first, variable, terms, piped),
            _ => {
                self.at(At::Term(first));
                self.takes_no_arguments(terms, &piped)?;
                self.constant(dot, first)
            }
        }
    }

    fn takes_no_arguments(&self, terms: &[Term], piped: &Option<Operand>) -> Result<()> {
        match terms {
            [first, _, ..] => Err(self.not_a_function(first)),
            [first] if piped.is_some() => Err(self.not_a_function(first)),
            _ => Ok(()),
        }
    }

    fn not_a_function(&self, term: &Term) -> Box<super::ExecError> {
        let term = self.show(term);
        self.fail(format!("can't give argument to non-function {term}"))
    }

    fn constant(&mut self, dot: &Operand, term: &'t Term) -> Result<Operand> {
        match &term.kind {
            TermKind::Dot => Ok(dot.clone()),
            TermKind::Nil => Err(self.fail("nil is not a command")),
            _ => self.literal(term).map(Operand::plain),
        }
    }

    /// The value of a literal where any type will do.
    pub fn literal(&mut self, term: &'t Term) -> Result<Value> {
        match &term.kind {
            TermKind::Bool(value) => Ok(Value::Bool(*value)),
            TermKind::Text(text, _) => Ok(Value::Text(text.clone())),
            TermKind::Number(number) => {
                self.at(At::Term(term));
                self.number(number)
            }
            _ => Ok(Value::Nil),
        }
    }

    /// Go's ideal constants: a float if it is written as one, else an `int`.
    fn number(&self, number: &Number) -> Result<Value> {
        match number {
            Number {
                complex: Some((real, imaginary)),
                ..
            } => Ok(Value::Complex(*real, *imaginary)),
            Number {
                float: Some(float),
                written_as_float: true,
                ..
            } => Ok(Value::Float(*float)),
            Number { int: Some(int), .. } => Ok(Value::Int(*int)),
            Number { uint: Some(_), .. } => {
                let text = String::from_utf8_lossy(&number.text);
                Err(self.fail(format!("{text} overflows int")))
            }
            _ => Ok(Value::Nil),
        }
    }

    /// A variable, or fields of it.
    pub fn variable(
        &mut self,
        dot: &Operand,
        term: &'t Term,
        variable: &'t Variable,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        self.at(At::Term(term));
        let Some(value) = self.variables.get(variable.number) else {
            return Err(self.fail(format!("undefined variable: {}", variable.name)));
        };
        let value = value.clone();
        if variable.fields.is_empty() {
            self.takes_no_arguments(terms, &piped)?;
            return Ok(value);
        }
        self.fields(dot, &value, At::Term(term), &variable.fields, terms, piped)
    }
}
