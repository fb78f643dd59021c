//! `POST /api/webhook`: what Git hosts call -> bytes for whoever understands them.
//!
//! The sender is a stranger until its signature was checked, which needs the whole body. So the
//! bodies held at once share one budget of memory, each has so long to arrive, few are worked on at
//! the same time, and who finds no room is told to come back. A storm costs us the budget, no more.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::sync::{Semaphore, SemaphorePermit, TryAcquireError};

/// Bodies held at once, in bytes; never less than one body of the largest size.
const LEAST_BUDGET: usize = 64 << 20;
/// Requests that may wait for their share of the budget.
const WAITING: usize = 256;
/// Requests whose signature is checked at the same time: that is work for a core.
const WORKERS: usize = 4;
/// How long a body may take to find room and arrive.
const BODY_WITHIN: Duration = Duration::from_secs(30);
/// The budget is counted in pieces of this size.
const PIECE: usize = 1 << 10;

/// Understands webhooks. Called from a thread that may compute, never two calls for one request.
pub trait WebhookSink: Send + Sync + 'static {
    /// Takes a request in. Names of headers are in lower case.
    fn receive(&self, headers: &[(String, String)], body: &[u8]) -> WebhookReply;
}

/// What to answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebhookReply {
    /// HTTP status.
    pub status: u16,
    /// In words.
    pub body: String,
}

/// Routes for the port that Git hosts call.
pub fn webhook_router(handler: Arc<dyn WebhookSink>, limit_bytes: usize) -> Router {
    let budget = limit_bytes.max(LEAST_BUDGET).div_ceil(PIECE);
    let door = Door {
        handler,
        limit_bytes,
        budget: Semaphore::new(budget),
        waiting: Semaphore::new(WAITING),
        workers: Semaphore::new(WORKERS),
    };
    Router::new()
        .route("/api/webhook", post(receive))
        .with_state(Arc::new(door))
}

struct Door {
    handler: Arc<dyn WebhookSink>,
    limit_bytes: usize,
    budget: Semaphore,
    waiting: Semaphore,
    workers: Semaphore,
}

/// Why a request did not get as far as the handler.
#[derive(Debug)]
enum Refusal {
    TooLarge(usize),
    Busy,
    TooSlow,
    Broken,
    Panicked,
}

async fn receive(State(door): State<Arc<Door>>, request: Request) -> Response {
    match door.take(request).await {
        Ok(reply) => {
            let status = StatusCode::from_u16(reply.status);
            (
                status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                reply.body,
            )
                .into_response()
        }
        Err(refusal) => refusal.into_response(),
    }
}

impl Door {
    async fn take(self: &Arc<Self>, request: Request) -> Result<WebhookReply, Refusal> {
        let (parts, body) = request.into_parts();
        let length = announced_length(&parts.headers).unwrap_or(self.limit_bytes);
        if length > self.limit_bytes {
            return Err(Refusal::TooLarge(self.limit_bytes));
        }
        let arrival = async {
            let room = self.room(length).await?;
            Ok((room, self.read(body).await?))
        };
        let arrived = tokio::time::timeout(BODY_WITHIN, arrival).await;
        let (room, body) = arrived.map_err(|_| Refusal::TooSlow)??;
        let reply = self.handle(in_lower_case(&parts.headers), body).await;
        drop(room);
        reply
    }

    /// A share of the budget; nothing is read before it is had.
    async fn room(&self, length: usize) -> Result<SemaphorePermit<'_>, Refusal> {
        let pieces = u32::try_from(length.div_ceil(PIECE).max(1)).unwrap_or(u32::MAX);
        match self.budget.try_acquire_many(pieces) {
            Ok(room) => return Ok(room),
            Err(TryAcquireError::NoPermits) => {}
            Err(TryAcquireError::Closed) => return Err(Refusal::Busy),
        }
        let _place = self.waiting.try_acquire().map_err(|_| Refusal::Busy)?;
        self.budget
            .acquire_many(pieces)
            .await
            .map_err(|_| Refusal::Busy)
    }

    async fn read(&self, body: Body) -> Result<Bytes, Refusal> {
        let collected = Limited::new(body, self.limit_bytes).collect().await;
        match collected {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => {
                Err(Refusal::TooLarge(self.limit_bytes))
            }
            Err(error) => {
                tracing::debug!(%error, "a webhook's body did not arrive");
                Err(Refusal::Broken)
            }
        }
    }

    async fn handle(
        self: &Arc<Self>,
        headers: Vec<(String, String)>,
        body: Bytes,
    ) -> Result<WebhookReply, Refusal> {
        let _worker = self.workers.acquire().await.map_err(|_| Refusal::Busy)?;
        let handler = self.handler.clone();
        let work = tokio::task::spawn_blocking(move || handler.receive(&headers, &body));
        work.await.map_err(|error| {
            tracing::error!(%error, "reading a webhook failed");
            Refusal::Panicked
        })
    }
}

fn announced_length(headers: &HeaderMap) -> Option<usize> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

fn in_lower_case(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    // The http crate keeps names in lower case.
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
        .collect()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let come_back = [(header::RETRY_AFTER, "5")];
        match self {
            Self::TooLarge(limit) => {
                let words = format!("Webhook processing failed: more than {limit} bytes\n");
                (StatusCode::PAYLOAD_TOO_LARGE, words).into_response()
            }
            Self::Busy => {
                let words = "Too many webhooks at once; try again\n";
                (StatusCode::SERVICE_UNAVAILABLE, come_back, words).into_response()
            }
            Self::TooSlow => {
                (StatusCode::REQUEST_TIMEOUT, "The payload took too long\n").into_response()
            }
            Self::Broken => {
                (StatusCode::BAD_REQUEST, "The payload did not arrive\n").into_response()
            }
            Self::Panicked => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "Webhook processing failed\n",
            )
                .into_response(),
        }
    }
}
