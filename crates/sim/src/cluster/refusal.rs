//! Why the cluster refused, as the API server says it.

use std::fmt;

/// The words for a refusal that programs go by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// Not there.
    NotFound,
    /// There already.
    AlreadyExists,
    /// Not as it was expected to be, or another's.
    Conflict,
    /// Not valid.
    Invalid,
    /// Not understood.
    BadRequest,
    /// Not permitted.
    Forbidden,
    /// Too old to be told of.
    Expired,
    /// Not in a form that is read.
    UnsupportedMediaType,
    /// An error of the server's own, or of what it calls.
    Internal,
    /// A reason without a word for it.
    Unknown,
}

/// Why the cluster refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The HTTP status.
    pub code: u16,
    /// The word for it.
    pub reason: Reason,
    /// The words for people.
    pub message: String,
}

impl Reason {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotFound => "NotFound",
            Self::AlreadyExists => "AlreadyExists",
            Self::Conflict => "Conflict",
            Self::Invalid => "Invalid",
            Self::BadRequest => "BadRequest",
            Self::Forbidden => "Forbidden",
            Self::Expired => "Expired",
            Self::UnsupportedMediaType => "UnsupportedMediaType",
            Self::Internal => "InternalError",
            Self::Unknown => "",
        }
    }

    fn code(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::AlreadyExists | Self::Conflict => 409,
            Self::Invalid => 422,
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::Expired => 410,
            Self::UnsupportedMediaType => 415,
            Self::Internal | Self::Unknown => 500,
        }
    }
}

impl Refusal {
    /// A refusal with its usual status.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            code: reason.code(),
            reason,
            message: message.into(),
        }
    }

    /// Nothing of this name there.
    pub fn not_found(resource: &str, name: &str) -> Self {
        Self::new(Reason::NotFound, format!("{resource} {name:?} not found"))
    }

    /// Something of this name there.
    pub fn already_exists(resource: &str, name: &str) -> Self {
        Self::new(
            Reason::AlreadyExists,
            format!("{resource} {name:?} already exists"),
        )
    }

    /// It changed meanwhile, or is another one.
    pub fn conflict(resource: &str, name: &str, why: &str) -> Self {
        let message = format!("Operation cannot be fulfilled on {resource} {name:?}: {why}");
        Self::new(Reason::Conflict, message)
    }

    /// What is wrong with an object, a line for each field.
    pub fn invalid(kind: &str, name: &str, errors: &[String]) -> Self {
        let errors = match errors {
            [one] => one.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        Self::new(
            Reason::Invalid,
            format!("{kind} {name:?} is invalid: {errors}"),
        )
    }

    /// Not permitted.
    pub fn forbidden(resource: &str, name: &str, why: &str) -> Self {
        Self::new(
            Reason::Forbidden,
            format!("{resource} {name:?} is forbidden: {why}"),
        )
    }

    /// The kind is not served.
    pub fn no_such_kind() -> Self {
        Self::new(
            Reason::NotFound,
            "the server could not find the requested resource",
        )
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}
