//! Calls of functions.
//!
//! Source: Go 1.26, text/template/exec.go (`evalCall`).

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::function::{Call, Function, Parameter, Signature};
use crate::parse::node::{Called, Callee, Term};
use crate::value::Value;

impl<'t> Executor<'t> {
    /// Calls a function. The terms are the command it stands in, itself first; none if it stands
    /// alone as an argument.
    pub fn function(
        &mut self,
        dot: &Operand,
        callee: &'t Callee,
        at: At<'t>,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        self.step()?;
        match &callee.function {
            Called::Function(function) => self.call(dot, function, &callee.name, at, terms, piped),
            Called::And => self.first_with_truth(dot, false, &callee.name, terms, piped),
            Called::Or => self.first_with_truth(dot, true, &callee.name, terms, piped),
            Called::Call => self.call_value(dot, at, terms, piped),
            Called::Len => self.length(dot, at, terms, piped),
            Called::Slice => self.slice(dot, at, terms, piped),
        }
    }

    fn call(
        &mut self,
        dot: &Operand,
        function: &'t Function,
        name: &str,
        at: At<'t>,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let base = self.arguments.len();
        let signature = Signature {
            parameters: function.parameters,
            variadic: function.variadic,
        };
        self.push_arguments(dot, signature, name, terms, piped)?;
        let mut call = Call::new(self.run, self.set);
        let result = (function.body)(&mut call, &self.arguments[base..]);
        self.arguments.truncate(base);
        let value = result.map_err(|error| self.call_failed(at, name, error))?;
        self.made(value)
    }

    /// Counts what a function made. Nil is what only an interface can hold.
    pub fn made(&self, value: Value) -> Result<Operand> {
        if let Value::Text(text) | Value::Bytes(text) = &value {
            let made = self.run.made(text.len());
            made.map_err(|exceeded| self.exceeded(exceeded))?;
        }
        let boxed = value.is_nil();
        Ok(Operand { value, boxed })
    }

    /// Evaluates and checks arguments, in order, what was piped in being the last.
    pub fn push_arguments(
        &mut self,
        dot: &Operand,
        signature: Signature,
        name: &str,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<()> {
        let terms = terms.get(1..).unwrap_or_default();
        let count = terms.len() + usize::from(piped.is_some());
        self.check_count(signature, name, terms.len(), count)?;
        for (index, term) in terms.iter().enumerate() {
            let value = self.argument(dot, parameter(signature, index), term)?;
            self.arguments.push(value);
        }
        if let Some(piped) = piped {
            let value = self.checked(piped, parameter(signature, terms.len()))?;
            self.arguments.push(value);
        }
        Ok(())
    }

    pub fn check_count(
        &self,
        signature: Signature,
        name: &str,
        written: usize,
        count: usize,
    ) -> Result<()> {
        let wanted = signature.parameters.len();
        let least = wanted.saturating_sub(1);
        match signature.variadic {
            true if count < least => Err(self.fail(format!(
                "wrong number of args for {name}: want at least {least} got {written}"
            ))),
            false if count != wanted => Err(self.fail(format!(
                "wrong number of args for {name}: want {wanted} got {count}"
            ))),
            _ => Ok(()),
        }
    }
}

/// The type of an argument: the last may stand for many.
fn parameter(signature: Signature, index: usize) -> Parameter {
    let last = signature.parameters.last();
    let parameter = signature.parameters.get(index).or(last);
    parameter.copied().unwrap_or(Parameter::Any)
}
