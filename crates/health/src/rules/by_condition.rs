//! Rules that are a table of conditions.
//!
//! Comes in: an object, and what each of its conditions would mean. Goes out: what the first
//! condition means that means anything; if none does, what the rule says otherwise. A rule may look
//! through the conditions several times, when one kind of condition counts before all others.
//!
//! Cost: each pass reads type and status of each condition.

use super::field::{Field, Stumble};
use super::says::Says;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing};

/// A rule that looks at `status.conditions`.
#[derive(Clone, Copy)]
pub struct ByCondition {
    passes: &'static [&'static [Sign]],
    otherwise: (HealthStatus, &'static str),
    /// Whether conditions in an object instead of a list count too.
    any_table: bool,
}

/// What a condition would mean.
#[derive(Clone, Copy)]
pub struct Sign {
    kind: &'static str,
    status: Wanted,
    reason: Wanted,
    means: HealthStatus,
    says: Says,
}

#[derive(Clone, Copy)]
enum Wanted {
    Any,
    This(&'static str),
    NotThis(&'static str),
}

impl Wanted {
    fn is_met_by(self, word: Field<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::This(wanted) => word.is(wanted),
            Self::NotThis(unwanted) => !word.is(unwanted),
        }
    }
}

/// A condition of this type and status means a health.
pub const fn when(
    kind: &'static str,
    status: &'static str,
    means: HealthStatus,
    says: Says,
) -> Sign {
    Sign {
        kind,
        status: Wanted::This(status),
        reason: Wanted::Any,
        means,
        says,
    }
}

/// A condition of this type means a health, whatever its status.
pub const fn whenever(kind: &'static str, means: HealthStatus, says: Says) -> Sign {
    Sign {
        status: Wanted::Any,
        ..when(kind, "", means, says)
    }
}

impl Sign {
    /// Only for this reason.
    pub const fn because_of(self, reason: &'static str) -> Self {
        Self {
            reason: Wanted::This(reason),
            ..self
        }
    }

    /// For any reason but this, or for none.
    pub const fn unless_because_of(self, reason: &'static str) -> Self {
        Self {
            reason: Wanted::NotThis(reason),
            ..self
        }
    }

    fn is_given_by(&self, condition: Field<'_>) -> Result<bool, Stumble> {
        if !condition.get("type")?.is(self.kind) {
            return Ok(false);
        }
        let status = condition.get("status")?;
        let reason = condition.get("reason")?;
        Ok(self.status.is_met_by(status) && self.reason.is_met_by(reason))
    }
}

/// A rule of one pass through the conditions, or of several.
pub const fn conditions(
    passes: &'static [&'static [Sign]],
    status: HealthStatus,
    message: &'static str,
) -> ByCondition {
    ByCondition {
        passes,
        otherwise: (status, message),
        any_table: false,
    }
}

/// The commonest rule of all: `Ready` decides, with its message; until it is there, we wait.
pub const fn ready(waiting: &'static str) -> ByCondition {
    const READY: &[Sign] = &[
        when("Ready", "False", Degraded, Says::Message),
        when("Ready", "True", Healthy, Says::Message),
    ];
    conditions(&[READY], Progressing, waiting)
}

impl ByCondition {
    /// Conditions in an object instead of a list count too.
    pub const fn in_any_table(self) -> Self {
        Self {
            any_table: true,
            ..self
        }
    }

    /// The health of an object by this rule.
    pub fn judge(&self, object: Field<'_>) -> Verdict {
        let conditions = object.find("status.conditions")?;
        if conditions.is_set() {
            for signs in self.passes {
                let found = self.first(signs, conditions)?;
                if let Some((sign, condition)) = found {
                    return sign
                        .says
                        .about(sign.means, condition, condition.get("type")?);
                }
            }
        }
        let (status, message) = self.otherwise;
        status.says(message)
    }

    fn first<'a>(
        &self,
        signs: &'static [Sign],
        conditions: Field<'a>,
    ) -> Result<Option<(&'static Sign, Field<'a>)>, Stumble> {
        if !self.any_table && matches!(conditions, Field::Map(_)) {
            return Ok(None);
        }
        for condition in conditions.values()? {
            for sign in signs {
                if sign.is_given_by(condition)? {
                    return Ok(Some((sign, condition)));
                }
            }
        }
        Ok(None)
    }
}
