//! Why an expression is none, in RE2's words.

/// Why an expression is none.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("error parsing regexp: {code}: `{part}`")]
pub struct SyntaxError {
    code: &'static str,
    part: String,
}

impl SyntaxError {
    /// What is wrong, and with which part of the expression.
    pub(crate) fn new(code: &'static str, part: impl AsRef<[u8]>) -> Self {
        let part = String::from_utf8_lossy(part.as_ref()).into_owned();
        Self { code, part }
    }
}
