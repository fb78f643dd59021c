//! Options that several verbs share.

use crate::call::{JSON, METADATA_ONLY};

/// What the server does about fields it does not know, and duplicates.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FieldValidation {
    /// Refuses the object.
    #[default]
    Strict,
    /// Takes it and warns.
    Warn,
    /// Takes it.
    Ignore,
}

impl FieldValidation {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "Strict",
            Self::Warn => "Warn",
            Self::Ignore => "Ignore",
        }
    }
}

/// How much of the object the answer holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Answer {
    /// All of it.
    #[default]
    Object,
    /// Its metadata: less to send and to read where the watch tells the rest anyway.
    Metadata,
}

impl Answer {
    pub(crate) fn accept(self) -> &'static str {
        match self {
            Self::Object => JSON,
            Self::Metadata => METADATA_ONLY,
        }
    }
}
