//! A template that does not parse or fails, and what more than Helm's text is known of it.

use super::missing::{self, MissingValue};
use super::scope::Scope;
use super::trace::{self, Level};
use crate::Dialect;
use thiserror::Error;

/// Why templates could not be rendered. It prints as in Helm; the fields hold what tools want.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct RenderError {
    /// Helm's text.
    pub message: String,
    /// The file that was parsed or executed.
    pub file: String,
    /// From this file to what failed: every template on the way, and where it was.
    pub trace: Vec<Level>,
    /// What the chart itself says by `fail` or `required`.
    pub words: Option<String>,
    /// The value that was not there, if it was that.
    pub missing: Option<MissingValue>,
}

impl RenderError {
    pub(super) fn parsing(file: &str, message: &str) -> Box<Self> {
        Box::new(Self {
            message: trace::of_parsing(file, message),
            file: file.to_owned(),
            trace: Vec::new(),
            words: None,
            missing: None,
        })
    }

    pub(super) fn execution(
        file: &str,
        chain: &[String],
        dialect: Dialect,
        scopes: &[Scope],
    ) -> Box<Self> {
        let templates = chain.iter().filter(|text| text.starts_with("template: "));
        let templates: Vec<String> = templates.cloned().collect();
        let trace = trace::levels(&templates).unwrap_or_default();
        let words = chain.last().and_then(|text| trace::warning(text));
        Box::new(Self {
            message: trace::of_execution(file, chain, dialect),
            file: file.to_owned(),
            missing: missing::find(&trace, words.is_some(), scopes),
            words: words.map(str::to_owned),
            trace,
        })
    }
}
