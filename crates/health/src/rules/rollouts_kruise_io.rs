//! OpenKruise: rollouts.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Rollout").then_some(Check::Code(rollout))
}

fn rollout(object: Field<'_>) -> Verdict {
    let wanted = object.get("metadata")?.get("generation")?;
    let status = object.get("status")?;
    if wanted == status.get("observedGeneration")? {
        let step = status.get("canaryStatus")?.get("currentStepState")?;
        let phase = status.get("phase")?;
        if step.is("StepPaused") && phase.is("Progressing") {
            return Suspended.says("Rollout is Paused need manual intervention");
        }
        if step.is("Completed") && phase.is("Healthy") {
            return Healthy.says("Rollout is Completed");
        }
        if step.is("StepPaused") && phase.is_one_of(&["Terminating", "Disabled"]) {
            return Degraded.says("Rollout is Disabled or Terminating");
        }
    }
    Progressing.says("Rollout is still progressing")
}
