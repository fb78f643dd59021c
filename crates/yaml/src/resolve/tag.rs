//! Tags and quotes: who decides what a scalar is.
//!
//! Comes in: a scalar with all that was written about it. Goes out: its meaning. Quoted text is
//! text; a tag of YAML's own demands a type; a tag go-yaml does not know (`!Ref`, `!vault`) is
//! dropped and the text kept.

use super::{Meaning, Resolved, binary, plain};
use crate::read::Problem;
use std::borrow::Cow;

/// What a scalar means. `plain_style` also holds for quoted text with a lone `!` before it.
pub fn scalar<'t>(
    text: Cow<'t, str>,
    tag: Option<&str>,
    plain_style: bool,
) -> Result<Meaning<'t>, Problem> {
    let tag = tag.map(|tag| tag.strip_prefix("tag:yaml.org,2002:").unwrap_or(""));
    let resolved = match tag {
        None if plain_style => plain(&text).unwrap_or(Resolved::Text),
        None | Some("str") => Resolved::Text,
        Some("binary") => {
            let text = binary::decode(&text)?.into();
            let resolved = Resolved::Text;
            return Ok(Meaning { resolved, text });
        }
        Some(wanted) => match Wanted::of(wanted) {
            Some(wanted) => wanted.check(&text)?,
            None => Resolved::Text,
        },
    };
    Ok(Meaning { resolved, text })
}

/// The types a tag can demand.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
}

impl Wanted {
    fn of(tag: &str) -> Option<Self> {
        Some(match tag {
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Null => "!!null",
            Self::Timestamp => "!!timestamp",
        }
    }

    fn check(self, text: &str) -> Result<Resolved, Problem> {
        let found = plain(text);
        match (self, found) {
            (Self::Bool, Some(found @ Resolved::Bool(_)))
            | (Self::Int, Some(found @ (Resolved::Int(_) | Resolved::Uint(_))))
            | (Self::Float, Some(found @ Resolved::Float(_)))
            | (Self::Null, Some(found @ Resolved::Null))
            | (Self::Timestamp, Some(found @ Resolved::Timestamp)) => Ok(found),
            (Self::Float, Some(Resolved::Int(integer))) => Ok(Resolved::Float(integer as f64)),
            (_, found) => Err(Problem::WrongTag {
                found: name_of(found).into(),
                text: text.to_owned(),
                wanted: self.name().into(),
            }),
        }
    }
}

fn name_of(found: Option<Resolved>) -> &'static str {
    match found {
        Some(Resolved::Null) => "!!null",
        Some(Resolved::Bool(_)) => "!!bool",
        Some(Resolved::Int(_) | Resolved::Uint(_)) => "!!int",
        Some(Resolved::Float(_)) => "!!float",
        Some(Resolved::Timestamp) => "!!timestamp",
        Some(Resolved::Text) | None => "!!str",
    }
}
