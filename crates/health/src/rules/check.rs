//! The shapes a rule can have.
//!
//! Comes in: an object of the kind that a rule is for. Goes out: its health. Most rules are data;
//! those that are not are a function.

use super::by_condition::ByCondition;
use super::by_phase::ByPhase;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::{Health, HealthStatus};
use serde_json::Value;

/// The rule for a kind.
#[derive(Clone, Copy)]
pub enum Check {
    /// A table of conditions.
    Conditions(ByCondition),
    /// A table of phases.
    Phases(ByPhase),
    /// Anything else.
    Code(fn(Field<'_>) -> Verdict),
}

impl Check {
    /// The health of an object; unknown if the rule can make nothing of it.
    pub fn judge(&self, object: &Value) -> Option<Health> {
        let object = Field::from(object);
        let verdict = match self {
            Self::Conditions(rule) => rule.judge(object),
            Self::Phases(rule) => rule.judge(object),
            Self::Code(rule) => rule(object),
        };
        verdict.unwrap_or_else(|stumble| Some(HealthStatus::Unknown.because(stumble.to_string())))
    }
}
