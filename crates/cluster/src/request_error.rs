//! A refusal of the API server (its `Status` object) or of the way to it -> a typed error.

use std::time::Duration;

use serde::Deserialize;

/// Why a request did not do what it asked. Each says its own layer only; `source()` has the rest.
#[derive(thiserror::Error, Debug)]
pub enum RequestError {
    /// 404.
    #[error("not found: {message}")]
    NotFound {
        /// The server's words.
        message: String,
    },
    /// 409: another manager owns a field, a precondition failed, or the object changed meanwhile.
    #[error("conflict: {message}")]
    Conflict {
        /// The server's words.
        message: String,
        /// For server-side apply: each field, and in its message the manager that owns it.
        causes: Vec<Cause>,
    },
    /// 409 with reason `AlreadyExists`.
    #[error("already there: {message}")]
    AlreadyExists {
        /// The server's words.
        message: String,
    },
    /// 403: RBAC, an admission webhook or a quota said no.
    #[error("forbidden: {message}")]
    Forbidden {
        /// The server's words.
        message: String,
    },
    /// 401.
    #[error("the server does not accept our credentials: {message}")]
    Unauthorized {
        /// The server's words.
        message: String,
    },
    /// 400 or 422: the object is not valid.
    #[error("invalid: {message}")]
    Invalid {
        /// The server's words.
        message: String,
        /// What is wrong with which field.
        causes: Vec<Cause>,
    },
    /// 429, still after our own patience.
    #[error("the server asks for patience: {message}")]
    TooManyRequests {
        /// The server's words.
        message: String,
        /// How long it asked us to wait.
        retry_after: Option<Duration>,
    },
    /// 410: the resourceVersion or continue token is too old.
    #[error("gone: {message}")]
    Gone {
        /// The server's words.
        message: String,
    },
    /// 503 or 504: the server, or one it depends on, cannot answer now.
    #[error("unavailable: {message}")]
    Unavailable {
        /// The server's words.
        message: String,
        /// How long it asked us to wait.
        retry_after: Option<Duration>,
    },
    /// Any other status.
    #[error("the server answered {code}: {message}")]
    Server {
        /// HTTP status.
        code: u16,
        /// The server's words.
        message: String,
    },
    /// No answer in time.
    #[error("no answer within {} s", after.as_secs())]
    Timeout {
        /// How long we waited.
        after: Duration,
    },
    /// The connection failed before an answer came.
    #[error("the connection to the API server failed")]
    Transport {
        /// What the connection says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The credentials could not be made ready (token file, exec plugin).
    #[error("the credentials for the API server are not ready")]
    Credentials {
        /// What the credentials say.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The server answered with something that is not what was asked for.
    #[error("the server's answer cannot be read")]
    Unreadable {
        /// What the parser says.
        #[source]
        source: serde_json::Error,
    },
    /// The request itself makes no sense: no such name can be in a path.
    #[error("{namespace:?}/{name:?} names no object")]
    Unnamed {
        /// As given.
        namespace: String,
        /// As given.
        name: String,
    },
}

/// How the server begins when an applied object does not fit its kind's schema. It calls that an
/// internal error (500), but no patience helps.
const UNFIT_FOR_SCHEMA: &str = "failed to create typed patch object";

/// One detail of a refusal.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug, Default)]
pub struct Cause {
    /// As in `FieldManagerConflict`.
    #[serde(default)]
    pub reason: String,
    /// In words.
    #[serde(default)]
    pub message: String,
    /// The field's path.
    #[serde(default)]
    pub field: String,
}

impl RequestError {
    /// Whether the same request may well succeed later, with nothing changed by us.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::TooManyRequests { .. }
            | Self::Unavailable { .. }
            | Self::Timeout { .. }
            | Self::Transport { .. }
            | Self::Credentials { .. }
            | Self::Unauthorized { .. } => true,
            Self::Server { code, .. } => *code >= 500,
            _ => false,
        }
    }

    /// How long the server asked us to wait, if it did.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyRequests { retry_after, .. } | Self::Unavailable { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }

