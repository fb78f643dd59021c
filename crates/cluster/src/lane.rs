//! Connections to the API server. Comes in: requests. Goes out: answers as they begin to arrive.
//!
//! A lane is one HTTP/2 connection (a pool of HTTP/1.1 ones where the server has no HTTP/2). A
//! server allows some 100 streams on a connection and lets further ones wait without a word, so
//! watches, which never end, are spread over as many lanes as keep each well below that, and
//! requests have lanes that no watch can fill.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use crate::connector::Connector;

/// Watches on one connection. Servers allow 100 (kube-apiserver) to 128 (nginx) streams.
const WATCHES_PER_LANE: usize = 80;
/// One connection carries what one core can do; the second lets the other core help.
const REQUEST_LANES: usize = 2;
/// How soon a dead peer is noticed: a ping after this long without a frame, and its patience.
const PING_AFTER: Duration = Duration::from_secs(30);
const PING_PATIENCE: Duration = Duration::from_secs(15);
/// What a peer may send ahead of us reading it: enough for a fast link, small enough to be held.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 4 << 20;

/// One connection, made when first used and made anew when it breaks.
pub(crate) struct Lane {
    client: Client<Connector, Full<Bytes>>,
    streams: AtomicUsize,
}

/// The lanes to one server.
pub(crate) struct Lanes {
    connector: Connector,
    http2: bool,
    requests: Vec<Arc<Lane>>,
    watches: Mutex<Vec<Arc<Lane>>>,
}

/// A place on a lane; free again when dropped.
pub(crate) struct Place(Arc<Lane>);

impl Lanes {
    pub(crate) fn new(connector: Connector, http2: bool) -> Self {
        let requests = (0..REQUEST_LANES)
            .map(|_| Lane::new(&connector, http2))
            .collect();
        Self {
            connector,
            http2,
            requests,
            watches: Mutex::default(),
        }
    }

    /// The request lane with the fewest requests under way.
    pub(crate) fn for_request(&self) -> Place {
        let lane = self
            .requests
            .iter()
            .min_by_key(|lane| lane.streams.load(Relaxed));
        Place::on(lane.expect("there are request lanes from the start"))
    }

    /// The first watch lane with room; a new one if there is none.
    pub(crate) fn for_watch(&self) -> Place {
        let mut lanes = self.watches.lock().unwrap_or_else(PoisonError::into_inner);
        let roomy = lanes
            .iter()
            .find(|lane| lane.streams.load(Relaxed) < WATCHES_PER_LANE);
        if let Some(lane) = roomy {
            return Place::on(lane);
        }
        let lane = Lane::new(&self.connector, self.http2);
        lanes.push(lane.clone());
        Place::on(&lane)
    }
}

impl Lane {
    fn new(connector: &Connector, http2: bool) -> Arc<Self> {
        let mut builder = Client::builder(TokioExecutor::new());
        builder
            .http2_only(http2)
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(300))
            .http2_initial_stream_window_size(STREAM_WINDOW)
            .http2_initial_connection_window_size(CONNECTION_WINDOW)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_PATIENCE)
            .http2_keep_alive_while_idle(true);
        Arc::new(Self {
            client: builder.build(connector.clone()),
            streams: AtomicUsize::new(0),
        })
    }
}

impl Place {
    fn on(lane: &Arc<Lane>) -> Self {
        lane.streams.fetch_add(1, Relaxed);
        Self(lane.clone())
    }

    /// Sends, and waits for the answer's head.
    pub(crate) async fn send(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Incoming>, Error> {
        self.0.client.request(request).await
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Relaxed);
    }
}
