//! The loop of one watch: where it stands, and what it does when a stream ends.
//!
//! It stands nowhere (then it makes a first list) or at a resourceVersion (then it goes on from
//! there). A stream ends because its time is up, because the connection broke, or because the
//! server said why; only the last, and a stream that cannot be opened, is told as `Failed`.

use std::error::Error;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use tokio::time::Instant;

use super::backoff::Backoff;
use super::{FailureReason, WatchEvent, WatchRequest};
use crate::{Connection, RequestError};

/// A stream that lasted this long was a good one.
const STEADY: Duration = Duration::from_secs(5);
/// The longest waits: for a server that is away, for one that has troubles, for a kind or a right
/// that somebody has to bring back.
const AWAY: Duration = Duration::from_secs(10);
const TROUBLED: Duration = Duration::from_secs(30);
const MISSING: Duration = Duration::from_secs(60);

pub(super) type Sink = Box<dyn Fn(WatchEvent) + Send + Sync>;

/// One watch at work.
pub(super) struct Follower {
    pub(super) connection: Connection,
    pub(super) request: WatchRequest,
    pub(super) sink: Sink,
    /// Everything up to this resourceVersion was told; `None` until a first list is complete.
    pub(super) position: Option<String>,
    /// Whether the server can stream a first list.
    pub(super) streams_lists: bool,
    pub(super) backoff: Backoff,
    failing_since: Option<Instant>,
}

/// How a stream ended without a word of why.
#[derive(Debug)]
pub(super) enum End {
    /// Its time was up or its connection broke.
    Closed,
    /// The server does not stream first lists.
    NoStreamedLists,
}

impl Follower {
    pub(super) fn new(connection: Connection, request: WatchRequest, sink: Sink) -> Self {
        let seed = RandomState::new().hash_one(&request.resource.gvk);
        let backoff = Backoff::new(seed);
        Self {
            connection,
            request,
            sink,
            position: None,
            streams_lists: true,
            backoff,
            failing_since: None,
        }
    }

    pub(super) async fn run(mut self) {
        loop {
            let begun = Instant::now();
            let end = match self.position.clone() {
                None => self.first_list().await,
                Some(position) => self.go_on_from(&position).await,
            };
            if begun.elapsed() > STEADY {
                self.backoff.reset();
            }
            match end {
                Ok(End::NoStreamedLists) => self.streams_lists = false,
                Ok(End::Closed) => self.wait(AWAY).await,
                Err(error) => self.recover(error).await,
            }
        }
    }

    pub(super) fn tell(&self, event: WatchEvent) {
        (self.sink)(event);
    }

    /// A stream from a known position is open.
    pub(super) fn works_again(&mut self) {
        if self.failing_since.take().is_some() {
            self.tell(WatchEvent::Resumed);
        }
    }

    /// A first list is complete.
    pub(super) fn listed(&mut self, resource_version: String) {
        self.position = Some(resource_version.clone());
        self.failing_since = None;
        self.tell(WatchEvent::Listed { resource_version });
    }

    async fn recover(&mut self, error: RequestError) {
        let (reason, longest) = match &error {
            RequestError::Gone { .. } => {
                self.position = None;
                return self.wait(AWAY).await;
            }
            RequestError::NotFound { .. } => {
                self.position = None;
                (FailureReason::NotServed, MISSING)
            }
            RequestError::Forbidden { .. } | RequestError::Unauthorized { .. } => {
                (FailureReason::Forbidden, MISSING)
            }
            RequestError::Transport { .. } | RequestError::Timeout { .. } => {
                (FailureReason::Unreachable, AWAY)
            }
            RequestError::Invalid { .. } => {
                self.position = None;
                (FailureReason::Other, TROUBLED)
            }
            _ => (FailureReason::Other, TROUBLED),
        };
        self.tell_failure(&error, reason);
        tokio::time::sleep(error.retry_after().unwrap_or_default().min(MISSING)).await;
        self.wait(longest).await;
    }

    fn tell_failure(&mut self, error: &RequestError, reason: FailureReason) {
        let since = *self.failing_since.get_or_insert_with(Instant::now);
        let error = in_words(error);
        tracing::debug!(kind = %self.request.resource.gvk, %error, "watch failed");
        self.tell(WatchEvent::Failed {
            error,
            reason,
            failing_for: since.elapsed(),
        });
    }

    async fn wait(&mut self, longest: Duration) {
        tokio::time::sleep(self.backoff.next(longest)).await;
    }
}

/// An error and its causes in one line.
fn in_words(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |words, cause| {
        format!("{words}: {cause}")
    })
}
