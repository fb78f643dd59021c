//! What can be wrong with anything that a gateway serves.
//!
//! Comes in: its conditions. Goes out: the first trouble: references that lead nowhere, then not
//! being accepted, then not being programmed yet.

use crate::rules::field::{Field, Stumble};
use crate::status::HealthStatus::{self, Degraded, Progressing};

/// How bad it is, and what is said about it.
pub type Trouble<'a> = (HealthStatus, Field<'a>);

/// The first trouble; `waiting` is what is said of one that waits without a message.
pub fn trouble<'a>(
    conditions: Field<'a>,
    waiting: &'a str,
) -> Result<Option<Trouble<'a>>, Stumble> {
    let is_false = |status: Field<'_>| status.is("False");
    let is_not_true = |status: Field<'_>| !status.is("True");
    let unresolved = first(conditions, "ResolvedRefs", is_false)?;
    let refused = first(conditions, "Accepted", is_false)?;
    if let Some(condition) = unresolved {
        let message = condition.get("message")?;
        return Ok(Some((
            Degraded,
            message.or("Failed condition: ResolvedRefs"),
        )));
    }
    if let Some(condition) = refused {
        let message = condition.get("message")?;
        return Ok(Some((Degraded, message.or("Failed condition: Accepted"))));
    }
    Ok(match first(conditions, "Programmed", is_not_true)? {
        Some(condition) => Some((Progressing, condition.get("message")?.or(waiting))),
        None => None,
    })
}

fn first<'a>(
    conditions: Field<'a>,
    kind: &str,
    fits: impl Fn(Field<'a>) -> bool,
) -> Result<Option<Field<'a>>, Stumble> {
    for condition in conditions.items()? {
        if condition.get("type")?.is(kind) && fits(condition.get("status")?) {
            return Ok(Some(condition));
        }
    }
    Ok(None)
}
