//! How far the checks of a commit are.
//!
//! Comes in: a list of commit statuses. Goes out: how many are pending, passed and failed, and
//! which.

use crate::rules::field::{Field, Stumble, listed};

/// Checks by their phases. One without a key counts, but cannot be told by name.
#[derive(Default)]
pub struct Tally<'a> {
    pub pending: Vec<Field<'a>>,
    pub passed: usize,
    pub failed: Vec<Field<'a>>,
}

impl<'a> Tally<'a> {
    /// The checks in a list, which may be absent.
    pub fn of(statuses: Field<'a>) -> Result<Self, Stumble> {
        let mut tally = Self::default();
        if !statuses.is_truthy() {
            return Ok(tally);
        }
        for status in statuses.items()? {
            match status.get("phase")? {
                Field::Text("pending") => tally.pending.push(status.get("key")?),
                Field::Text("success") => tally.passed += 1,
                Field::Text("failure") => tally.failed.push(status.get("key")?),
                _ => {}
            }
        }
        Ok(tally)
    }

    /// Whether all have passed.
    pub fn all_passed(&self) -> bool {
        self.pending.is_empty() && self.failed.is_empty()
    }

    /// How many there are of each phase, and which have not passed.
    pub fn told(&self) -> Result<String, Stumble> {
        let (pending, passed) = (self.pending.len(), self.passed);
        let failed = self.failed.len();
        let mut text = format!("{pending} pending, {passed} successful, {failed} failed. ");
        for (what, keys) in [("Pending", &self.pending), ("Failed", &self.failed)] {
            if !keys.is_empty() {
                let keys = listed(keys.iter().copied().filter(|key| key.is_set()))?;
                text += &format!("{what} commit statuses: {keys}. ");
            }
        }
        Ok(text)
    }
}
