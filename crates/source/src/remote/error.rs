//! What can go wrong between us and a Git server, in words that say what to do.

use std::time::Duration;

/// A failure's cause from another library.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why a server did not give what was asked for. Which repository it was, the caller says.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RemoteError {
    /// No connection came about.
    #[error("connecting to {host} failed")]
    Unreachable {
        /// Host and port.
        host: String,
        /// The cause.
        source: Cause,
    },
    /// TLS or proxy settings cannot be used.
    #[error("the {what} for this repository cannot be used")]
    Settings {
        /// Which setting.
        what: &'static str,
        /// The cause.
        source: Cause,
    },
    /// The time was up.
    #[error("no complete answer within {}s; the server is slow or hangs, or the repository needs a longer fetch timeout", .0.as_secs_f32())]
    Timeout(Duration),
    /// We were told who we are is not enough, or not believed.
    #[error(
        "authentication failed: the server refused {offered} ({answer}); check the credentials of this repository"
    )]
    Authentication {
        /// What was offered.
        offered: &'static str,
        /// The server's answer.
        answer: String,
    },
    /// Known, but not allowed.
    #[error(
        "access denied ({answer}) with {offered}; these credentials may not read the repository"
    )]
    Forbidden {
        /// What was offered.
        offered: &'static str,
        /// The server's answer.
        answer: String,
    },
    /// The server has no such repository, or hides it.
    #[error("no repository is there ({answer}), or {offered} may not see it")]
    NotFound {
        /// What was offered.
        offered: &'static str,
        /// The server's answer.
        answer: String,
    },
    /// Another HTTP status.
    #[error("the server answered {0}")]
    Status(String),
    /// A redirect that is not followed.
    #[error("the server redirects to {to:?}, which is not followed: {reason}")]
    Redirect {
        /// Where it leads.
        to: String,
        /// Why not.
        reason: &'static str,
    },
    /// The answer is no Git protocol.
    #[error(
        "the server does not speak Git's smart protocol here (content type {content_type:?}); is the URL that of a repository?"
    )]
    NotGit {
        /// What it sent.
        content_type: String,
    },
    /// The host key is not in known hosts.
    #[error(
        "the SSH host key of {host} is not known; if its fingerprint is right, add this line to the known hosts: {line}"
    )]
    UnknownHostKey {
        /// Host and port.
        host: String,
        /// The line to add.
        line: String,
    },
    /// Another key is known for this host.
    #[error(
        "the SSH host key of {host} is {offered}, but another key is known for it; somebody may be listening in, or the key was changed"
    )]
    ChangedHostKey {
        /// Host and port.
        host: String,
        /// The fingerprint it showed.
        offered: String,
    },
    /// The remote end of SSH said something and ended.
    #[error("the server ended the session: {0}")]
    Said(String),
    /// The connection broke in the middle.
    #[error("the connection broke before the answer was complete")]
    Cut {
        /// The cause.
        source: Cause,
    },
    /// The server knows no such commit.
    #[error("the server has no such commit")]
    NoSuchCommit,
    /// Too many bytes.
    #[error(
        "the server sent more than {limit} bytes; the repository is larger than this installation allows"
    )]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// Too many references.
    #[error("the server lists more than {limit} references")]
    TooManyReferences {
        /// The limit.
        limit: usize,
    },
    /// A repository on our own disk that cannot be opened.
    #[error("no repository can be opened there")]
    Local {
        /// The cause.
        source: Cause,
    },
    /// What arrived could not be kept on our own disk.
    #[error("what the server sent could not be written to the disk")]
    Unkept {
        /// The cause.
        source: Cause,
    },
    /// The bytes that came made no sense.
    #[error("the answer of the server could not be used")]
    Protocol {
        /// The cause.
        source: Cause,
    },
}

impl RemoteError {
    /// May the same question succeed later without anybody changing a setting?
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Timeout(_) | Self::Cut { .. } => true,
            Self::Status(status) => ["408", "429", "5"]
                .iter()
                .any(|code| status.starts_with(code)),
            _ => false,
        }
    }
}
