//! jq path expressions.
//!
//! In: an expression of a tenant, and an object. Out: the object without what the expression
//! selects, which is what `del(expression)` gives. Expressions are checked and rewritten before
//! they are compiled ([`harness`]) so that each step of a run is paid for from a fixed amount
//! ([`meter`]): no expression runs for ever or grows without end. There is no `env`, no `input`,
//! no clock and no log to write to.

mod harness;
mod meter;
mod paths;
mod syntax;
#[cfg(test)]
mod tests;

use harness::Kind;
use jaq_core::{Ctx, Vars};
use jaq_json::Val;
use meter::{Meter, Metered};
use serde_json::Value;

pub use harness::JqProblem;

/// An expression ready to run.
pub(super) struct Program {
    text: String,
    kind: Kind,
    filter: jaq_core::Filter<Metered>,
}

/// A run that was stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("it was stopped after its share of work")]
pub(super) struct Exhausted;

/// Compiles an expression.
pub(super) fn compile(text: &str) -> Result<Program, JqProblem> {
    let (kind, filter) = harness::compile(text)?;
    Ok(Program {
        text: text.to_owned(),
        kind,
        filter,
    })
}

impl Program {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Takes out of the object what the expression selects. An expression that fails, as one that
    /// iterates over a field that is not there, selects nothing.
    pub fn strip(&self, object: &mut Value) -> Result<(), Exhausted> {
        let meter = Meter::new(&self.filter.lut);
        let outputs = self.run(&meter, to_jq(object));
        if meter.is_empty() {
            return Err(Exhausted);
        }
        match (self.kind, outputs) {
            (Kind::Paths, Some(outputs)) => paths::delete(object, outputs),
            (Kind::Rewrite, Some(mut outputs)) if !outputs.is_empty() => {
                if let Some(rewritten @ Value::Object(_)) = to_json(outputs.swap_remove(0)) {
                    *object = rewritten;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// All outputs, or none if one of them is an error.
    fn run<'a>(&'a self, meter: &Meter<'a>, input: Val) -> Option<Vec<Val>> {
        let context = Ctx::<Metered>::new(meter.clone(), Vars::new([]));
        let outputs = self.filter.id.run((context, input));
        outputs.map(Result::ok).collect()
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Program").field(&self.text).finish()
    }
}

fn to_jq(value: &Value) -> Val {
    match value {
        Value::Null => Val::Null,
        Value::Bool(yes) => Val::Bool(*yes),
        Value::Number(number) => number_to_jq(number),
        Value::String(text) => Val::from(text.clone()),
        Value::Array(items) => items.iter().map(to_jq).collect(),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| (Val::from(name.clone()), to_jq(value)));
            Val::obj(fields.collect())
        }
    }
}

fn number_to_jq(number: &serde_json::Number) -> Val {
    match number
        .as_i64()
        .and_then(|integer| isize::try_from(integer).ok())
    {
        Some(integer) => Val::from(integer),
        None => Val::from(number.as_f64().unwrap_or(f64::NAN)),
    }
}

fn to_json(value: Val) -> Option<Value> {
    serde_json::from_str(&value.to_string()).ok()
}
