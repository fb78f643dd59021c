//! What all kinds look at first.
//!
//! Comes in: an object and its kind. Goes out: its health if it is going away, not reconciled yet
//! or not ready; else what its kind makes of it.
//! Source of the rules: Argo CD 3.5, resource_customizations/promoter.argoproj.io.

use super::finalizers;
use super::kinds::Kind;
use crate::rules::field::{Field, Stumble, joined};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Progressing};

impl Kind {
    /// The health of an object of this kind.
    pub fn judge(&self, object: Field<'_>) -> Verdict {
        match self.unready(object)? {
            None => (self.then)(object),
            unready => Ok(unready),
        }
    }

    fn unready(&self, object: Field<'_>) -> Verdict {
        let metadata = object.get("metadata")?;
        if metadata.get("deletionTimestamp")?.is_truthy() {
            let held_by = metadata.get("finalizers")?;
            let message = finalizers::told(self.deleting, self.finalizers, held_by)?;
            return Ok(Some(Progressing.because(message)));
        }
        if !object.get("status")?.is_truthy() {
            return Progressing.says(self.initializing);
        }
        self.by_conditions(object.reach("status.conditions")?, metadata)
    }

    fn by_conditions(&self, conditions: Field<'_>, metadata: Field<'_>) -> Verdict {
        let mut seen = false;
        if conditions.is_set() {
            for condition in conditions.items()? {
                if condition.get("type")?.is_one_of(self.ready) {
                    seen = true;
                    let unready = self.by_condition(condition, metadata)?;
                    if unready.is_some() {
                        return Ok(unready);
                    }
                }
            }
        }
        if seen {
            return Ok(None);
        }
        Progressing.says(self.missing)
    }

    fn by_condition(&self, condition: Field<'_>, metadata: Field<'_>) -> Verdict {
        let observed = condition.get("observedGeneration")?;
        let wanted = metadata.get("generation")?;
        if observed.is_truthy() && wanted.is_truthy() && observed != wanted {
            return Progressing.says(self.outdated);
        }
        let status = condition.get("status")?;
        if status.is("False") {
            return Ok(Some(Degraded.because(self.why(condition)?)));
        }
        match self.unclear {
            Some(unclear) if status.is("Unknown") => {
                let reason = condition.get("reason")?.or("Unknown");
                let message = condition.get("message")?.or("Unknown");
                let after = Field::from("): ");
                Progressing.says_all(&[unclear.into(), " (".into(), reason, after, message])
            }
            _ => Ok(None),
        }
    }

    /// That reconciling failed goes without saying.
    fn why(&self, condition: Field<'_>) -> Result<String, Stumble> {
        let reason = condition.get("reason")?.or("Unknown");
        let message = condition.get("message")?.or("Unknown error");
        if reason.is("ReconciliationError") {
            return joined(&[self.failed.into(), ": ".into(), message]);
        }
        let not_ready = self.not_ready.into();
        joined(&[not_ready, " (".into(), reason, "): ".into(), message])
    }
}
