//! Conditions: what controllers say about an object.
//!
//! Comes in: an object. Goes out: its `status.conditions`.

use crate::fields::{self, Malformed};
use serde_json::Value;

/// One condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Condition<'a> {
    pub kind: &'a str,
    pub status: &'a str,
    pub reason: &'a str,
    pub message: &'a str,
}

impl Condition<'_> {
    pub fn is_true(&self) -> bool {
        self.status == "True"
    }
}

/// All conditions of an object, in their order.
pub fn of(object: &Value) -> Result<Vec<Condition<'_>>, Malformed> {
    let list = fields::list(object, "status.conditions")?
        .iter()
        .enumerate();
    list.map(|(index, item)| one(item).map_err(|error| error.inside("status.conditions", index)))
        .collect()
}

/// The first condition of a type.
pub fn find<'a>(object: &'a Value, kind: &str) -> Result<Option<Condition<'a>>, Malformed> {
    Ok(of(object)?
        .into_iter()
        .find(|condition| condition.kind == kind))
}

/// One condition by itself.
pub fn one(item: &Value) -> Result<Condition<'_>, Malformed> {
    Ok(Condition {
        kind: fields::text(item, "type")?,
        status: fields::text(item, "status")?,
        reason: fields::text(item, "reason")?,
        message: fields::text(item, "message")?,
    })
}
