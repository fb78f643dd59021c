//! One file from the web.
//!
//! Comes in: a URL. Goes out: its bytes, within the limits of a repository's files. Credentials go
//! to the host they are meant for and to no other, wherever a redirect may point.

use super::http_answers::{authorization, place, redirected, unsent};
use super::{Network, RemoteError, Wire};
use crate::address::{Address, redact, same_origin};
use crate::{Credentials, Limits};
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Client, Response, Url};
use std::sync::Arc;

const MAX_REDIRECTS: usize = 10;

/// Why a file was not given.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WebFileError {
    /// The text is no web address.
    #[error("{0} is no web address")]
    Address(String),
    /// The server answered with something else than the file.
    #[error("HTTP Error: status code {0}")]
    Status(u16),
    /// The file is larger than allowed.
    #[error("the file has more than the {0} bytes allowed")]
    TooLarge(u64),
    /// The server could not be asked.
    #[error("asking the server failed")]
    Remote(#[source] RemoteError),
}

/// Fetches a file; blocks.
pub(crate) fn fetch(
    url: &str,
    network: &Network,
    credentials: &Credentials,
    limits: &Limits,
) -> Result<Arc<[u8]>, WebFileError> {
    let (place, query) = match url.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (url, None),
    };
    let Ok(Address::Http(mut address)) = Address::parse(place) else {
        return Err(WebFileError::Address(redact(place)));
    };
    address.url.set_query(query);
    let (authorization, _) = authorization(&address, credentials).map_err(WebFileError::Remote)?;
    let getting = Getting {
        client: network
            .client(credentials, limits)
            .map_err(WebFileError::Remote)?,
        home: address.url,
        authorization,
        limit: limits.max_file_bytes,
    };
    let wire = Wire::new(
        network.runtime(),
        limits.fetch_timeout,
        limits.max_fetch_bytes,
    );
    wire.wait(getting.get())
        .unwrap_or(Err(WebFileError::Remote(RemoteError::Timeout(
            limits.fetch_timeout,
        ))))
}

struct Getting {
    client: Client,
    home: Url,
    authorization: Option<HeaderValue>,
    limit: u64,
}

impl Getting {
    async fn get(self) -> Result<Arc<[u8]>, WebFileError> {
        let mut at = self.home.clone();
        for _ in 0..MAX_REDIRECTS {
            let response = self.ask(at.clone()).await?;
            if response.status().is_redirection() {
                at = redirected(&response, &at, "").map_err(WebFileError::Remote)?;
                continue;
            }
            return match response.status().is_success() {
                true => self.body(response).await,
                false => Err(WebFileError::Status(response.status().as_u16())),
            };
        }
        Err(WebFileError::Remote(RemoteError::Redirect {
            to: redact(at.as_str()),
            reason: "redirects led on and on",
        }))
    }

    async fn ask(&self, url: Url) -> Result<Response, WebFileError> {
        let host = place(&url);
        let mut request = self.client.get(url.clone());
        if let Some(value) = &self.authorization
            && same_origin(&url, &self.home)
        {
            request = request.header(AUTHORIZATION, value.clone());
        }
        let sent = request.send().await;
        sent.map_err(|error| WebFileError::Remote(unsent(host, error)))
    }

    async fn body(&self, mut response: Response) -> Result<Arc<[u8]>, WebFileError> {
        let host = place(response.url());
        let mut bytes = Vec::new();
        loop {
            let chunk = response.chunk().await;
            let chunk = chunk.map_err(|error| WebFileError::Remote(unsent(host.clone(), error)))?;
            let Some(chunk) = chunk else {
                return Ok(bytes.into());
            };
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > self.limit {
                return Err(WebFileError::TooLarge(self.limit));
            }
        }
    }
}
