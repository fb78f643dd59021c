//! Numaplane: rollouts of Numaflow.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "ISBServiceRollout" => |object| BUFFER.judge(object),
        "MonoVertexRollout" => |object| MONO_VERTEX.judge(object),
        "NumaflowControllerRollout" => |object| CONTROLLER.judge(object),
        "PipelineRollout" => |object| PIPELINE.judge(object),
        _ => return None,
    }))
}

/// How the kinds differ.
struct Rollout {
    /// The reason of a child that has failed; if there is none, any but that it is at work.
    failed: Option<&'static str>,
    /// Whether upgrades go by steps, and can fail so.
    by_steps: bool,
    /// The condition of a rollout that is paused.
    paused: Option<&'static str>,
    unknown: &'static str,
}

const BUFFER: Rollout = Rollout {
    failed: Some("ISBSvcFailed"),
    by_steps: true,
    paused: None,
    unknown: "Unknown status",
};
const MONO_VERTEX: Rollout = Rollout {
    failed: Some("MonoVertexFailed"),
    by_steps: true,
    paused: Some("MonoVertexPausingOrPaused"),
    unknown: "Unknown MonoVertex status",
};
const PIPELINE: Rollout = Rollout {
    failed: Some("PipelineFailed"),
    by_steps: true,
    paused: Some("PipelinePausingOrPaused"),
    unknown: "Unknown Pipeline status",
};
const CONTROLLER: Rollout = Rollout {
    failed: None,
    by_steps: false,
    paused: None,
    unknown: "Unknown status",
};

impl Rollout {
    fn judge(&self, object: Field<'_>) -> Verdict {
        let status = object.get("status")?;
        if !status.is_set() {
            return Progressing.says("Not yet reconciled");
        }
        if let Some(message) = self.progress(object, status)? {
            return Progressing.says(message);
        }
        if let Some(message) = self.fault(status)? {
            return Degraded.says(message);
        }
        if let Some(paused) = self.paused
            && let Some(condition) = first(status, |it| is(it, paused, "True"))?
        {
            return Healthy.says(condition.get("message")?);
        }
        match first(status, |it| is(it, CHILD, "True"))? {
            Some(_) => Healthy.says("Healthy"),
            None => Unknown.says(self.unknown),
        }
    }

    /// What is still to come.
    fn progress(
        &self,
        object: Field<'_>,
        status: Field<'_>,
    ) -> Result<Option<&'static str>, Stumble> {
        let wanted = object.get("metadata")?.get("generation")?;
        if wanted != status.get("observedGeneration")? {
            return Ok(Some("Not yet reconciled"));
        }
        let upgrading = !status.get("upgradeInProgress")?.if_unset("").is("");
        if upgrading || status.get("phase")?.is("Pending") {
            let failed = self.by_steps && first(status, |it| is(it, UPGRADE, "False"))?.is_some();
            if !failed {
                return Ok(Some("Update in progress"));
            }
        }
        let at_work = first(status, |it| {
            Ok(is(it, CHILD, "False")? && it.get("reason")?.is("Progressing"))
        })?;
        Ok(at_work.map(|_| "Child Progressing"))
    }

    /// What has failed.
    fn fault<'a>(&self, status: Field<'a>) -> Result<Option<Field<'a>>, Stumble> {
        if status.get("phase")?.is("Failed") {
            return status.get("message").map(Some);
        }
        let upgrade = |it| Ok(self.by_steps && is(it, UPGRADE, "False")?);
        let fault = first(status, |it| Ok(self.is_failed_child(it)? || upgrade(it)?))?;
        Ok(match fault {
            Some(condition) if upgrade(condition)? => Some("Progressive upgrade failed".into()),
            Some(condition) => Some(condition.get("message")?),
            None => None,
        })
    }

    fn is_failed_child(&self, condition: Field<'_>) -> Result<bool, Stumble> {
        let reason = condition.get("reason")?;
        let failed = match self.failed {
            Some(failed) => reason.is(failed),
            None => !reason.is("Progressing"),
        };
        Ok(failed && is(condition, CHILD, "False")?)
    }
}

const CHILD: &str = "ChildResourcesHealthy";
const UPGRADE: &str = "ProgressiveUpgradeSucceeded";

fn is(condition: Field<'_>, kind: &str, status: &str) -> Result<bool, Stumble> {
    Ok(condition.get("type")?.is(kind) && condition.get("status")?.is(status))
}

/// The first condition that fits.
fn first<'a>(
    status: Field<'a>,
    fits: impl Fn(Field<'a>) -> Result<bool, Stumble>,
) -> Result<Option<Field<'a>>, Stumble> {
    for condition in status.items_at("conditions")? {
        if fits(condition)? {
            return Ok(Some(condition));
        }
    }
    Ok(None)
}
