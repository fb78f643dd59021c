//! Version ranges: `1.2.*`, `^1.2`, `>=1.0 <2.0 || 3.x`, `1 - 2`.
//!
//! Comes in: the text of a target revision, of a chart's dependency, of `semverCompare`. Goes out: a
//! test for versions, with the library's odd corners: a missing part counts as `*`, prereleases only
//! where one is named.

use super::condition::Condition;
use super::rewrite::hyphen_ranges;
use super::word::{Word, is_space, skip_spaces, take_operator};
use super::{RangeError, Version};

const MAXIMUM_LENGTH: usize = 512;
const MAXIMUM_GROUPS: usize = 32;

/// Alternatives; each is a list of conditions that must all hold.
#[derive(Clone, Debug)]
pub struct VersionRange(Vec<Vec<Condition>>);

impl VersionRange {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        if text.len() > MAXIMUM_LENGTH {
            return Err(RangeError::TooLong);
        }
        let text = hyphen_ranges(text);
        if text.matches("||").count() >= MAXIMUM_GROUPS {
            return Err(RangeError::TooManyGroups);
        }
        let groups = text.split("||").map(group);
        groups.collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// Does a version lie in the range?
    pub fn admits(&self, version: &Version) -> bool {
        self.0.iter().any(|conditions| {
            let mut named = conditions.iter().map(|c| &c.version.prerelease);
            (version.prerelease.is_empty() || named.any(|prerelease| !prerelease.is_empty()))
                && conditions.iter().all(|condition| condition.holds(version))
        })
    }
}

/// Conditions joined by spaces or commas.
fn group(text: &str) -> Result<Vec<Condition>, RangeError> {
    let words = words(text).ok_or_else(|| RangeError::Improper(text.to_owned()))?;
    let conditions = words.iter();
    conditions
        .map(|(operator, word)| Condition::new(operator, word))
        .collect()
}

/// The operators and words of a group; none if it is anything else.
fn words(text: &str) -> Option<Vec<(&'static str, Word<'_>)>> {
    let mut words = Vec::new();
    let mut rest = skip_spaces(text);
    loop {
        let (operator, after) = take_operator(rest);
        let (word, after) = Word::take(skip_spaces(after))?;
        words.push((operator, word));
        rest = skip_spaces(after);
        if rest.is_empty() {
            return Some(words);
        }
        rest = match rest.strip_prefix(',') {
            Some(rest) => skip_spaces(rest),
            None if after.starts_with(is_space) => rest,
            None => return None,
        };
    }
}
