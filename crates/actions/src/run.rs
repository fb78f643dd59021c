//! Carrying an action out.
//!
//! Comes in: an object, the name of an action, parameters, and what time it is. Goes out: the
//! objects to patch and to create, for whoever may write to the cluster (Argo CD 3.5:
//! ExecuteResourceAction in util/lua/lua.go and util/lua/impacted_resource.go).
//!
//! Argo CD sends the whole object through tables of Lua, which lose nulls and, inside lists, turn
//! empty objects into empty lists. Here nothing changes but what the action is about.

use crate::ActionError;
use crate::catalogue::{self, Verb};
use model::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is to be done with an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// The object stands already and shall become this.
    Patch,
    /// The object shall be made.
    Create,
}

/// One object as an action wants it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Outcome {
    /// What is to be done with it.
    pub operation: Operation,
    /// The whole object.
    pub resource: Value,
}

/// What was given to an action.
pub(crate) struct Request<'a> {
    parameters: &'a [(&'a str, &'a str)],
    pub now: Timestamp,
}

impl<'a> Request<'a> {
    /// The value of a parameter; of one that is given twice, the last.
    pub fn parameter(&self, name: &'static str) -> Result<&'a str, ActionError> {
        let mut from_last = self.parameters.iter().rev();
        let found = from_last.find(|(given, _)| *given == name);
        let missing = ActionError::ParameterMissing { name };
        found.map(|(_, value)| *value).ok_or(missing)
    }
}

/// Runs an action; costs one copy of the object.
///
/// # Errors
/// If there is no such action, if a parameter is missing or wrong, or if the object is not of the
/// shape the action needs.
pub fn run(
    object: &Value,
    action: &str,
    parameters: &[(&str, &str)],
    now: Timestamp,
) -> Result<Vec<Outcome>, ActionError> {
    let request = Request { parameters, now };
    let outcome = match verb(object, action)? {
        Verb::Change(change) => {
            let mut resource = object.clone();
            change(&mut resource, &request)?;
            Outcome {
                operation: Operation::Patch,
                resource,
            }
        }
        Verb::Create(create) => Outcome {
            operation: Operation::Create,
            resource: create(object, &request)?,
        },
    };
    Ok(vec![outcome])
}

fn verb(object: &Value, action: &str) -> Result<Verb, ActionError> {
    let verbs = catalogue::kind_of(object).map_or(&[][..], |kind| kind.verbs);
    let found = verbs.iter().find(|(name, _)| *name == action);
    found
        .map(|(_, verb)| *verb)
        .ok_or_else(|| unknown(object, action))
}

fn unknown(object: &Value, action: &str) -> ActionError {
    let (group, kind) = catalogue::group_kind(object).unwrap_or(("", "an object of no kind"));
    let separator = if group.is_empty() { "" } else { "/" };
    ActionError::Unknown {
        action: action.to_owned(),
        kind: format!("{group}{separator}{kind}"),
    }
}
