//! One request from permit to answer. Comes in: method, path, body. Goes out: the answer's bytes or
//! a [`RequestError`]. Counts every try, tells the limiter how it went, and tries again only where
//! that is safe: after a 429 (nothing was done) and after a broken connection if twice is as good
//! as once.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;

use crate::limiter::Sign;
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, Outcome, RequestError, Verb};

/// The API server ends a request after 60 s by itself.
const PATIENCE: Duration = Duration::from_secs(65);
/// Tries after a 429; the limiter sees to the waiting.
const TRIES_WHEN_THROTTLED: u32 = 4;
const PAUSE_UNLESS_TOLD: Duration = Duration::from_secs(1);

pub(crate) const JSON: &str = "application/json";
pub(crate) const METADATA_ONLY: &str =
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
/// The same for a list, which is another kind.
pub(crate) const METADATA_ONLY_LIST: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// A request, ready to be sent once or more.
pub(crate) struct Call {
    verb: Verb,
    method: Method,
    path: ResourcePath,
    accept: &'static str,
    content_type: &'static str,
    body: Bytes,
    /// Whether sending it twice is as good as sending it once.
    repeatable: bool,
    /// Whether the object is a Secret, whose refusals are not to be quoted.
    secret: bool,
}

/// What the server answered.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    /// A request without a body.
    pub(crate) fn new(verb: Verb, method: Method, path: ResourcePath) -> Self {
        let repeatable = method == Method::GET || verb == Verb::Apply;
        let body = Bytes::new();
        Self {
            verb,
            method,
            path,
            accept: JSON,
            content_type: JSON,
            body,
            repeatable,
            secret: false,
        }
    }

    pub(crate) fn get(verb: Verb, path: ResourcePath) -> Self {
        Self::new(verb, Method::GET, path)
    }

    /// Says what it is about.
    pub(crate) fn about(mut self, resource: &ApiResource) -> Self {
        self.secret = resource.gvk.group_kind.group.is_empty() && &*resource.plural == "secrets";
        self
    }

    pub(crate) fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    pub(crate) fn body(mut self, content_type: &'static str, body: Bytes) -> Self {
        self.content_type = content_type;
        self.body = body;
        self
    }

    fn request(&self, base: &str, mut headers: HeaderMap) -> Request<Full<Bytes>> {
        headers.insert(ACCEPT, HeaderValue::from_static(self.accept));
        if !self.body.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        }
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = format!("{base}{}", self.path.as_str())
            .parse()
            .expect("base is a URL and the path holds percent-encoded segments only");
        *request.headers_mut() = headers;
        request
    }
}

impl Connection {
    /// Sends a call until it is answered for good.
    pub(crate) async fn send(&self, call: &Call) -> Result<Reply, RequestError> {
        let (mut throttled, mut broken) = (0, false);
        loop {
            let error = match self.try_once(call).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            match &error {
                RequestError::TooManyRequests { .. } if throttled < TRIES_WHEN_THROTTLED => {
                    throttled += 1;
                }
                RequestError::Transport { .. } if call.repeatable && !broken => broken = true,
                _ => return Err(error),
            }
        }
    }

    async fn try_once(&self, call: &Call) -> Result<Reply, RequestError> {
        let permit = self.shared.limiter.acquire(self.priority).await;
        let result = match tokio::time::timeout(PATIENCE, self.exchange(call)).await {
            Ok(result) => result,
            Err(_) => Err(RequestError::Timeout { after: PATIENCE }),
        };
        permit.report(sign_of(&result));
        self.count(call.verb, &result);
        result
    }

    async fn exchange(&self, call: &Call) -> Result<Reply, RequestError> {
        let place = self.shared.lanes.for_request();
        let request = self.request(call).await?;
        let response = place.send(request).await.map_err(transport)?;
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(transport)?.to_bytes();
        if head.status.is_success() {
            return Ok(Reply {
                status: head.status,
                headers: head.headers,
                body,
            });
        }
        Err(RequestError::of(
            head.status.as_u16(),
            retry_after(&head.headers),
            &body,
            call.secret,
        ))
    }

    async fn request(&self, call: &Call) -> Result<Request<Full<Bytes>>, RequestError> {
        let headers = self.shared.headers.now().await;
        let headers = headers.map_err(|source| RequestError::Credentials { source })?;
        Ok(call.request(&self.shared.base, headers))
    }

    fn count(&self, verb: Verb, result: &Result<Reply, RequestError>) {
        let outcome = result.as_ref().map_or_else(outcome_of, |_| Outcome::Done);
        self.shared.counters.count(verb, outcome);
    }

    /// Opens a stream that has no end of its own; `place` keeps it its room on a connection.
    pub(crate) async fn open(
        &self,
        place: &crate::lane::Place,
        call: &Call,
    ) -> Result<Response<Incoming>, RequestError> {
        let opening = async {
            let request = self.request(call).await?;
            let response = place.send(request).await.map_err(transport)?;
            refuse_unless_open(response).await
        };
        let result = match tokio::time::timeout(PATIENCE, opening).await {
            Ok(result) => result,
            Err(_) => Err(RequestError::Timeout { after: PATIENCE }),
        };
        let outcome = result.as_ref().map_or_else(outcome_of, |_| Outcome::Done);
        self.shared.counters.count(call.verb, outcome);
        result
    }
}

async fn refuse_unless_open(
    response: Response<Incoming>,
) -> Result<Response<Incoming>, RequestError> {
    if response.status().is_success() {
        return Ok(response);
    }
    let (head, body) = response.into_parts();
    let body = body.collect().await.map_err(transport)?.to_bytes();
    Err(RequestError::of(
        head.status.as_u16(),
        retry_after(&head.headers),
        &body,
        false,
    ))
}

pub(crate) fn transport(
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> RequestError {
    RequestError::Transport {
        source: source.into(),
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn sign_of(result: &Result<Reply, RequestError>) -> Sign {
    match result {
        Err(RequestError::TooManyRequests { retry_after, .. }) => {
            Sign::Overloaded(retry_after.or(Some(PAUSE_UNLESS_TOLD)))
        }
        Err(RequestError::Timeout { .. } | RequestError::Unavailable { .. }) => {
            Sign::Overloaded(None)
        }
        Err(RequestError::Transport { .. } | RequestError::Credentials { .. }) => Sign::Nothing,
        _ => Sign::Answered,
    }
}

fn outcome_of(error: &RequestError) -> Outcome {
    match error {
        RequestError::Conflict { .. } | RequestError::AlreadyExists { .. } => Outcome::Conflict,
        RequestError::TooManyRequests { .. } => Outcome::Throttled,
        RequestError::Unavailable { .. } => Outcome::ServerFault,
        RequestError::Server { code, .. } => Outcome::of_status(*code),
        RequestError::Timeout { .. } => Outcome::TimedOut,
        RequestError::Transport { .. } | RequestError::Credentials { .. } => Outcome::Unreachable,
        _ => Outcome::Refused,
    }
}
