//! Kinds that check each environment by itself.
//!
//! Comes in: an object that is ready. Goes out: which branches have failed or, if none has, which
//! are still to come.

use crate::rules::field::{Field, Stumble, listed};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

/// What a kind says.
pub struct Branches {
    nothing_to_check: &'static str,
    failed: &'static str,
    pending: &'static str,
    passed: &'static str,
}

pub const GIT: Branches = Branches {
    nothing_to_check: "Git commit validation reconciled",
    failed: "Git commit validation failed for branch(es): ",
    pending: "Git commit validation pending for branch(es): ",
    passed: "Git commit validation passed for ",
};
pub const TIMED: Branches = Branches {
    nothing_to_check: "Timed commit gate reconciled",
    failed: "Timed commit gate failed for branch(es): ",
    pending: "Timed commit gate pending for branch(es): ",
    passed: "Timed commit gate satisfied for ",
};
pub const WEB_REQUEST: Branches = Branches {
    nothing_to_check: "Web request commit validation reconciled",
    failed: "Web request validation failed for branch(es): ",
    pending: "Web request validation pending for branch(es): ",
    passed: "Web request validation passed for ",
};

impl Branches {
    /// The health of an object by its environments.
    pub fn judge(&self, object: Field<'_>) -> Verdict {
        let environments = object.get("status")?.get("environments")?;
        if !environments.is_truthy() || environments.length()? == 0 {
            return Healthy.says(self.nothing_to_check);
        }
        let (mut failed, mut pending, mut passed) = (Vec::new(), Vec::new(), 0);
        for environment in environments.items()? {
            let branch = environment.get("branch")?.or("?");
            match environment.get("phase")? {
                Field::Text("failure") => failed.push(branch),
                Field::Text("success") => passed += 1,
                _ => pending.push(branch),
            }
        }
        let told = |before: &str, branches| -> Result<String, Stumble> {
            Ok(format!("{before}{}", listed(branches)?))
        };
        Ok(Some(if !failed.is_empty() {
            Degraded.because(told(self.failed, failed)?)
        } else if !pending.is_empty() {
            Progressing.because(told(self.pending, pending)?)
        } else {
            Healthy.because(format!("{}{passed} environment(s)", self.passed))
        }))
    }
}
