//! What the kinds of Flux have in common.
//!
//! Comes in: an object of Flux, and what counts for its kind. Goes out: its health. The rules count
//! which conditions speak for work going on and which for success, and say the reason of `Ready`.
//! Source of the rules: Argo CD 3.5, resource_customizations/*.toolkit.fluxcd.io.

use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended};

/// What counts for a kind.
pub struct Flux {
    /// The status of `Ready` that speaks for work going on.
    pub at_work: &'static str,
    /// The reasons of `Reconciling` that do so too; all of them if none is named.
    pub steps: &'static [&'static str],
    /// What it means if both do.
    pub then: HealthStatus,
    /// Conditions that speak for success as much as `Ready` does.
    pub achievements: &'static [&'static str],
    /// How many have to.
    pub enough: usize,
    /// A condition whose reason is said as well.
    pub remark: Option<&'static str>,
}

/// The commonest kind: `Ready` is all there is to achieve.
pub const READY: Flux = Flux {
    at_work: "Unknown",
    steps: &[],
    then: Progressing,
    achievements: &[],
    enough: 1,
    remark: None,
};

/// That an object rests because its spec says so; nothing for others.
pub fn suspended(object: Field<'_>) -> Verdict {
    if object.get("spec")?.get("suspend")? != Field::Flag(true) {
        return Ok(None);
    }
    Suspended.says_all(&[object.get("kind")?, " is suspended".into()])
}

struct Tally<'a> {
    at_work: usize,
    achieved: usize,
    reason: Field<'a>,
    remarks: String,
}

impl Flux {
    /// The health of an object that may be suspended.
    pub fn judge(&self, object: Field<'_>) -> Verdict {
        match suspended(object)? {
            None => self.judge_status(object),
            resting => Ok(resting),
        }
    }

    /// The health of an object by its status alone.
    pub fn judge_status(&self, object: Field<'_>) -> Verdict {
        let conditions = object.find("status.conditions")?;
        if !conditions.is_set() {
            return Progressing.says("Status unknown");
        }
        let mut tally = Tally {
            at_work: 0,
            achieved: 0,
            reason: "".into(),
            remarks: String::new(),
        };
        for condition in conditions.items()? {
            self.count(&mut tally, condition)?;
        }
        let status = match (tally.at_work, tally.achieved) {
            (2, _) => self.then,
            (_, achieved) if achieved == self.enough => Healthy,
            _ => Degraded,
        };
        if tally.remarks.is_empty() {
            return status.says(tally.reason);
        }
        status.says_all(&[tally.reason, tally.remarks.as_str().into()])
    }

    fn count<'a>(&self, tally: &mut Tally<'a>, condition: Field<'a>) -> Result<(), Stumble> {
        let kind = condition.get("type")?;
        let status = condition.get("status")?;
        let reason = condition.get("reason")?;
        if kind.is("Ready") {
            tally.achieved += usize::from(status.is("True"));
            tally.at_work += usize::from(status.is(self.at_work));
            tally.reason = reason;
            tally.remarks.clear();
        } else if !status.is("True") {
            return Ok(());
        } else if kind.is("Reconciling") {
            let counts = self.steps.is_empty() || reason.is_one_of(self.steps);
            tally.at_work += usize::from(counts);
        } else if kind.is_one_of(self.achievements) {
            tally.achieved += 1;
        } else if self.remark.is_some_and(|remark| kind.is(remark)) {
            tally.reason.piece()?;
            tally.remarks.push(' ');
            tally.remarks.push_str(&reason.piece()?);
        }
        Ok(())
    }
}
