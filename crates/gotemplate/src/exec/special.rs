//! The functions no ordinary function could be: `and`, `or`, `call`, `len`, `slice`.

use super::Result;
use super::executor::{At, Executor};
use super::operand::Operand;
use crate::builtins::slice;
use crate::function::{FunctionError, Parameter, Signature};
use crate::parse::node::Term;
use crate::value::{Kind, Value};

/// What `and`, `or`, `call` and `slice` take.
const ONE_OR_MORE: Signature = Signature {
    parameters: &[Parameter::Any, Parameter::Any],
    variadic: true,
};

impl<'t> Executor<'t> {
    /// The first argument that is true, or false, or else the last. The others are not evaluated.
    pub fn first_with_truth(
        &mut self,
        dot: &Operand,
        wanted: bool,
        name: &str,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let terms = terms.get(1..).unwrap_or_default();
        let count = terms.len() + usize::from(piped.is_some());
        self.check_count(ONE_OR_MORE, name, terms.len(), count)?;
        let mut last = Operand::nothing();
        for term in terms {
            last = self.operand(dot, term)?;
            if last.value.truth() == wanted {
                return Ok(last);
            }
        }
        Ok(piped.unwrap_or(last))
    }

    /// `call`: no value here is a function, so it always fails.
    pub fn call_value(
        &mut self,
        dot: &Operand,
        at: At<'t>,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let name = terms.get(1).map(|term| self.show(term));
        let operands = self.operands(dot, "call", terms, piped)?;
        let why = match operands.first().map(|operand| &operand.value) {
            None | Some(Value::Nil) => "call of nil".to_owned(),
            Some(value) => {
                let name = name.unwrap_or_else(|| name_of(value));
                format!("non-function {name} of type {}", value.type_name())
            }
        };
        Err(self.call_failed(at, "call", FunctionError::new(why)))
    }

    /// `slice`, which unlike `index` does not look into interfaces for its indexes.
    pub fn slice(
        &mut self,
        dot: &Operand,
        at: At<'t>,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let operands = self.operands(dot, "slice", terms, piped)?;
        let (item, indexes) = match operands.split_first() {
            Some((item, indexes)) => (item.value.clone(), indexes),
            None => (Value::Nil, &[][..]),
        };
        let unboxed = |index: &Operand| (!index.boxed).then(|| index.value.clone());
        let indexes: Vec<_> = indexes.iter().map(unboxed).collect();
        let sliced = slice(&item, &indexes);
        let value = sliced.map_err(|error| self.call_failed(at, "slice", error))?;
        self.made(value)
    }

    /// One argument or more, as they are.
    fn operands(
        &mut self,
        dot: &Operand,
        name: &str,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Vec<Operand>> {
        let terms = terms.get(1..).unwrap_or_default();
        let count = terms.len() + usize::from(piped.is_some());
        self.check_count(ONE_OR_MORE, name, terms.len(), count)?;
        let mut operands = Vec::with_capacity(count);
        for term in terms {
            operands.push(self.operand(dot, term)?);
        }
        operands.extend(piped);
        Ok(operands)
    }

    /// `len`, which tells nil in an interface from nothing at all.
    pub fn length(
        &mut self,
        dot: &Operand,
        at: At<'t>,
        terms: &'t [Term],
        piped: Option<Operand>,
    ) -> Result<Operand> {
        let terms = terms.get(1..).unwrap_or_default();
        let count = terms.len() + usize::from(piped.is_some());
        self.check_count(Signature::of(&[Parameter::Any]), "len", terms.len(), count)?;
        let operand = match (terms.first(), piped) {
            (Some(term), _) => self.operand(dot, term)?,
            (None, piped) => piped.unwrap_or_default(),
        };
        let length = length_of(&operand);
        let length = length.map_err(|error| self.call_failed(at, "len", error))?;
        // No length is beyond an i64.
        Ok(Operand::plain(Value::Int(length as i64)))
    }
}

/// What Go calls a piped value that is to be called.
fn name_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.as_str().into_owned(),
        value => format!("<{} Value>", value.type_name()),
    }
}

fn length_of(operand: &Operand) -> std::result::Result<usize, FunctionError> {
    match operand.value.underlying() {
        Value::Text(text) | Value::Bytes(text) => Ok(text.len()),
        Value::List(list) => Ok(list.len()),
        Value::Map(map) => Ok(map.len()),
        Value::Nil if operand.boxed => Err("len of nil pointer".into()),
        Value::Nil => Err("reflect: call of reflect.Value.Type on zero Value".into()),
        value if value.kind() == Kind::Ptr => {
            let name = value.type_name();
            let name = name.strip_prefix('*').unwrap_or(&name);
            Err(format!("len of type {name}").into())
        }
        value => Err(format!("len of type {}", value.type_name()).into()),
    }
}
