//! Items of lists, by their index.
//!
//! Comes in: a list and the last step of a path. Goes out: the list with an item got, set, added or
//! removed. Negative indexes count from the end, where `-1` is the last item, or behind it for an item
//! that is added. Source: evanphx/json-patch 4.13 (partialArray).

use super::error::Problem;
use super::json::Json;

/// The position of an item that is there.
pub fn index(length: usize, step: &str) -> Result<usize, Problem> {
    position(length, number(step)?)
}

/// Adds an item: `-` is behind the last one.
pub fn add(items: &mut Vec<Json>, step: &str, value: Json) -> Result<(), Problem> {
    let at = match step {
        "-" => items.len(),
        step => position(items.len() + 1, number(step)?)?,
    };
    items.insert(at, value);
    Ok(())
}

fn position(length: usize, number: i64) -> Result<usize, Problem> {
    let from_start = match number < 0 {
        true => number.checked_add_unsigned(length as u64),
        false => Some(number),
    };
    let at = from_start.and_then(|at| usize::try_from(at).ok());
    at.filter(|at| *at < length).ok_or(Problem::Index(number))
}

/// A number as Go's `strconv.Atoi` reads it: signs and leading zeros are fine.
fn number(step: &str) -> Result<i64, Problem> {
    let digits = step.strip_prefix(['+', '-']).unwrap_or(step);
    let decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = decimal.then(|| step.parse().ok()).flatten();
    number.ok_or_else(|| Problem::NoIndex(step.to_owned()))
}
