//! Who executes templates: what the functions are, what they can reach, what is allowed.

use crate::function::Functions;
use crate::limits::Limits;
use std::any::Any;

/// What a key means that a map does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MissingKey {
    /// Nothing at all, whose fields are nothing, too: Go's default.
    #[default]
    Default,
    /// What the map's type holds at first; for `interface{}` that is nil, whose fields are errors.
    Zero,
    /// An error.
    Error,
}

/// Who executes.
#[derive(Clone, Copy)]
pub struct Host<'a> {
    /// What [`Call::functions`](crate::Call::functions) gives, and the methods of named maps.
    pub functions: &'a Functions,
    /// What [`Call::host`](crate::Call::host) gives.
    pub host: &'a dyn Any,
    /// What is allowed.
    pub limits: Limits,
    /// What a key means that is not there.
    pub missing_key: MissingKey,
}

impl<'a> Host<'a> {
    /// With default limits and missing keys as Go takes them by default.
    pub fn new(functions: &'a Functions, host: &'a dyn Any) -> Self {
        Self {
            functions,
            host,
            limits: Limits::default(),
            missing_key: MissingKey::Default,
        }
    }
}
