//! Numaflow: pipelines themselves, and the buffers between their steps.
//!
//! Comes in: an object of the group. Goes out: what its phase and its upgrade allow, or the object
//! told so.

use super::{force_promote, pausing};
use crate::catalogue::{Kind, Verb::Change};
use crate::fields;
use crate::run::Request;
use crate::verbs::annotate::{annotate, label};
use crate::{Action, ActionError};
use serde_json::Value;

const GROUP: &str = "numaflow.numaproj.io";
const LIFECYCLE: [&str; 2] = ["spec", "lifecycle"];
const RESUME_STRATEGY: &str = "numaflow.numaproj.io/resume-strategy";

pub const INTER_STEP_BUFFER_SERVICE: Kind = Kind {
    group: GROUP,
    kind: "InterStepBufferService",
    offers: |object| Ok(vec![force_promote::offer(object)?]),
    verbs: &[("force-promote", Change(force_promote::force_promote))],
};

pub const MONO_VERTEX: Kind = Kind {
    group: GROUP,
    kind: "MonoVertex",
    offers: mono_vertex,
    verbs: &[
        ("force-promote", Change(force_promote::force_promote)),
        (
            "pause",
            Change(|vertex, _| pausing::pause(vertex, &["spec"])),
        ),
        (
            "unpause-fast",
            Change(|vertex, _| pausing::run(vertex, &LIFECYCLE)),
        ),
        ("unpause-gradual", Change(start_gradually)),
    ],
};

pub const PIPELINE: Kind = Kind {
    group: GROUP,
    kind: "Pipeline",
    offers: pipeline,
    verbs: &[
        ("delete", Change(mark_for_deletion)),
        ("force-promote", Change(force_promote::force_promote)),
        (
            "pause",
            Change(|pipeline, _| pausing::pause(pipeline, &["spec"])),
        ),
        (
            "unpause-fast",
            Change(|pipeline, _| resume(pipeline, "fast")),
        ),
        (
            "unpause-gradual",
            Change(|pipeline, _| resume(pipeline, "slow")),
        ),
    ],
};

fn mono_vertex(vertex: &Value) -> Result<Vec<Action>, ActionError> {
    let mut actions = pausing::offers(vertex, &["spec"], &["spec", "metadata"])?;
    actions.push(force_promote::offer(vertex)?.shown_as("Force Promote"));
    Ok(actions)
}

fn pipeline(pipeline: &Value) -> Result<Vec<Action>, ActionError> {
    let recyclable = label(pipeline, force_promote::UPGRADE_STATE)? == "recyclable";
    let delete = Action::new("delete").icon("fa-solid fa-fw fa-trash");
    let mut actions = mono_vertex(pipeline)?;
    actions.push(delete.shown_as("Delete").enabled(recyclable));
    Ok(actions)
}

/// Its autoscaler starts from nothing once the number of replicas is gone.
fn start_gradually(vertex: &mut Value, _: &Request) -> Result<(), ActionError> {
    pausing::run(vertex, &LIFECYCLE)?;
    fields::unset(vertex, &["spec"], "replicas")
}

fn resume(pipeline: &mut Value, strategy: &str) -> Result<(), ActionError> {
    pausing::run(pipeline, &LIFECYCLE)?;
    annotate(pipeline, RESUME_STRATEGY, strategy)
}

fn mark_for_deletion(pipeline: &mut Value, _: &Request) -> Result<(), ActionError> {
    annotate(
        pipeline,
        "numaplane.numaproj.io/marked-for-deletion",
        "true",
    )
}
