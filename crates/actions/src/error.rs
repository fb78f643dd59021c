//! Why an action could not be offered or run.
//!
//! Comes in: what an action stumbled over. Goes out: the reason for whoever asked for it. The
//! wording about parameters and instances is that of Argo CD 3.5's actions.

use thiserror::Error;

/// An action that came to nothing.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ActionError {
    /// The kind has no action of that name.
    #[error("{kind} has no action {action}")]
    Unknown {
        /// The name that was given.
        action: String,
        /// Group and kind of the object.
        kind: String,
    },
    /// The object lacks what the action is about.
    #[error("{field} is not set")]
    Absent {
        /// The path of what is missing.
        field: String,
    },
    /// The object is not of the shape its kind has.
    #[error("{field} is not {expected}")]
    Malformed {
        /// The path of what is wrong.
        field: String,
        /// What would have been right.
        expected: &'static str,
    },
    /// A parameter was not given.
    #[error("{name} parameter is required")]
    ParameterMissing {
        /// Its name.
        name: &'static str,
    },
    /// A parameter should be a number.
    #[error("invalid number: {given}")]
    NotANumber {
        /// What was given.
        given: String,
    },
    /// A parameter should be a number that is not negative.
    #[error("invalid number: {given} (must be >= 0)")]
    NotACount {
        /// What was given.
        given: String,
    },
    /// No healthy instance is the one that was asked for.
    #[error("Could not find a healthy instance matching the criteria: {given}")]
    NoSuchInstance {
        /// What was asked for.
        given: String,
    },
}

impl ActionError {
    pub(crate) fn absent(path: &[&str]) -> Self {
        let field = path.join(".");
        Self::Absent { field }
    }

    pub(crate) fn malformed(path: &[&str], expected: &'static str) -> Self {
        let field = path.join(".");
        Self::Malformed { field, expected }
    }
}
