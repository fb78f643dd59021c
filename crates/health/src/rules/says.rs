//! The words of a rule that is a table.
//!
//! Comes in: the condition, or the status, that a verdict rests on. Goes out: the message.

use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus;

/// Where the message of a verdict comes from.
#[derive(Clone, Copy)]
pub enum Says {
    /// The rule's own words.
    Text(&'static str),
    /// The message given with the condition or status.
    Message,
    /// That message; if there is none, or it is `false`, the rule's own words.
    MessageOr(&'static str),
    /// That message; only if there is none at all the rule's own words.
    MessageIfSet(&'static str),
    /// The reason given with the condition or status.
    Reason,
    /// The message or, if there is none, the reason.
    MessageOrReason,
    /// The phase itself, or the condition's type.
    Word,
    /// The phase itself, or the condition's type, after words of the rule.
    After(&'static str),
}

impl Says {
    /// A status in these words. `source` has the message and the reason.
    pub(super) fn about(self, status: HealthStatus, source: Field<'_>, word: Field<'_>) -> Verdict {
        if let Self::After(words) = self {
            return status.says_all(&[words.into(), word]);
        }
        status.says(self.words(source, word)?)
    }

    fn words<'a>(self, source: Field<'a>, word: Field<'a>) -> Result<Field<'a>, Stumble> {
        let of = |name| source.get(name);
        Ok(match self {
            Self::Text(text) => text.into(),
            Self::Message => of("message")?,
            Self::MessageOr(text) => of("message")?.or(text),
            Self::MessageIfSet(text) => of("message")?.if_unset(text),
            Self::Reason => of("reason")?,
            Self::MessageOrReason => of("message")?.or(of("reason")?),
            Self::Word | Self::After(_) => word,
        })
    }
}
