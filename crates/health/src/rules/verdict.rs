//! What a rule comes to.
//!
//! Comes in: a status and the words for it. Goes out: the health; none if the words are no words,
//! since Argo CD then takes the whole result for an empty one.
//! Source of the rules: Argo CD 3.5, util/lua/lua.go, ExecuteHealthLua.

use super::field::{Field, Stumble, joined};
use crate::status::{Health, HealthStatus};

/// The health of an object, none if its rule says nothing, or what the rule stumbled over.
pub type Verdict = Result<Option<Health>, Stumble>;

impl HealthStatus {
    /// This status in the words of a field. An absent field has nothing to say.
    pub(super) fn says<'a>(self, message: impl Into<Field<'a>>) -> Verdict {
        Ok(match message.into() {
            Field::Absent => Some(self.plainly()),
            Field::Text(text) => Some(self.because(text)),
            _ => None,
        })
    }

    /// This status in words put together from fields.
    pub(super) fn says_all(self, pieces: &[Field<'_>]) -> Verdict {
        Ok(Some(self.because(joined(pieces)?)))
    }
}
