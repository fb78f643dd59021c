//! MongoDB by Percona: a cluster is stopped and started by a flag.
//!
//! Comes in: a PerconaServerMongoDB. Goes out: what it offers, or the flag set. Argo CD offers
//! `pause` but does not find its own script for it; here it runs.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields::{self, within};
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 1] = [Kind {
    group: "psmdb.percona.com",
    kind: "PerconaServerMongoDB",
    offers,
    verbs: &[
        ("pause", Change(|cluster, _| set_pause(cluster, true))),
        ("unpause", Change(|cluster, _| set_pause(cluster, false))),
    ],
}];

fn offers(cluster: &Value) -> Result<Vec<Action>, ActionError> {
    let paused = within(cluster, &["spec", "pause"])? == true;
    let pause = Action::new("pause").icon("fa fa-fw fa-pause-circle");
    let unpause = Action::new("unpause").icon("fa fa-fw fa-play-circle");
    Ok(vec![pause.disabled(paused), unpause.enabled(paused)])
}

fn set_pause(cluster: &mut Value, pause: bool) -> Result<(), ActionError> {
    fields::set(cluster, &["spec"], "pause", pause)
}
