//! One watch request from its opening to its end. Comes in: a position, or none for a streamed
//! first list. Goes out: events into the sink, the position moving with them.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::OwnedSemaphorePermit;

use super::WatchEvent;
use super::follow::{End, Follower};
use super::frame::Frame;
use super::frames::Frames;
use crate::call::{Call, JSON, METADATA_ONLY};
use crate::resource_path::ResourcePath;
use crate::verbs::selected;
use crate::{RequestError, Verb};

/// How long the server is asked to keep a stream open: long, so that nothing happening means
/// nothing sent; not for ever, so that streams spread anew over replaced servers.
const OPEN_FOR_SECONDS: f64 = 3600.0;
const OPEN_FOR_JITTER: f64 = 900.0;
/// A server that streams first lists answers at once. One that ignores the parameter never ends.
const FIRST_LIST_SILENCE: Duration = Duration::from_secs(30);
/// Bookmarks come about every minute. If they stop, the stream is dead behind some proxy.
const BOOKMARK_SILENCE: Duration = Duration::from_secs(300);

/// What one stream remembers.
struct Progress {
    /// Held until the first list is complete; `None` on a stream from a position.
    turn: Option<OwnedSemaphorePermit>,
    has_bookmarks: bool,
}

impl Follower {
    /// A first list as a stream, which then goes on as a watch.
    pub(super) async fn stream_first_list(
        &mut self,
        turn: OwnedSemaphorePermit,
    ) -> Result<End, RequestError> {
        let path = self.watch_path();
        let path = path.query("sendInitialEvents", "true");
        let path = path.query("resourceVersionMatch", "NotOlderThan");
        let place = self.connection.shared.lanes.for_watch();
        let opened = self.connection.open(&place, &self.call(path)).await;
        let response = match opened {
            Ok(response) => response,
            Err(RequestError::Invalid { .. }) => return Ok(End::NoStreamedLists),
            Err(error) => return Err(error),
        };
        self.tell(WatchEvent::Restarted);
        self.read(
            response.into_body(),
            Progress {
                turn: Some(turn),
                has_bookmarks: false,
            },
        )
        .await
    }

    /// A watch from a position.
    pub(super) async fn go_on_from(&mut self, position: &str) -> Result<End, RequestError> {
        let path = self.watch_path().query("resourceVersion", position);
        let place = self.connection.shared.lanes.for_watch();
        let response = self.connection.open(&place, &self.call(path)).await?;
        self.works_again();
        self.read(
            response.into_body(),
            Progress {
                turn: None,
                has_bookmarks: false,
            },
        )
        .await
    }

    fn watch_path(&mut self) -> ResourcePath {
        let seconds = OPEN_FOR_SECONDS + OPEN_FOR_JITTER * self.backoff.fraction();
        selected(&self.request.resource, &self.request.list_options())
            .query("watch", "true")
            .query("allowWatchBookmarks", "true")
            .query("timeoutSeconds", &(seconds as u64).to_string())
    }

    fn call(&self, path: ResourcePath) -> Call {
        let accept = if self.request.metadata_only {
            METADATA_ONLY
        } else {
            JSON
        };
        Call::get(Verb::Watch, path).accept(accept)
    }

    async fn read(
        &mut self,
        mut body: Incoming,
        mut progress: Progress,
    ) -> Result<End, RequestError> {
        let mut frames = Frames::default();
        loop {
            let chunk = match tokio::time::timeout(progress.patience(), body.frame()).await {
                Ok(Some(Ok(frame))) => frame.into_data().unwrap_or_default(),
                Ok(Some(Err(_)) | None) => return Ok(End::Closed),
                Err(_) if progress.turn.is_some() => return Ok(End::NoStreamedLists),
                Err(_) => return Ok(End::Closed),
            };
            if !frames.feed(chunk) {
                return Ok(End::Closed);
            }
            while let Some(line) = frames.next() {
                self.take(&line, &mut progress)?;
            }
        }
    }

    fn take(&mut self, line: &Bytes, progress: &mut Progress) -> Result<(), RequestError> {
        let frame = Frame::read(line).map_err(|source| RequestError::Unreadable { source })?;
        match frame {
            Frame::Applied {
                object,
                resource_version,
            } => {
                self.tell(WatchEvent::Applied(object));
                self.moved_to(resource_version, progress);
            }
            Frame::Deleted {
                object,
                resource_version,
            } => {
                self.tell(WatchEvent::Deleted(object));
                self.moved_to(resource_version, progress);
            }
            Frame::Bookmark {
                resource_version,
                ends_first_list,
            } => {
                progress.has_bookmarks = true;
                match progress.turn.take_if(|_| ends_first_list) {
                    Some(_turn) => self.listed(resource_version),
                    None => self.moved_to(resource_version, progress),
                }
            }
            Frame::Error(error) => return Err(error),
        }
        Ok(())
    }

    /// Within a first list there is no position yet: objects come in no order of versions.
    fn moved_to(&mut self, resource_version: String, progress: &Progress) {
        if progress.turn.is_none() && !resource_version.is_empty() {
            self.position = Some(resource_version);
        }
    }
}

impl Progress {
    fn patience(&self) -> Duration {
        match (&self.turn, self.has_bookmarks) {
            (Some(_), _) => FIRST_LIST_SILENCE,
            (None, true) => BOOKMARK_SILENCE,
            (None, false) => Duration::from_secs_f64(OPEN_FOR_SECONDS + 2.0 * OPEN_FOR_JITTER),
        }
    }
}
