//! Patterns, as Go's regexp reads them.

use super::Compiler;
use regex::bytes::{Regex, RegexBuilder};
use std::sync::Arc;

/// What most patterns take at most, in bytes.
const SIZE: usize = 1 << 18;

/// What a large one may take: `.{1,1024}` is not small.
const LARGE: usize = 5 << 20;

/// How many may be large.
const MOST_LARGE: usize = 20;

/// How many different patterns a schema may have.
const MOST: usize = 500;

/// A pattern that looks for a match anywhere.
#[derive(Debug)]
pub(in crate::schema) struct Pattern {
    text: String,
    regex: Regex,
}

impl Pattern {
    fn parse(text: &str, large: &mut usize) -> Result<Self, String> {
        let quoted = || super::super::failure::quote(text);
        let translated = sprig::regex::translate(text.as_bytes());
        let translated =
            translated.map_err(|error| format!("invalid regex {}: {error}", quoted()))?;
        let build = |size| RegexBuilder::new(&translated).size_limit(size).build();
        let regex = build(SIZE).or_else(|error| {
            *large += 1;
            match *large > MOST_LARGE {
                true => Err(error),
                false => build(LARGE),
            }
        });
        let regex = regex.map_err(|_| format!("invalid regex {}: it is too large", quoted()))?;
        let text = text.to_owned();
        Ok(Self { text, regex })
    }

    pub fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text.as_bytes())
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<'a> Compiler<'a> {
    /// A pattern by its text, read once.
    pub(super) fn pattern(&mut self, text: &'a str) -> Result<Arc<Pattern>, String> {
        if let Some(known) = self.patterns.get(text) {
            return Ok(known.clone());
        }
        if self.patterns.len() == MOST {
            return Err(format!(
                "the schema has more than {MOST} different patterns"
            ));
        }
        let pattern = Arc::new(Pattern::parse(text, &mut self.large_patterns)?);
        self.patterns.insert(text, pattern.clone());
        Ok(pattern)
    }
}
