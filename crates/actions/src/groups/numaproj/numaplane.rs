//! Numaplane: rollouts of Numaflow's pipelines.
//!
//! Comes in: an object of the group. Goes out: what its pipeline's phase and its upgrade allow, or
//! the object told so.

use super::pausing;
use crate::catalogue::{Kind, Verb::Change};
use crate::fields::{self, find};
use crate::verbs::annotate::{annotate, annotation};
use crate::{Action, ActionError};
use serde_json::Value;

const GROUP: &str = "numaplane.numaproj.io";
const ALLOW_DATA_LOSS: &str = "numaplane.numaproj.io/allow-data-loss";
const VERTEX: [&str; 4] = ["spec", "monoVertex", "spec", "lifecycle"];
const PIPELINE: [&str; 4] = ["spec", "pipeline", "spec", "lifecycle"];

pub const MONO_VERTEX_ROLLOUT: Kind = Kind {
    group: GROUP,
    kind: "MonoVertexRollout",
    offers: mono_vertex_rollout,
    verbs: &[
        (
            "pause",
            Change(|rollout, _| pausing::pause(rollout, &VERTEX[..3])),
        ),
        (
            "unpause-fast",
            Change(|rollout, _| resume(rollout, &VERTEX, true)),
        ),
        (
            "unpause-gradual",
            Change(|rollout, _| resume(rollout, &VERTEX, false)),
        ),
    ],
};

pub const PIPELINE_ROLLOUT: Kind = Kind {
    group: GROUP,
    kind: "PipelineRollout",
    offers: pipeline_rollout,
    verbs: &[
        (
            "allow-data-loss",
            Change(|rollout, _| annotate(rollout, ALLOW_DATA_LOSS, "true")),
        ),
        (
            "disallow-data-loss",
            Change(|rollout, _| annotate(rollout, ALLOW_DATA_LOSS, "false")),
        ),
        (
            "pause",
            Change(|rollout, _| pausing::pause(rollout, &PIPELINE[..3])),
        ),
        (
            "unpause-fast",
            Change(|rollout, _| resume(rollout, &PIPELINE, true)),
        ),
        (
            "unpause-gradual",
            Change(|rollout, _| resume(rollout, &PIPELINE, false)),
        ),
    ],
};

fn mono_vertex_rollout(rollout: &Value) -> Result<Vec<Action>, ActionError> {
    pausing::offers(rollout, &VERTEX[..3], &["spec", "monoVertex", "metadata"])
}

fn pipeline_rollout(rollout: &Value) -> Result<Vec<Action>, ActionError> {
    let upgrade = find(rollout, &["status", "upgradeInProgress"])?;
    let allowed = annotation(rollout, ALLOW_DATA_LOSS)? == "true";
    let allow = Action::new("allow-data-loss").icon("fa-solid fa-fw fa-unlock");
    let disallow = Action::new("disallow-data-loss").icon("fa-solid fa-fw fa-lock");
    let mut actions = pausing::offers(rollout, &PIPELINE[..3], &["spec", "pipeline", "metadata"])?;
    actions.push(
        allow
            .shown_as("Allow (Possible) Data Loss")
            .enabled(upgrade == "PipelinePauseAndDrain"),
    );
    actions.push(disallow.shown_as("Disallow Data Loss").enabled(allowed));
    Ok(actions)
}

fn resume(rollout: &mut Value, lifecycle: &[&str], fast: bool) -> Result<(), ActionError> {
    pausing::run(rollout, lifecycle)?;
    let strategy = fields::mapping(rollout, &["spec"], &["strategy", "pauseResume"])?;
    strategy.insert("fastResume".to_owned(), fast.into());
    Ok(())
}
