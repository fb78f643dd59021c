//! External Secrets: a secret is fetched or pushed at once when an annotation changes.
//!
//! Comes in: an ExternalSecret or PushSecret. Goes out: whether that makes sense, or the annotation
//! set.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields::within;
use crate::run::Request;
use crate::verbs::annotate::annotate;
use crate::{Action, ActionError};
use serde_json::Value;

const GROUP: &str = "external-secrets.io";

pub const KINDS: [Kind; 2] = [
    Kind {
        group: GROUP,
        kind: "ExternalSecret",
        offers: external_secret,
        verbs: &[("refresh", Change(force_sync))],
    },
    Kind {
        group: GROUP,
        kind: "PushSecret",
        offers: push_secret,
        verbs: &[("push", Change(force_sync))],
    },
];

/// A secret that is never refreshed by time stays as it is, unless it follows changes.
fn external_secret(secret: &Value) -> Result<Vec<Action>, ActionError> {
    let on_change = within(secret, &["spec", "refreshPolicy"])? == "OnChange";
    let fixed = has_no_interval(secret)? && !on_change;
    Ok(vec![Action::new("refresh").disabled(fixed)])
}

fn push_secret(secret: &Value) -> Result<Vec<Action>, ActionError> {
    let fixed = has_no_interval(secret)?;
    Ok(vec![Action::new("push").disabled(fixed)])
}

fn has_no_interval(secret: &Value) -> Result<bool, ActionError> {
    let interval = within(secret, &["spec", "refreshInterval"])?;
    Ok(match interval {
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => {
            let unit = text.strip_prefix('0');
            unit.is_some_and(|unit| ["", "ns", "us", "µs", "ms", "s", "m", "h"].contains(&unit))
        }
        _ => false,
    })
}

fn force_sync(secret: &mut Value, request: &Request) -> Result<(), ActionError> {
    annotate(secret, "force-sync", request.now.rfc3339())
}
