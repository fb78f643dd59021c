//! The actions a script offers.
//!
//! Comes in: what `discovery.lua` returned: a table of actions by name. Goes out: the actions, in
//! the order of their names. An empty table after a name offers that action as it is.

use super::{Meaningless, field, type_of};
use crate::machine::Returned;
use actions::{Action, Param};
use serde_json::{Map, Value};

/// What an answer offers.
pub fn read(returned: Returned) -> Result<Vec<Action>, Meaningless> {
    match returned {
        Returned::Nil => Err(Meaningless::NoTable("nil")),
        Returned::Other(found) => Err(Meaningless::NoTable(found)),
        Returned::Table(Value::Object(offered)) => offered
            .iter()
            .map(|(name, about)| action(name, about))
            .collect(),
        Returned::Table(Value::Array(items)) if !items.is_empty() => Err(Meaningless::NoNames),
        Returned::Table(_) => Ok(Vec::new()),
    }
}

fn action(name: &str, about: &Value) -> Result<Action, Meaningless> {
    let fields = match about {
        Value::Object(fields) => fields,
        Value::Array(_) => return Ok(Action::new(name)),
        other => return Err(wrong(name, "it", "a table", other)),
    };
    let reader = Reader { name, fields };
    let named = reader.text("name")?;
    Ok(Action {
        name: named.unwrap_or(name).to_owned(),
        params: reader.params()?,
        disabled: reader.flag("disabled")?,
        icon_class: reader.text("iconClass")?.unwrap_or_default().to_owned(),
        display_name: reader.text("displayName")?.unwrap_or_default().to_owned(),
    })
}

struct Reader<'a> {
    name: &'a str,
    fields: &'a Map<String, Value>,
}

impl<'a> Reader<'a> {
    fn text(&self, name: &'static str) -> Result<Option<&'a str>, Meaningless> {
        match field(self.fields, name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(wrong(self.name, name, "text", other)),
        }
    }

    fn flag(&self, name: &'static str) -> Result<bool, Meaningless> {
        match field(self.fields, name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(wrong(self.name, name, "a boolean", other)),
        }
    }

    fn params(&self) -> Result<Vec<Param>, Meaningless> {
        match field(self.fields, "params") {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items.iter().map(|item| self.param(item)).collect(),
            Some(other) => Err(wrong(self.name, "params", "a list", other)),
        }
    }

    fn param(&self, item: &Value) -> Result<Param, Meaningless> {
        let Value::Object(fields) = item else {
            return Err(wrong(self.name, "params", "tables", item));
        };
        let reader = Reader { fields, ..*self };
        let name = reader.text("name")?.unwrap_or_default().to_owned();
        Ok(Param { name })
    }
}

fn wrong(name: &str, field: &'static str, expected: &'static str, found: &Value) -> Meaningless {
    Meaningless::Action {
        name: name.to_owned(),
        field,
        expected,
        found: type_of(found),
    }
}
