//! Why a function failed.

use crate::value::Text;
use std::error::Error;

/// Why a function failed: the text after `error calling f: `.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct FunctionError {
    /// What went wrong, all of it: Go's messages hold those they wrap.
    pub message: String,
    /// What a host makes of it: a template's own error passed through, `fail`'s text.
    #[source]
    pub source: Option<Box<dyn Error + 'static>>,
}

impl FunctionError {
    /// An error with a message of its own.
    pub fn new(message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            message,
            source: None,
        }
    }

    /// Another error, passed on under the same text.
    pub fn passed_on(error: impl Error + 'static) -> Self {
        Self {
            message: error.to_string(),
            source: Some(Box::new(error)),
        }
    }

    /// Another error with text before it: `{before}{error}`.
    pub fn before(before: &str, error: impl Error + 'static) -> Self {
        Self {
            message: format!("{before}{error}"),
            source: Some(Box::new(error)),
        }
    }
}

impl From<&str> for FunctionError {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl From<String> for FunctionError {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<Text> for FunctionError {
    fn from(message: Text) -> Self {
        Self::new(message.as_str())
    }
}
