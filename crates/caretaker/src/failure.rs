//! An error on its way to a person: what failed, why, what to do next, and with which exit code.
//!
//! Libraries' errors get their exit code here and nowhere else.

use std::fmt;

use cluster::{ConnectError, DiscoverError, RequestError};

use crate::exit_code;
use crate::screen::{Screen, printable};

/// The end of a command that did not do what it was asked.
#[derive(Debug)]
pub struct Failure {
    error: anyhow::Error,
    code: u8,
    hint: Option<String>,
}

/// What a command ends with: an exit code, or a failure.
pub type Outcome<T = u8> = Result<T, Failure>;

impl Failure {
    /// One that says itself what it is.
    pub fn new(code: u8, message: impl fmt::Display) -> Self {
        Self {
            error: anyhow::anyhow!("{message}"),
            code,
            hint: None,
        }
    }

    /// The same with what to do next.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// The same under another exit code.
    pub fn with_code(self, code: u8) -> Self {
        Self { code, ..self }
    }

    /// Whether it says what to do next.
    pub fn has_hint(&self) -> bool {
        self.hint.is_some()
    }

    /// The exit code.
    pub fn code(&self) -> u8 {
        self.code
    }

    /// `error:`, each cause on a line of its own, and `hint:`.
    pub fn text(&self, screen: &Screen) -> String {
        let mut lines = Vec::new();
        let mut told = String::new();
        for (depth, cause) in self.error.chain().enumerate() {
            let words = cause.to_string();
            // Some libraries say their cause's words in their own.
            if depth > 0 && told.contains(&words) {
                continue;
            }
            let words = printable(&words);
            lines.push(match depth {
                0 => format!("{} {words}", screen.errors().red("error:")),
                _ => format!("  caused by: {words}"),
            });
            told.push_str(&cause.to_string());
        }
        if let Some(hint) = self.hint.as_deref() {
            lines.push(format!(
                "{} {}",
                screen.errors().cyan("hint:"),
                printable(hint)
            ));
        }
        lines.join("\n") + "\n"
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let (code, hint) = classify(&error);
        Self {
            error,
            code,
            hint: hint.map(str::to_owned),
        }
    }
}

/// An exit code, and what to do next.
type Class = (u8, Option<&'static str>);
type Cause = dyn std::error::Error + 'static;

fn classify(error: &anyhow::Error) -> Class {
    let class = |cause| of_request(cause).or_else(|| of_another(cause));
    error
        .chain()
        .find_map(class)
        .unwrap_or((exit_code::FAILED, None))
}

fn of_request(error: &Cause) -> Option<Class> {
    let hint = match error.downcast_ref::<RequestError>()? {
        RequestError::Forbidden { .. } => Some("ask for the rights, or use another --context"),
        RequestError::Unauthorized { .. } => Some("log in again, or use another --context"),
        RequestError::Conflict { .. } => return Some((exit_code::BUSY, Some("try again"))),
        RequestError::Invalid { .. } => return Some((exit_code::FAILED, None)),
        RequestError::Timeout { .. } => return Some((exit_code::TIMEOUT, None)),
        _ => None,
    };
    Some((exit_code::UNAVAILABLE, hint))
}

fn of_another(error: &Cause) -> Option<Class> {
    let unavailable = error.is::<ConnectError>()
        || error.is::<DiscoverError>()
        || error.is::<source::ResolveError>()
        || error.is::<source::FetchError>();
    unavailable.then_some((exit_code::UNAVAILABLE, None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn causes_stand_below_and_nothing_is_said_twice() {
        let cause = anyhow::anyhow!("no route").context("connecting failed: no route");
        let failure = Failure::from(cause.context("the app\u{1b}[2J cannot be read"));
        let text = failure.hint("look at the network").text(&Screen::plain());
        assert_eq!(
            text,
            "error: the app\\u{1b}[2J cannot be read\n  caused by: connecting failed: no route\n\
             hint: look at the network\n"
        );
    }

    #[test]
    fn errors_of_libraries_get_their_exit_code_through_contexts() {
        let gone = RequestError::Forbidden {
            message: "no".into(),
        };
        let result: Result<(), _> = Err(gone);
        let failure = Failure::from(result.context("listing failed").unwrap_err());
        assert_eq!(failure.code(), exit_code::UNAVAILABLE);
        assert!(
            failure
                .text(&Screen::plain())
                .contains("hint: ask for the rights")
        );
    }
}
