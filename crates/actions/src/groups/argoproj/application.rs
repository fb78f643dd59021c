//! Applications of Argo CD: automatic sync is switched on and off without losing its options.
//!
//! Comes in: an Application. Goes out: what switching would be called, or the switch turned.

use crate::fields::{self, find};
use crate::run::Request;
use crate::{Action, ActionError};
use serde_json::Value;

const AUTOMATED: [&str; 3] = ["spec", "syncPolicy", "automated"];

pub fn offers(application: &Value) -> Result<Vec<Action>, ActionError> {
    let title = match syncs_itself(application)? {
        true => "Disable Auto-Sync",
        false => "Enable Auto-Sync",
    };
    Ok(vec![Action::new("toggle-auto-sync").shown_as(title)])
}

pub fn toggle_auto_sync(application: &mut Value, _: &Request) -> Result<(), ActionError> {
    let enabled = !syncs_itself(application)?;
    let automated = fields::mapping(application, &[], &AUTOMATED)?;
    automated.insert("enabled".to_owned(), enabled.into());
    Ok(())
}

/// The section alone means yes; `enabled` may say otherwise.
fn syncs_itself(application: &Value) -> Result<bool, ActionError> {
    let automated = find(application, &AUTOMATED)?;
    let enabled = find(application, &[&AUTOMATED[..], &["enabled"]].concat())?;
    Ok(!automated.is_null() && (enabled.is_null() || enabled == &Value::Bool(true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_a_section_that_is_not_switched_off_syncs() {
        for (policy, expected) in [
            (json!(null), false),
            (json!({}), false),
            (json!({"automated": {}}), true),
            (json!({"automated": {"enabled": true}}), true),
            (json!({"automated": {"enabled": false}}), false),
        ] {
            let application = json!({"spec": {"syncPolicy": policy}});
            assert_eq!(syncs_itself(&application), Ok(expected), "{policy}");
        }
    }
}