    /// Reads a refusal. `secret` means the object is a Secret: then words that may quote it are
    /// left out, and what stays is where the fault is.
    pub(crate) fn of(code: u16, retry_after: Option<Duration>, body: &[u8], secret: bool) -> Self {
        let mut status = Status::read(body, code);
        let retry_after = retry_after.or(status.retry_after());
        let unfit_for_schema = status.message.starts_with(UNFIT_FOR_SCHEMA);
        if secret && !matches!(code, 401 | 403 | 404 | 409 | 410 | 429) {
            status.withhold();
        }
        let Status {
            message,
            reason,
            details,
        } = status;
        let causes = details.causes;
        match code {
            400 | 422 => Self::Invalid { message, causes },
            500 if unfit_for_schema => Self::Invalid { message, causes },
            401 => Self::Unauthorized { message },
            403 => Self::Forbidden { message },
            404 => Self::NotFound { message },
            409 if reason == "AlreadyExists" => Self::AlreadyExists { message },
            409 => Self::Conflict { message, causes },
            410 => Self::Gone { message },
            429 => Self::TooManyRequests {
                message,
                retry_after,
            },
            503 | 504 => Self::Unavailable {
                message,
                retry_after,
            },
            _ => Self::Server { code, message },
        }
    }
}

#[derive(Deserialize, Default)]
struct Status {
    #[serde(default)]
    message: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    details: Details,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Details {
    #[serde(default)]
    causes: Vec<Cause>,
    #[serde(default)]
    retry_after_seconds: u64,
}

impl Status {
    /// A proxy in between may answer with a page instead of a `Status`: its first words will do.
    fn read(body: &[u8], code: u16) -> Self {
        let status = serde_json::from_slice::<Self>(body).unwrap_or_default();
        if !status.message.is_empty() {
            return status;
        }
        let words: String = String::from_utf8_lossy(body).chars().take(200).collect();
        let message = match words.trim() {
            "" => format!("HTTP {code} without a word"),
            words => words.to_owned(),
        };
        Self { message, ..status }
    }

    fn retry_after(&self) -> Option<Duration> {
        let seconds = self.details.retry_after_seconds;
        (seconds > 0).then(|| Duration::from_secs(seconds))
    }

    fn withhold(&mut self) {
        let fields = self.details.causes.iter().map(|cause| cause.field.as_str());
        let fields = fields
            .filter(|field| !field.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        self.message = match fields.as_str() {
            "" => {
                "the Secret was refused (the server's words may quote it and are not shown)".into()
            }
            fields => format!("the Secret was refused for {fields} (values are not shown)"),
        };
        for cause in &mut self.details.causes {
            cause.message.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apply_conflict_names_fields_and_managers() {
        let body = br#"{"kind":"Status","status":"Failure","reason":"Conflict","code":409,
            "message":"Apply failed with 1 conflict","details":{"causes":[{"reason":
            "FieldManagerConflict","message":"conflict with \"kubectl\"","field":".spec.replicas"}]}}"#;
        let RequestError::Conflict { causes, .. } = RequestError::of(409, None, body, false) else {
            panic!("409 is a conflict");
        };
        assert_eq!(causes[0].field, ".spec.replicas");
        assert_eq!(causes[0].message, "conflict with \"kubectl\"");
    }

    #[test]
    fn what_is_said_of_a_secret_does_not_quote_it() {
        let body = br#"{"message":"Secret is invalid: data.key: hunter2","reason":"Invalid",
            "details":{"causes":[{"message":"Invalid value: hunter2","field":"data.key"}]}}"#;
        let error = RequestError::of(422, None, body, true);
        assert!(!format!("{error:?}").contains("hunter2"));
        assert!(error.to_string().contains("data.key"));
    }

    #[test]
    fn a_page_of_a_proxy_is_cut_short_and_transient_when_unavailable() {
        let page = "<html>".repeat(1000);
        let error = RequestError::of(503, None, page.as_bytes(), false);
        assert!(error.is_transient());
        assert!(error.to_string().len() < 250);
    }

    #[test]
    fn the_wait_a_server_asks_for_is_read_from_the_status_too() {
        let body = br#"{"message":"slow down","details":{"retryAfterSeconds":7}}"#;
        let error = RequestError::of(429, None, body, false);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    }

    #[test]
    fn an_object_that_does_not_fit_its_schema_is_invalid_and_no_fault_of_the_server() {
        let body = br#"{"message":"failed to create typed patch object (a/b): .spec.x: field not declared in schema"}"#;
        let error = RequestError::of(500, None, body, false);
        assert!(matches!(error, RequestError::Invalid { .. }) && !error.is_transient());
        assert!(RequestError::of(500, None, b"{}", false).is_transient());
    }
}
