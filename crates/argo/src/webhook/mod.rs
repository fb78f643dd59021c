//! Webhooks of Git hosts.
//!
//! Comes in: the headers and body of a request, and the secrets of the installation. Goes out: the
//! pushes it tells of; none where the host only says hello. The body is read only after the sender
//! proved to know the secret, as far as one is set. Nothing a sender writes becomes a pattern.
//! Source: Argo CD 3.5: util/webhook/{webhook,scm}.go, and the hosts' own documentation.

mod azure_devops;
mod bitbucket;
mod bitbucket_server;
mod concerns;
mod github;
mod gitlab;
mod gogs;
mod payload;
mod push;
mod secrets;
mod verify;

pub use concerns::{concerns, is_same_repository};
pub use push::{Push, PushedRef};
pub use secrets::WebhookSecrets;

use payload::Payload;

/// Why a webhook was not taken in.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WebhookError {
    /// No header names a host that is known.
    #[error("Unknown webhook event")]
    UnknownHost,
    /// The host is known, the event is none we act on.
    #[error("{host} event {event:?} is not acted on")]
    UnknownEvent {
        /// The host.
        host: &'static str,
        /// The event, as its header names it.
        event: String,
    },
    /// The sender did not prove to know the secret.
    #[error("{host} webhook: the signature or token is missing or wrong")]
    Unverified {
        /// The host.
        host: &'static str,
    },
    /// The body is longer than is allowed.
    #[error("the payload has {bytes} bytes; the limit is {limit}")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The longest allowed.
        limit: usize,
    },
    /// The body is no JSON.
    #[error("the payload is not valid JSON (limit {limit} bytes)")]
    NotJson {
        /// The longest allowed.
        limit: usize,
    },
}

impl WebhookError {
    /// What to answer over HTTP: status and body, which say nothing of the cause to a stranger.
    pub fn answer(&self) -> (u16, String) {
        let body = match self {
            Self::UnknownHost => "Unknown webhook event\n".to_owned(),
            Self::UnknownEvent { .. } | Self::Unverified { .. } => {
                "Webhook processing failed\n".to_owned()
            }
            Self::TooLarge { limit, .. } | Self::NotJson { limit } => format!(
                "Webhook processing failed: payload must be valid JSON under {} MB\n",
                limit >> 20
            ),
        };
        (400, body)
    }
}

/// A host: the header that gives it away, and how its requests are read.
struct Host {
    header: &'static str,
    read: fn(&Request<'_>) -> Result<Vec<Push>, WebhookError>,
}

/// In the order they are tried: Gogs and Gitea send GitHub's header too, Bitbucket sends both of
/// the last ones.
const HOSTS: [Host; 6] = [
    Host {
        header: "X-Vss-Activityid",
        read: azure_devops::read,
    },
    Host {
        header: "X-Gogs-Event",
        read: gogs::read,
    },
    Host {
        header: "X-GitHub-Event",
        read: github::read,
    },
    Host {
        header: "X-Gitlab-Event",
        read: gitlab::read,
    },
    Host {
        header: "X-Hook-UUID",
        read: bitbucket::read,
    },
    Host {
        header: "X-Event-Key",
        read: bitbucket_server::read,
    },
];

/// Reads a webhook: the pushes it tells of.
pub fn parse(
    headers: &[(String, String)],
    body: &[u8],
    secrets: &WebhookSecrets,
) -> Result<Vec<Push>, WebhookError> {
    let request = Request {
        headers,
        body,
        secrets,
    };
    let host = HOSTS
        .iter()
        .find(|host| !request.header(host.header).is_empty());
    let host = host.ok_or(WebhookError::UnknownHost)?;
    if body.len() > secrets.payload_limit {
        let limit = secrets.payload_limit;
        return Err(WebhookError::TooLarge {
            bytes: body.len(),
            limit,
        });
    }
    (host.read)(&request)
}

/// A request, as each host's reader gets it.
struct Request<'a> {
    headers: &'a [(String, String)],
    body: &'a [u8],
    secrets: &'a WebhookSecrets,
}

impl<'a> Request<'a> {
    /// A header, empty when absent. Names are told apart without case.
    fn header(&self, name: &str) -> &'a str {
        let found = self
            .headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value.as_str())
    }

    fn payload(&self) -> Result<Payload, WebhookError> {
        let limit = self.secrets.payload_limit;
        Payload::read(self.body).ok_or(WebhookError::NotJson { limit })
    }

    /// Goes on if the proof holds, or none is asked for.
    fn require(
        &self,
        host: &'static str,
        secret: &str,
        proof: impl FnOnce() -> bool,
    ) -> Result<(), WebhookError> {
        match secret.is_empty() || proof() {
            true => Ok(()),
            false => Err(WebhookError::Unverified { host }),
        }
    }
}
