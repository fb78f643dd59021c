//! `lifecycle.desiredPhase`, by which pipelines are paused and go on.
//!
//! Comes in: an object, and where in it the pipeline stands. Goes out: which of pausing and the two
//! ways of going on make sense, or the object with another phase.

use crate::fields::{self, find};
use crate::{Action, ActionError};
use serde_json::Value;

const STRATEGIES: &str = "numaflow.numaproj.io/allowed-resume-strategies";

/// The three actions for a pipeline whose spec and metadata stand at these paths.
pub fn offers(
    object: &Value,
    spec: &[&str],
    metadata: &[&str],
) -> Result<Vec<Action>, ActionError> {
    let phase = find(object, &[spec, &["lifecycle", "desiredPhase"]].concat())?;
    let (gradually, fast) = match phase == "Paused" {
        true => ways_to_go_on(object, metadata)?,
        false => (false, false),
    };
    let pause = Action::new("pause").icon("fa-solid fa-fw fa-pause");
    let play = |name| Action::new(name).icon("fa-solid fa-fw fa-play");
    Ok(vec![
        pause.enabled(!gradually && !fast),
        play("unpause-gradual")
            .shown_as("Unpause (gradual)")
            .enabled(gradually),
        play("unpause-fast")
            .shown_as("Unpause (fast)")
            .enabled(fast),
    ])
}

/// Whether it may go on gradually, and fast; gradually if nothing is said.
fn ways_to_go_on(object: &Value, metadata: &[&str]) -> Result<(bool, bool), ActionError> {
    let allowed = find(object, &[metadata, &["annotations", STRATEGIES]].concat())?;
    Ok(match allowed.as_str() {
        Some("fast") => (false, true),
        Some("slow, fast") => (true, true),
        _ => (true, false),
    })
}

/// Pauses the pipeline whose spec stands at the path.
pub fn pause(object: &mut Value, spec: &[&str]) -> Result<(), ActionError> {
    let lifecycle = fields::mapping(object, spec, &["lifecycle"])?;
    lifecycle.insert("desiredPhase".to_owned(), "Paused".into());
    Ok(())
}

/// Lets the pipeline whose lifecycle stands at the path go on.
pub fn run(object: &mut Value, lifecycle: &[&str]) -> Result<(), ActionError> {
    fields::set(object, lifecycle, "desiredPhase", "Running")
}
