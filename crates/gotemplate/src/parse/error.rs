//! Why a text is no template.

/// Why a text is no template, in Go's words: `template: NAME:LINE: WHY`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("template: {name}:{line}: {why}")]
pub struct ParseError {
    /// The name the text was parsed under.
    pub name: String,
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong there.
    pub why: String,
}
