//! KEDA: scaling rests while an annotation says so, as it stands or at a number of replicas.
//!
//! Comes in: a ScaledJob or ScaledObject. Goes out: what its annotations allow, or other
//! annotations.

use crate::catalogue::{Kind, Verb::Change};
use crate::number;
use crate::run::Request;
use crate::verbs::annotate::{annotate, annotation, remove_annotation};
use crate::{Action, ActionError};
use serde_json::Value;

const GROUP: &str = "keda.sh";
const PAUSED: &str = "autoscaling.keda.sh/paused";
const PAUSED_REPLICAS: &str = "autoscaling.keda.sh/paused-replicas";

pub const KINDS: [Kind; 2] = [
    Kind {
        group: GROUP,
        kind: "ScaledJob",
        offers: scaled_job,
        verbs: &[("pause", Change(pause)), ("resume", Change(resume_job))],
    },
    Kind {
        group: GROUP,
        kind: "ScaledObject",
        offers: scaled_object,
        verbs: &[
            ("pause", Change(pause)),
            ("paused-replicas", Change(pause_at_replicas)),
            ("resume", Change(resume_object)),
        ],
    },
];

fn scaled_job(job: &Value) -> Result<Vec<Action>, ActionError> {
    let paused = annotation(job, PAUSED)? == "true";
    Ok(pause_and_resume(paused))
}

fn scaled_object(object: &Value) -> Result<Vec<Action>, ActionError> {
    let paused = annotation(object, PAUSED)? == "true";
    let paused_anyhow = paused || !annotation(object, PAUSED_REPLICAS)?.is_null();
    let at_replicas = Action::new("paused-replicas").icon("fa fa-fw fa-pause-circle");
    let mut actions = pause_and_resume(paused_anyhow);
    actions.push(at_replicas.disabled(paused).param("replicas"));
    Ok(actions)
}

fn pause_and_resume(paused: bool) -> Vec<Action> {
    let pause = Action::new("pause").icon("fa fa-fw fa-pause-circle");
    let resume = Action::new("resume").icon("fa fa-fw fa-play-circle");
    vec![pause.disabled(paused), resume.enabled(paused)]
}

fn pause(object: &mut Value, _: &Request) -> Result<(), ActionError> {
    annotate(object, PAUSED, "true")
}

fn pause_at_replicas(object: &mut Value, request: &Request) -> Result<(), ActionError> {
    let given = request.parameter("replicas")?;
    let replicas = number::read(given).filter(|replicas| *replicas >= 0.0);
    let replicas = replicas.ok_or_else(|| ActionError::NotACount {
        given: given.to_owned(),
    })?;
    annotate(object, PAUSED_REPLICAS, number::text(replicas))
}

fn resume_job(job: &mut Value, _: &Request) -> Result<(), ActionError> {
    remove_annotation(job, PAUSED)
}

fn resume_object(object: &mut Value, _: &Request) -> Result<(), ActionError> {
    remove_annotation(object, PAUSED)?;
    remove_annotation(object, PAUSED_REPLICAS)
}
