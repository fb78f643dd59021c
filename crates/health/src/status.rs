//! The six words for the state of any object.
//!
//! Comes in: a word. Goes out: a status that can be compared, and printed as the same word.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// How an object is, from best to worst.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum HealthStatus {
    /// It is as it should be.
    Healthy,
    /// It rests because somebody said so.
    Suspended,
    /// It is not healthy yet, and may still become so.
    Progressing,
    /// It is not in the cluster.
    Missing,
    /// It has failed, or could not become healthy in time.
    Degraded,
    /// Its health could not be told.
    Unknown,
}

impl HealthStatus {
    const ALL: [Self; 6] = [
        Self::Healthy,
        Self::Suspended,
        Self::Progressing,
        Self::Missing,
        Self::Degraded,
        Self::Unknown,
    ];

    /// Whether this is worse than another.
    pub fn is_worse_than(self, other: Self) -> bool {
        self > other
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "Healthy",
            Self::Suspended => "Suspended",
            Self::Progressing => "Progressing",
            Self::Missing => "Missing",
            Self::Degraded => "Degraded",
            Self::Unknown => "Unknown",
        }
    }

    /// This status with something to say about it.
    pub(crate) fn because(self, message: impl Into<String>) -> Health {
        Health {
            status: self,
            message: message.into(),
        }
    }

    /// This status with nothing to say.
    pub(crate) fn plainly(self) -> Health {
        self.because("")
    }
}

impl fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for HealthStatus {
    type Err = UnknownStatus;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let status = Self::ALL.into_iter().find(|status| status.as_str() == word);
        status.ok_or_else(|| UnknownStatus(word.to_owned()))
    }
}

/// A word that names no health status.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("\"{0}\" is no health status")]
pub struct UnknownStatus(pub String);

/// How an object is, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Health {
    /// How it is.
    pub status: HealthStatus,
    /// Why; empty when there is nothing to say.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_reads_back_from_its_word() {
        for status in HealthStatus::ALL {
            assert_eq!(status.to_string().parse(), Ok(status));
        }
        assert_eq!(
            "healthy".parse::<HealthStatus>(),
            Err(UnknownStatus("healthy".into()))
        );
    }

    #[test]
    fn statuses_stand_from_best_to_worst() {
        assert!(
            HealthStatus::ALL
                .windows(2)
                .all(|pair| pair[1].is_worse_than(pair[0]))
        );
        assert!(!HealthStatus::Missing.is_worse_than(HealthStatus::Missing));
    }
}
