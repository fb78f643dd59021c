//! A condition as a line of a message that lists all of them.
//!
//! Comes in: a condition and its number or name. Goes out: `1: Ready | False` and a line break.

use super::field::{Field, Stumble, joined};

/// The line of a condition. Type and status have to be there.
pub fn line(index: &str, condition: Field<'_>) -> Result<String, Stumble> {
    let (kind, status) = (condition.get("type")?, condition.get("status")?);
    let line = joined(&[index.into(), ": ".into(), kind, " | ".into(), status])?;
    Ok(line + "\n")
}
