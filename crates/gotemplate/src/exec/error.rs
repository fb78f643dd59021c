//! Why a template failed.

use crate::fmt::quote;
use crate::function::FunctionError;
use crate::value::Text;
use std::error::Error;

/// Why a template failed: Go's whole text, which holds what it wraps.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct ExecError {
    message: String,
    /// The template that ran, none if it was never found.
    template: Option<Text>,
    #[source]
    cause: Option<Box<FunctionError>>,
}

impl ExecError {
    /// There is no such template in the set.
    pub(crate) fn no_template(name: &[u8], set: &str) -> Self {
        let name = quote(name);
        let name = String::from_utf8_lossy(&name);
        let set = quote(set.as_bytes());
        let set = String::from_utf8_lossy(&set);
        Self {
            message: format!("template: no template {name} associated with template {set}"),
            template: None,
            cause: None,
        }
    }

    pub(crate) fn new(message: String, template: Text, cause: Option<FunctionError>) -> Self {
        Self {
            message,
            template: Some(template),
            cause: cause.map(Box::new),
        }
    }

    /// The template that failed; none if there was no such template.
    pub fn template(&self) -> Option<&Text> {
        self.template.as_ref()
    }

    /// The function whose failure this is.
    pub fn cause(&self) -> Option<&FunctionError> {
        self.cause.as_deref()
    }

    /// The texts that Go's `errors.Unwrap` walks through, this one first. Each holds the next.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = vec![self.message.clone()];
        let mut source = self.source();
        while let Some(error) = source {
            texts.push(error.to_string());
            source = error.source();
        }
        texts.dedup();
        texts
    }
}
