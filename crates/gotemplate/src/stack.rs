//! Room on the stack for what nests.
//!
//! Templates and values may nest as deep as their bounds say, whatever stack a thread was given:
//! what recurses goes through [`deeper`], which takes more when little is left.

/// With less than this left, more is taken. No single level needs as much.
const LEAST: usize = 256 << 10;
/// How much more.
const MORE: usize = 4 << 20;

/// Does something that may nest further.
pub(crate) fn deeper<R>(work: impl FnOnce() -> R) -> R {
    stacker::maybe_grow(LEAST, MORE, work)
}
