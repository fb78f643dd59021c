//! Promoting an upgrade that Numaplane still tries out.
//!
//! Comes in: an object under upgrade. Goes out: whether it can be promoted, or the object with the
//! label that promotes it.

use crate::run::Request;
use crate::verbs::annotate::{add_label, label};
use crate::{Action, ActionError};
use serde_json::Value;

pub const UPGRADE_STATE: &str = "numaplane.numaproj.io/upgrade-state";
const FORCE_PROMOTE: &str = "numaplane.numaproj.io/force-promote";

pub fn offer(object: &Value) -> Result<Action, ActionError> {
    let state = label(object, UPGRADE_STATE)?;
    let under_way = state == "in-progress" || state == "trial";
    let forced = label(object, FORCE_PROMOTE)? == "true";
    let promote = Action::new("force-promote").icon("fa-solid fa-fw fa-forward");
    Ok(promote.enabled(under_way && !forced))
}

pub fn force_promote(object: &mut Value, _: &Request) -> Result<(), ActionError> {
    add_label(object, FORCE_PROMOTE, "true")
}
