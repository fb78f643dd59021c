//! Why the health of an object could not be told.
//!
//! Comes in: what a check stumbled over. Goes out: an error whose whole chain becomes the message
//! of an unknown health.

use crate::fields::Malformed;
use std::error::Error;
use thiserror::Error;

/// A check that came to no result.
#[derive(Debug, Error)]
pub enum Unassessable {
    /// There is a check for this kind, but not for this version of it.
    #[error("unsupported {kind} GVK: {gvk}")]
    Unsupported {
        /// The kind by its short name.
        kind: &'static str,
        /// Its full name.
        gvk: String,
    },
    /// The object is not of the shape its kind has.
    #[error("failed to convert unstructured {kind} to typed")]
    Malformed {
        /// The kind by its short name.
        kind: &'static str,
        /// Where it is not.
        source: Malformed,
    },
    /// The annotation that carries conditions is no list of conditions.
    #[error("failed to convert conditions annotation to typed")]
    Annotation(#[source] AnnotationError),
}

/// What is wrong with an annotation that carries conditions.
#[derive(Debug, Error)]
pub enum AnnotationError {
    /// It is not JSON.
    #[error("not JSON")]
    NotJson(#[source] serde_json::Error),
    /// It is JSON of another shape.
    #[error("not a list of conditions")]
    NotConditions(#[source] Malformed),
}

/// The whole chain in one line.
pub fn in_full(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        message.push_str(": ");
        message.push_str(&error.to_string());
        next = error.source();
    }
    message
}
