//! `spec.suspend`, by which many kinds are told to rest.
//!
//! Comes in: an object. Goes out: whether it rests, or the object told to rest or to go on.

use crate::ActionError;
use crate::fields;
use crate::run::Request;
use serde_json::Value;

/// Whether the object is suspended.
pub fn is_suspended(object: &Value) -> Result<bool, ActionError> {
    fields::within(object, &["spec", "suspend"]).map(fields::holds)
}

/// Suspends the object.
pub fn suspend(object: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(object, &["spec"], "suspend", true)
}

/// Lets the object go on; one that is not suspended stays as it is.
pub fn resume(object: &mut Value, _: &Request) -> Result<(), ActionError> {
    match is_suspended(object)? {
        true => fields::set(object, &["spec"], "suspend", false),
        false => Ok(()),
    }
}
