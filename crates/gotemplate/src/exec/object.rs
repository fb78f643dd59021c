//! Methods, and fields of what a host brings.

use super::Result;
use super::executor::Executor;
use super::field::Field;
use super::operand::Operand;
use crate::function::{Call, Function, Parameter, Signature};
use crate::value::{Map, Object, Value};
use std::rc::Rc;

/// What a method takes whose signature is not known: anything.
const ANYTHING: Signature = Signature {
    parameters: &[Parameter::Any],
    variadic: true,
};

impl<'t> Executor<'t> {
    /// A method of a map whose type has a name.
    pub(super) fn map_method(
        &mut self,
        dot: &Operand,
        field: Field<'t>,
        map: &Map,
        method: &Function,
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let base = self.arguments.len();
        self.arguments.push(Value::Map(map.clone()));
        let signature = Signature {
            parameters: method.parameters,
            variadic: method.variadic,
        };
        self.push_arguments(dot, signature, field.name, field.terms, piped)?;
        let mut call = Call::new(self.run, self.set);
        let result = (method.body)(&mut call, &self.arguments[base..]);
        self.arguments.truncate(base);
        let value = result.map_err(|error| self.call_failed(field.at, field.name, error))?;
        self.made(value)
    }

    /// A method, a field, or a key of an object.
    pub(super) fn object_field(
        &mut self,
        dot: &Operand,
        field: Field<'t>,
        of: &Operand,
        object: &Rc<dyn Object>,
        piped: Option<Operand>,
    ) -> Result<Operand> {
        if let Some(signature) = object.signature(field.name) {
            let called = self.method(dot, field, object, signature, piped)?;
            return called.ok_or_else(|| self.no_field(field, of));
        }
        if let Some(value) = object.field(field.name) {
            if field.has_arguments(&piped) {
                let why = "has arguments but cannot be invoked as function";
                return Err(self.fail(format!("{} {why}", field.name)));
            }
            let boxed = value.is_nil();
            return Ok(Operand { value, boxed });
        }
        let at = self.whereabouts();
        if let Some(value) = self.method(dot, field, object, ANYTHING, piped.clone())? {
            return Ok(value);
        }
        // As if the arguments had not been looked at.
        self.at(at);
        match object.underlying() {
            Some(Value::Map(map)) => self.key(field, &map, &piped),
            _ => Err(self.no_field(field, of)),
        }
    }

    /// What a method gives; none if there is none of that name.
    fn method(
        &mut self,
        dot: &Operand,
        field: Field<'t>,
        object: &Rc<dyn Object>,
        signature: Signature,
        piped: Option<Operand>,
    ) -> Result<Option<Operand>> {
        let base = self.arguments.len();
        self.push_arguments(dot, signature, field.name, field.terms, piped)?;
        let result = object.call(field.name, &self.arguments[base..]);
        self.arguments.truncate(base);
        match result {
            None => Ok(None),
            Some(Ok(value)) => self.made(value).map(Some),
            Some(Err(error)) => Err(self.call_failed(field.at, field.name, error)),
        }
    }
}
