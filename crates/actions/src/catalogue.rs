//! Which kinds have which actions.
//!
//! Comes in: an object. Goes out: what its kind offers. Only group and kind count: every version
//! of a kind has the same actions (Argo CD 3.5: GetResourceActionDiscovery in util/lua/lua.go).

use crate::groups::GROUPS;
use crate::run::Request;
use crate::{Action, ActionError};
use serde_json::Value;

/// A kind that has actions.
pub(crate) struct Kind {
    pub group: &'static str,
    pub kind: &'static str,
    /// The actions it offers in the state it is in.
    pub offers: fn(&Value) -> Result<Vec<Action>, ActionError>,
    /// Everything that can be run, by name.
    pub verbs: &'static [(&'static str, Verb)],
}

/// How an action is carried out.
#[derive(Clone, Copy)]
pub(crate) enum Verb {
    /// It changes the object.
    Change(fn(&mut Value, &Request) -> Result<(), ActionError>),
    /// It makes another object of it.
    Create(fn(&Value, &Request) -> Result<Value, ActionError>),
}

/// The actions of an object by name, disabled ones among them; none if its kind has none.
///
/// # Errors
/// If the object is not of the shape its kind has, so that the state cannot be told.
pub fn discover(object: &Value) -> Result<Vec<Action>, ActionError> {
    let Some(kind) = kind_of(object) else {
        return Ok(Vec::new());
    };
    let mut actions = (kind.offers)(object)?;
    actions.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    Ok(actions)
}

pub(crate) fn kind_of(object: &Value) -> Option<&'static Kind> {
    let (group, name) = group_kind(object)?;
    let mut kinds = GROUPS.iter().flat_map(|kinds| kinds.iter());
    kinds.find(|kind| kind.group == group && kind.kind == name)
}

/// Group and kind of an object, as far as its `apiVersion` is one.
pub(crate) fn group_kind(object: &Value) -> Option<(&str, &str)> {
    let kind = object.get("kind")?.as_str()?;
    let api_version = object.get("apiVersion")?.as_str()?;
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    (!version.contains('/')).then_some((group, kind))
}
