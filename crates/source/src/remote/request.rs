//! One request over HTTP and its whole answer.
//!
//! Comes in: what to ask. Goes out: the head of the answer, its body in a sink. Redirects are
//! followed, but who we are is said to one origin only; what passes by itself (a cut connection, a
//! server that is busy for a moment) is waited out within the deadline.

use super::http_answers::{place, redirected, unsent};
use super::{Network, RemoteError};
use crate::Credentials;
use crate::address::{redact, same_origin};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER, USER_AGENT};
use reqwest::{Client, Method, Response, StatusCode, Url};
use std::fs::File;
use std::io::{self, Seek, Write};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

const MAX_REDIRECTS: usize = 10;
/// The pauses before the second and the third try.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(1)];
/// A server that wants us to wait longer is not waited for.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How much of a refusal's text is read.
const MAX_COMPLAINT: u64 = 8 << 10;

/// What to ask.
pub(crate) struct Request {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub authorization: Option<Authorization>,
    /// The longest answer that is taken.
    pub max_bytes: u64,
}

/// Who we are, and the only origin that is told.
#[derive(Clone)]
pub(crate) struct Authorization {
    pub value: HeaderValue,
    pub origin: Url,
}

/// The head of an answer.
pub(crate) struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// What a refusal said.
    pub complaint: Vec<u8>,
}

/// Where a body goes. A second try starts it anew.
pub(crate) trait Sink: Write {
    fn restart(&mut self) -> io::Result<()>;
}

impl Sink for Vec<u8> {
    fn restart(&mut self) -> io::Result<()> {
        self.clear();
        Ok(())
    }
}

impl Sink for File {
    fn restart(&mut self) -> io::Result<()> {
        self.set_len(0)?;
        self.rewind()
    }
}

/// Sends requests with the settings of one repository.
pub(crate) struct Caller<'a> {
    pub network: &'a Network,
    pub credentials: &'a Credentials,
    pub connect_timeout: Duration,
    /// From connecting to the last byte, all tries together.
    pub timeout: Duration,
}

impl Caller<'_> {
    /// Asks; blocks.
    pub fn send(&self, request: &Request, sink: &mut dyn Sink) -> Result<Reply, RemoteError> {
        let client = self
            .network
            .client(self.credentials, self.connect_timeout)?;
        let deadline = Instant::now() + self.timeout;
        let sending = Sending { client, request };
        let in_time = async { timeout_at(deadline, sending.patiently(sink)).await };
        self.network
            .runtime()
            .block_on(in_time)
            .unwrap_or(Err(RemoteError::Timeout(self.timeout)))
    }
}

struct Sending<'a> {
    client: Client,
    request: &'a Request,
}

impl Sending<'_> {
    async fn patiently(&self, sink: &mut dyn Sink) -> Result<Reply, RemoteError> {
        for pause in PAUSES {
            let pause = match self.once(sink).await {
                Ok(reply) => match pause_after(&reply, pause) {
                    Some(pause) => pause,
                    None => return Ok(reply),
                },
                Err(RemoteError::Cut { .. }) => pause,
                Err(error) => return Err(error),
            };
            sink.restart().map_err(unkept)?;
            sleep(pause).await;
        }
        self.once(sink).await
    }

    async fn once(&self, sink: &mut dyn Sink) -> Result<Reply, RemoteError> {
        let mut at = self.request.url.clone();
        for _ in 0..MAX_REDIRECTS {
            let response = self.ask(at.clone()).await?;
            if !is_elsewhere(response.status()) {
                return self.receive(response, sink).await;
            }
            at = redirected(&response, &at, "")?;
            if self.request.method == Method::POST {
                let (to, reason) = (redact(at.as_str()), "it would be told a secret");
                return Err(RemoteError::Redirect { to, reason });
            }
        }
        Err(RemoteError::Redirect {
            to: redact(at.as_str()),
            reason: "redirects led on and on",
        })
    }

    async fn ask(&self, url: Url) -> Result<Response, RemoteError> {
        let host = place(&url);
        let mut headers = self.request.headers.clone();
        let name = concat!("caretaker/", env!("CARGO_PKG_VERSION"));
        headers.insert(USER_AGENT, HeaderValue::from_static(name));
        if let Some(authorization) = &self.request.authorization
            && same_origin(&url, &authorization.origin)
        {
            headers.insert(AUTHORIZATION, authorization.value.clone());
        }
        let request = self
            .client
            .request(self.request.method.clone(), url)
            .headers(headers)
            .body(self.request.body.clone());
        request.send().await.map_err(|error| unsent(host, error))
    }

    async fn receive(&self, response: Response, sink: &mut dyn Sink) -> Result<Reply, RemoteError> {
        let (status, headers) = (response.status(), response.headers().clone());
        let mut complaint = Vec::new();
        match status.is_success() {
            true => body(response, self.request.max_bytes, sink).await?,
            // What a refusal says helps; that it cannot be read does not matter.
            false => drop(body(response, MAX_COMPLAINT, &mut complaint).await),
        }
        Ok(Reply {
            status,
            headers,
            complaint,
        })
    }
}

async fn body(mut response: Response, limit: u64, sink: &mut dyn Sink) -> Result<(), RemoteError> {
    let host = place(response.url());
    let too_large = |bytes: u64| match bytes > limit {
        true => Err(RemoteError::TooLarge { limit }),
        false => Ok(()),
    };
    if response.status().is_success() {
        too_large(response.content_length().unwrap_or(0))?;
    }
    let mut received = 0;
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unsent(host.clone(), error))?
    {
        received += chunk.len() as u64;
        too_large(received)?;
        sink.write_all(&chunk).map_err(unkept)?;
    }
    Ok(())
}

fn unkept(source: io::Error) -> RemoteError {
    RemoteError::Unkept {
        source: source.into(),
    }
}

fn is_elsewhere(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// How long to wait before asking again; none if the answer stands.
fn pause_after(reply: &Reply, usual: Duration) -> Option<Duration> {
    if !matches!(reply.status.as_u16(), 429 | 502 | 503 | 504) {
        return None;
    }
    match reply.headers.get(RETRY_AFTER) {
        None => Some(usual),
        Some(wished) => {
            let seconds = wished.to_str().ok()?.trim().parse().ok()?;
            let wished = Duration::from_secs(seconds).max(usual);
            (wished <= LONGEST_PAUSE).then_some(wished)
        }
    }
}
