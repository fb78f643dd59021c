//! values.schema.json: what a chart demands of its values.
//!
//! Comes in: a chart with all below it, and its coalesced values. Goes out: nothing, or Helm's
//! message with a paragraph for each chart whose schema is not met, in the words of the validator
//! Helm uses. Checking is our own, because a schema comes from a stranger and must not take for
//! ever: it is bounded in steps and depth. What only needs to be right (formats, the schema's own
//! form) is left to the `jsonschema` crate. Nothing is fetched. Source: Helm 4.2,
//! pkg/chart/common/util/jsonschema.go; santhosh-tekuri/jsonschema 6.

mod check;
mod compile;
mod failure;
mod format;
mod node;
mod number;
#[cfg(test)]
mod tests;
mod unevaluated;

use crate::chart::Chart;
use crate::values::to_json;
use compile::Compiled;
use gotemplate::{Map, Value};
use serde_json::Value as Json;
use std::sync::{Arc, OnceLock};

/// Values that do not meet a schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "values don't meet the specifications of the schema(s) in the following chart(s):\n{details}"
)]
pub struct SchemaError {
    /// A paragraph for each chart, its name first.
    pub details: String,
}

/// The text of a schema; it is read once, when it is first needed.
#[derive(Debug)]
pub struct Schema {
    text: Arc<[u8]>,
    compiled: OnceLock<Result<Compiled, String>>,
}

impl Schema {
    /// A schema by its text.
    pub fn new(text: Arc<[u8]>) -> Self {
        Self {
            text,
            compiled: OnceLock::new(),
        }
    }

    /// Its text.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Checks a value. The error is Helm's, with a line for each thing that is wrong.
    pub fn check(&self, value: &Json) -> Result<(), String> {
        let compiled = self.compiled.get_or_init(|| compile::compile(&self.text));
        check::check(compiled.as_ref().map_err(Clone::clone)?, value)
    }
}

/// Checks the values of a chart and of those below it.
pub fn validate(chart: &Chart, values: &Map) -> Result<(), SchemaError> {
    if !has_schema(chart) {
        return Ok(());
    }
    let mut details = String::new();
    collect(chart, &to_json(&Value::Map(values.clone())), &mut details);
    match details.is_empty() {
        true => Ok(()),
        false => Err(SchemaError { details }),
    }
}

/// Checks values against one schema. The error is Helm's text.
pub(crate) fn validate_one(schema: &[u8], values: &Map) -> Result<(), String> {
    Schema::new(schema.into()).check(&to_json(&Value::Map(values.clone())))
}

fn has_schema(chart: &Chart) -> bool {
    chart.schema.is_some() || chart.dependencies.iter().any(|below| has_schema(below))
}

fn collect(chart: &Chart, values: &Json, details: &mut String) {
    if let Some(schema) = &chart.schema
        && let Err(error) = schema.check(values)
    {
        *details += &format!("{}:\n{error}", chart.name());
    }
    for below in &chart.dependencies {
        match values.get(below.name()) {
            None | Some(Json::Null) => {}
            Some(section @ Json::Object(_)) => collect(below, section, details),
            Some(other) => {
                let name = below.name();
                let found = go_type(other);
                *details += &format!(
                    "{name}:\ninvalid type for values: expected object (map), got {found}\n"
                );
            }
        }
    }
}

fn go_type(value: &Json) -> &'static str {
    match value {
        Json::Bool(_) => "bool",
        Json::Number(_) => "float64",
        Json::String(_) => "string",
        _ => "[]interface {}",
    }
}
