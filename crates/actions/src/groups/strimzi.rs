//! Kafka by Strimzi: its pods are replaced one by one when an annotation says so.
//!
//! Comes in: a StrimziPodSet. Goes out: whether that is under way, or the annotation set.

use crate::catalogue::{Kind, Verb::Change};
use crate::run::Request;
use crate::verbs::annotate::{annotate, annotation};
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 1] = [Kind {
    group: "core.strimzi.io",
    kind: "StrimziPodSet",
    offers,
    verbs: &[("rolling-update", Change(rolling_update))],
}];

const ROLLING_UPDATE: &str = "strimzi.io/manual-rolling-update";

fn offers(pods: &Value) -> Result<Vec<Action>, ActionError> {
    let rolling = annotation(pods, ROLLING_UPDATE)? == "true";
    Ok(vec![Action::new("rolling-update").disabled(rolling)])
}

fn rolling_update(pods: &mut Value, _: &Request) -> Result<(), ActionError> {
    annotate(pods, ROLLING_UPDATE, "true")
}
