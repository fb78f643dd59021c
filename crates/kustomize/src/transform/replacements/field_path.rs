//! A path to fields, as replacements have it.
//!
//! Comes in: `spec.containers.[name=web].image`. Goes out: its steps, ready to be followed. Source:
//! kyaml 0.21, yaml/match.go and utils/pathsplitter.go.

use super::PathError;
use crate::node;
use crate::resource::pattern::{self, PatternError};
use regex::Regex;

/// A path and its steps.
pub(super) struct FieldPath {
    /// The path as written.
    pub text: String,
    /// The steps as written.
    pub texts: Vec<String>,
    /// The same, ready.
    pub steps: Vec<Step>,
}

/// One step of a path.
pub(super) enum Step {
    /// The field of a map.
    Field,
    /// The item of a list at a position.
    Index(usize),
    /// All items of a list.
    Every,
    /// `[name=value]`: the items of a list whose field, or who themselves, match an expression.
    Items(Items),
    /// Brackets without `=`.
    Broken,
}

/// Which items of a list.
pub(super) struct Items {
    /// The field; the items themselves if it is empty.
    pub field: String,
    /// What it must hold, as written.
    pub value: String,
    /// The same as an expression, if it is one.
    pattern: Result<Regex, PatternError>,
}

impl FieldPath {
    pub fn new(path: &str) -> Self {
        let texts = node::split_smart(path, '.');
        Self {
            text: path.to_owned(),
            steps: texts.iter().map(|text| Step::new(text)).collect(),
            texts,
        }
    }
}

impl Step {
    fn new(text: &str) -> Self {
        match text.parse() {
            Ok(index) if node::is_index(text) => return Self::Index(index),
            _ if text == "*" => return Self::Every,
            _ if !node::is_list_selector(text) => return Self::Field,
            _ => {}
        }
        match node::split_selector(text) {
            Ok((field, value)) => Self::Items(Items::new(field, value)),
            Err(_) => Self::Broken,
        }
    }
}

impl Items {
    fn new(field: &str, value: &str) -> Self {
        Self {
            field: field.to_owned(),
            value: value.to_owned(),
            pattern: pattern::compile(value),
        }
    }

    /// The expression. That it is none matters only once there is something to match it with.
    pub fn pattern(&self) -> Result<&Regex, PathError> {
        self.pattern.as_ref().map_err(|source| PathError::Pattern {
            step: format!("[{}={}]", self.field, self.value),
            source: source.clone(),
        })
    }
}
