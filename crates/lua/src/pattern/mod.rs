//! Lua's patterns.
//!
//! Comes in: bytes, a pattern, and how many steps may be made. Goes out: where the first match is
//! and what it captured. Written anew rather than left to C, because there a short pattern can run
//! for years where nothing counts it.
//! Source: the Lua 5.1 manual, 5.4.1, and gopher-lua 1.1: pm/pm.go.

mod item;
mod matcher;

use matcher::Matcher;
use thiserror::Error;

const ESCAPE: u8 = b'%';

/// A pattern that means nothing, or that takes too long.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum PatternError {
    /// It ends where more was announced.
    #[error("malformed pattern ({0})")]
    Malformed(&'static str),
    /// It closes or names a capture that is not there.
    #[error("invalid capture index")]
    NoSuchCapture,
    /// It captures too much.
    #[error("too many captures")]
    TooManyCaptures,
    /// It nests too deep.
    #[error("pattern too complex")]
    TooComplex,
    /// It used up its steps.
    #[error("the pattern takes too many steps")]
    TooManySteps,
}

/// What was captured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capture {
    /// These bytes, from and to.
    Bytes(usize, usize),
    /// A place, counted from zero.
    Place(usize),
}

/// Where a pattern matched, from and to, and its captures.
pub type Match = (usize, usize, Vec<Capture>);

/// The first match at or behind `from`. Takes its steps from `steps`.
pub fn find(
    text: &[u8],
    pattern: &[u8],
    from: usize,
    steps: &mut u64,
) -> Result<Option<Match>, PatternError> {
    let (anchored, pattern) = match pattern.strip_prefix(b"^") {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let mut matcher = Matcher::new(text, pattern, steps);
    for start in from..=text.len() {
        matcher.reset();
        if let Some(end) = matcher.rest(start, 0)? {
            return Ok(Some((start, end, matcher.captured()?)));
        }
        if anchored {
            break;
        }
    }
    Ok(None)
}
