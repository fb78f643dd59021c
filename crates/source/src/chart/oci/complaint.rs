//! What a registry says when it refuses.

use crate::printable::printable;
use crate::remote::{RemoteError, Reply, refused};
use serde_json::Value;

/// The most of its words that are passed on.
const MAX_WORDS: usize = 300;

/// The error for an answer that is none, with the registry's own words.
pub(crate) fn refusal(reply: &Reply, offered: &'static str) -> RemoteError {
    let said = said(&reply.complaint);
    let with = |answer: String| match &said {
        Some(said) => format!("{answer}: {said}"),
        None => answer,
    };
    match refused(reply.status, offered, &reply.headers) {
        RemoteError::Authentication { offered, answer } => RemoteError::Authentication {
            offered,
            answer: with(answer),
        },
        RemoteError::Forbidden { offered, answer } => RemoteError::Forbidden {
            offered,
            answer: with(answer),
        },
        RemoteError::NotFound { offered, answer } => RemoteError::NotFound {
            offered,
            answer: with(answer),
        },
        RemoteError::Status(answer) => RemoteError::Status(with(answer)),
        other => other,
    }
}

/// `{"errors":[{"code":"DENIED","message":"…"}]}`, or a login's `{"details":"…"}`.
fn said(complaint: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(complaint).ok()?;
    let first = value.get("errors").and_then(|errors| errors.get(0));
    let text = |value: Option<&Value>| Some(value?.as_str()?.trim().to_owned());
    let words = match first {
        Some(error) => [text(error.get("code")), text(error.get("message"))],
        None => [
            text(value.get("details")),
            text(value.get("error_description")),
        ],
    };
    let words: Vec<_> = words
        .into_iter()
        .flatten()
        .filter(|w| !w.is_empty())
        .collect();
    let words = printable(&words.join(" ")).replace('\n', " ");
    (!words.is_empty()).then(|| words.chars().take(MAX_WORDS).collect())
}
