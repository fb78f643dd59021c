//! Rules that are a table of phases.
//!
//! Comes in: an object, and what each word in one of its fields would mean. Goes out: what the word
//! means that stands there.
//!
//! Cost: one field read, one walk through the table.

use super::field::Field;
use super::says::Says;
use super::verdict::Verdict;
use crate::status::HealthStatus;

/// A rule that looks at one field, such as `status.phase`.
#[derive(Clone, Copy)]
pub struct ByPhase {
    /// The path of the field.
    pub at: &'static str,
    /// What the words mean.
    pub phases: &'static [Phase],
    /// What it means that nothing stands there; `None`: no health.
    pub unset: Option<Outcome>,
    /// What any other word means; `None`: no health.
    pub other: Option<Outcome>,
}

/// A word, and what it means.
pub type Phase = (&'static str, HealthStatus, Says);

/// What a word means.
pub type Outcome = (HealthStatus, Says);

/// A rule that says the same of no word as of any other.
pub const fn phases(
    at: &'static str,
    phases: &'static [Phase],
    status: HealthStatus,
    message: &'static str,
) -> ByPhase {
    let otherwise = Some((status, Says::Text(message)));
    ByPhase {
        at,
        phases,
        unset: otherwise,
        other: otherwise,
    }
}

impl ByPhase {
    /// The health of an object by this rule.
    pub fn judge(&self, object: Field<'_>) -> Verdict {
        let (parent, name) = match self.at.rsplit_once('.') {
            Some((parent, name)) => (object.find(parent)?, name),
            None => (object, self.at),
        };
        let word = if parent.is_set() {
            parent.get(name)?
        } else {
            parent
        };
        let known = self.phases.iter().find(|(phase, ..)| word.is(phase));
        let outcome = match known {
            Some((_, status, says)) => Some((*status, *says)),
            None if word.is_set() => self.other,
            None => self.unset,
        };
        match outcome {
            Some((status, says)) => says.about(status, parent, word),
            None => Ok(None),
        }
    }
}
