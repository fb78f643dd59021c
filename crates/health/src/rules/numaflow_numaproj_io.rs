//! Numaflow: pipelines and what they are made of.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "InterStepBufferService" => |object| BUFFER.judge(object),
        "MonoVertex" => |object| MONO_VERTEX.judge(object),
        "Pipeline" => |object| PIPELINE.judge(object),
        "Vertex" => |object| VERTEX.judge(object),
        _ => return None,
    }))
}

/// How the kinds differ.
struct Part {
    /// The phases of a part that is paused.
    paused: &'static [&'static str],
    /// Whether a label tells that an upgrade by steps has failed.
    upgraded_by_steps: bool,
    /// What is said of a false condition; its message if nothing.
    unhealthy: Option<&'static str>,
}

const PIPELINE: Part = Part {
    paused: &["Paused", "Pausing"],
    upgraded_by_steps: true,
    unhealthy: Some("Subresources are unhealthy"),
};
const MONO_VERTEX: Part = Part {
    paused: &["Paused"],
    ..PIPELINE
};
const BUFFER: Part = Part {
    paused: &[],
    unhealthy: None,
    ..PIPELINE
};
const VERTEX: Part = Part {
    paused: &["Paused"],
    upgraded_by_steps: false,
    unhealthy: None,
};

impl Part {
    fn judge(&self, object: Field<'_>) -> Verdict {
        let kind = object.get("kind")?;
        let status = object.get("status")?;
        if status.is_set() {
            let fault = self.fault(object, status)?;
            let phase = status.get("phase")?;
            let wanted = object.get("metadata")?.get("generation")?;
            if wanted != status.get("observedGeneration")? {
                // What is known is about an older specification.
            } else if let Some(message) = fault {
                return Degraded.says(message);
            } else if phase.is_one_of(self.paused) {
                return Healthy.says_all(&[kind, " is paused".into()]);
            } else if phase.is("Running") {
                return Healthy.says_all(&[kind, " is healthy".into()]);
            }
        }
        Progressing.says_all(&["Waiting for ".into(), kind, " status".into()])
    }

    fn fault<'a>(
        &self,
        object: Field<'a>,
        status: Field<'a>,
    ) -> Result<Option<Field<'a>>, Stumble> {
        let unhealthy = last_false(status)?;
        let upgrade_failed = self.upgraded_by_steps && has_failed_upgrade(object)?;
        Ok(if status.get("phase")?.is("Failed") {
            Some(status.get("message")?)
        } else if upgrade_failed {
            Some("Failed progressive upgrade".into())
        } else {
            unhealthy.map(|message| self.unhealthy.map_or(message, Field::Text))
        })
    }
}

/// The message of the last condition that is false.
fn last_false(status: Field<'_>) -> Result<Option<Field<'_>>, Stumble> {
    let mut message = None;
    for condition in status.items_at("conditions")? {
        if condition.get("status")?.is("False") {
            message = Some(condition.get("message")?);
        }
    }
    Ok(message)
}

fn has_failed_upgrade(object: Field<'_>) -> Result<bool, Stumble> {
    let labels = object.get("metadata")?.get("labels")?;
    let state = "numaplane.numaproj.io/progressive-result-state";
    Ok(labels.is_set() && labels.get(state)?.is("failed"))
}
