//! Tags as they stand in a text, and in their short form.
//!
//! Comes in: a tag the parser expanded, `tag:yaml.org,2002:int` or `!name`. Goes out: a [`Tag`].

use super::Tag;

const PREFIX: &str = "tag:yaml.org,2002:";

impl Tag {
    /// The tag of its long form. `!` alone says nothing, like no tag at all.
    pub(crate) fn of_long(long: &str) -> Self {
        match long.strip_prefix(PREFIX) {
            Some(name) => Self::of_name(name),
            None if long == "!" => Self::None,
            None => Self::Other(long.into()),
        }
    }

    /// The short form, `!!int` or `!name`; empty if there is no tag.
    pub fn short(&self) -> &str {
        match self {
            Self::None => "",
            Self::Str => "!!str",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Bool => "!!bool",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
            Self::Merge => "!!merge",
            Self::Map => "!!map",
            Self::Seq => "!!seq",
            Self::Other(name) => name,
        }
    }

    fn of_name(name: &str) -> Self {
        match name {
            "str" => Self::Str,
            "int" => Self::Int,
            "float" => Self::Float,
            "bool" => Self::Bool,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            "binary" => Self::Binary,
            "merge" => Self::Merge,
            "map" => Self::Map,
            "seq" => Self::Seq,
            _ => Self::Other(format!("!!{name}").into()),
        }
    }
}
