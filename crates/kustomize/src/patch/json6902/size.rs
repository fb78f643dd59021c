//! How much a patch may make of an object.
//!
//! Comes in: a value that is to be put somewhere. Goes out: whether there is room for it. A few
//! operations that each copy the object into itself would make more of it than fits anywhere.

use super::error::Problem;
use super::json::Json;
use crate::patch::DEEPEST;
use serde_json::Value;

/// How many values all operations of a patch may copy, in one object.
const MOST_COPIED: usize = 1 << 18;

/// What is left of the values that may be copied.
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_COPIED)
    }
}

impl Budget {
    /// Lets a value be copied.
    pub fn copy(&mut self, value: &Json) -> Result<(), Problem> {
        let left = self.0.checked_sub(Size::of(value).values);
        self.0 = left.ok_or(Problem::TooMuch(MOST_COPIED))?;
        Ok(())
    }
}

/// Is the object still flat enough with this value at the end of a path?
pub fn check_depth(path: &str, value: &Json) -> Result<(), Problem> {
    match path.matches('/').count() + Size::of(value).depth {
        deep if deep > DEEPEST => Err(Problem::TooDeep(DEEPEST)),
        _ => Ok(()),
    }
}

/// How many values a value consists of, and how deep they stand in each other.
#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    depth: usize,
}

impl Size {
    fn of(json: &Json) -> Self {
        match json {
            Json::Raw(_) => Self::default().above(),
            Json::Value(value) => Self::of_value(value),
            Json::Array(items) => Self::sum(items.iter().map(Self::of)),
            Json::Object(fields) => Self::sum(fields.values().map(Self::of)),
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::sum(items.iter().map(Self::of_value)),
            Value::Object(fields) => Self::sum(fields.values().map(Self::of_value)),
            _ => Self::default().above(),
        }
    }

    fn sum(parts: impl Iterator<Item = Self>) -> Self {
        let both = |one: Self, other: Self| Self {
            values: one.values + other.values,
            depth: one.depth.max(other.depth),
        };
        parts.fold(Self::default(), both).above()
    }

    fn above(self) -> Self {
        Self {
            values: self.values + 1,
            depth: self.depth + 1,
        }
    }
}
