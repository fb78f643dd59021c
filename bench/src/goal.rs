//! What we want a figure to be, and whether it is. Goals are told beside figures; none of them ends
//! a run.

use serde::Serialize;
use std::fmt;

/// A goal.
#[derive(Serialize, Clone, Copy, PartialEq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// At most so much.
    AtMost(f64),
    /// At least so much.
    AtLeast(f64),
    /// Just so much.
    Exactly(f64),
    /// At least this share of the bare limit.
    AtLeastOfBare(f64),
    /// At most so many times the bare limit.
    AtMostTimesBare(f64),
}

impl Goal {
    /// Whether it is met; unknown without a figure.
    pub fn met(self, ours: Option<f64>, bare: Option<f64>) -> Option<bool> {
        let ours = ours?;
        Some(match self {
            Self::AtMost(limit) => ours <= limit,
            Self::AtLeast(limit) => ours >= limit,
            Self::Exactly(wanted) => (ours - wanted).abs() < 1e-9,
            Self::AtLeastOfBare(share) => ours >= share * bare?,
            Self::AtMostTimesBare(times) => ours <= times * bare?,
        })
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(f, "<= {}", rounded(*limit)),
            Self::AtLeast(limit) => write!(f, ">= {}", rounded(*limit)),
            Self::Exactly(wanted) => write!(f, "{wanted}"),
            Self::AtLeastOfBare(share) => write!(f, "ratio >= {share}"),
            Self::AtMostTimesBare(times) => write!(f, "ratio <= {times}"),
        }
    }
}

fn rounded(limit: f64) -> f64 {
    (limit * 100.0).round() / 100.0
}
