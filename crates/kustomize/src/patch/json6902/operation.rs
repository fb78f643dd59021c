//! The operations of a patch.
//!
//! Comes in: the text of a patch. Goes out: its operations, not yet checked: what is wrong with one
//! shows when it is done. Source: evanphx/json-patch 4.13 (DecodePatch, Operation).

use super::error::{DecodeError, JsonPatchError, Problem};
use super::json::Json;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use yaml::Limits;

/// One operation.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    op: Option<String>,
    path: Option<String>,
    from: Option<String>,
    /// What to add, to put or to find; `None` if nothing is said of it.
    pub value: Option<Json>,
}

/// The operations of a patch in JSON.
pub fn from_json(text: &str) -> Result<Vec<Operation>, DecodeError> {
    type Fields<'a> = BTreeMap<String, Option<&'a RawValue>>;
    let all: Vec<Option<Fields>> = serde_json::from_str(text).map_err(DecodeError::Json)?;
    let read = |fields: Option<Fields>| {
        let fields = fields.unwrap_or_default().into_iter();
        let fields = fields.map(|(key, value)| match value {
            Some(value) => Ok((key, Json::read(value)?)),
            None => Ok((key, Json::NULL)),
        });
        Ok(Operation::of(fields.collect::<Result<_, DecodeError>>()?))
    };
    all.into_iter().map(read).collect()
}

/// The operations of a patch in YAML.
pub fn from_yaml(text: &str) -> Result<Vec<Operation>, DecodeError> {
    let value = yaml::read_first(text.as_bytes(), &Limits::default()).map_err(DecodeError::Yaml)?;
    let items = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(items) => items,
        Value::Object(_) => return Err(DecodeError::Shape("a map")),
        _ => return Err(DecodeError::Shape("a scalar")),
    };
    let read = |item| match item {
        Value::Null => Ok(Operation::default()),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let fields = fields.map(|(key, value)| (key, Json::Value(value)));
            Ok(Operation::of(fields.collect()))
        }
        _ => Err(DecodeError::Shape("a list with other things than maps")),
    };
    items.into_iter().map(read).collect()
}

impl Operation {
    fn of(mut fields: BTreeMap<String, Json>) -> Self {
        let mut text = |field: &str| match fields.remove(field)?.into_value() {
            Ok(Value::String(text)) => Some(text),
            _ => None,
        };
        Self {
            op: text("op"),
            path: text("path"),
            from: text("from"),
            value: fields.remove("value"),
        }
    }

    /// What it does; `unknown` if that is not said.
    pub fn kind(&self) -> &str {
        self.op.as_deref().unwrap_or("unknown")
    }

    /// Where it does it.
    pub fn path(&self) -> Result<&str, Problem> {
        self.path.as_deref().ok_or(Problem::Field("path"))
    }

    /// Where it takes the value from.
    pub fn from(&self) -> Result<&str, Problem> {
        self.from.as_deref().ok_or(Problem::Field("from"))
    }

    /// The value, null if nothing is said of it.
    pub fn value_or_null(&self) -> Json {
        self.value.clone().unwrap_or(Json::NULL)
    }

    /// The error for this operation.
    pub fn failed(&self, number: usize, problem: Problem) -> JsonPatchError {
        JsonPatchError::Operation {
            number,
            kind: self.kind().to_owned(),
            path: self.path.clone().unwrap_or_default(),
            problem,
        }
    }
}
