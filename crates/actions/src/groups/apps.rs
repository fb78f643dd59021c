//! Workloads of Kubernetes.
//!
//! Comes in: a Deployment, StatefulSet or DaemonSet. Goes out: restarting, scaling, pausing.

use crate::catalogue::{Kind, Verb::Change};
use crate::fields;
use crate::number;
use crate::run::Request;
use crate::verbs::restart::restart;
use crate::{Action, ActionError};
use serde_json::Value;

pub const KINDS: [Kind; 3] = [
    Kind {
        group: "apps",
        kind: "DaemonSet",
        offers: |_| Ok(vec![offer_restart()]),
        verbs: &[("restart", Change(restart))],
    },
    Kind {
        group: "apps",
        kind: "Deployment",
        offers: deployment,
        verbs: &[
            ("pause", Change(pause)),
            ("restart", Change(restart)),
            ("resume", Change(resume)),
            ("scale", Change(scale)),
        ],
    },
    Kind {
        group: "apps",
        kind: "StatefulSet",
        offers: |_| Ok(vec![offer_restart(), offer_scale()]),
        verbs: &[("restart", Change(restart)), ("scale", Change(scale))],
    },
];

fn deployment(deployment: &Value) -> Result<Vec<Action>, ActionError> {
    let path = ["spec", "paused"];
    let paused = fields::flag(fields::within(deployment, &path)?, &path)?;
    let pause = Action::new("pause").icon("fa fa-fw fa-pause-circle");
    let resume = Action::new("resume").icon("fa fa-fw fa-play-circle");
    Ok(vec![
        offer_restart(),
        pause.disabled(paused),
        resume.enabled(paused),
        offer_scale(),
    ])
}

fn offer_restart() -> Action {
    Action::new("restart").icon("fa fa-fw fa-redo")
}

fn offer_scale() -> Action {
    let scale = Action::new("scale").icon("fa fa-fw fa-plus-circle");
    scale.param("replicas")
}

fn pause(deployment: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(deployment, &["spec"], "paused", true)
}

fn resume(deployment: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::unset(deployment, &["spec"], "paused")
}

fn scale(workload: &mut Value, request: &Request) -> Result<(), ActionError> {
    let given = request.parameter("replicas")?;
    let replicas = number::read(given).ok_or_else(|| ActionError::NotANumber {
        given: given.to_owned(),
    })?;
    fields::set(workload, &["spec"], "replicas", number::json(replicas))
}
