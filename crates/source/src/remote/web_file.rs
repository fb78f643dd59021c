//! One file from the web.
//!
//! Comes in: a URL. Goes out: its bytes, within the limits of a repository's files. Credentials go
//! to the host they are meant for and to no other, wherever a redirect may point.

use super::http_answers::authorization;
use super::{Authorization, Caller, Network, RemoteError, Request};
use crate::address::{Address, redact};
use crate::{Credentials, Limits};
use reqwest::Method;
use reqwest::header::HeaderMap;
use std::sync::Arc;

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
    let caller = Caller {
        network,
        credentials,
        connect_timeout: limits.connect_timeout,
        timeout: limits.fetch_timeout,
    };
    let mut bytes = Vec::new();
    let reply = caller
        .send(&request(url, credentials, limits)?, &mut bytes)
        .map_err(|error| match error {
            RemoteError::TooLarge { limit } => WebFileError::TooLarge(limit),
            error => WebFileError::Remote(error),
        })?;
    match reply.status.is_success() {
        true => Ok(bytes.into()),
        false => Err(WebFileError::Status(reply.status.as_u16())),
    }
}

fn request(url: &str, credentials: &Credentials, limits: &Limits) -> Result<Request, WebFileError> {
    let (place, query) = match url.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (url, None),
    };
    let Ok(Address::Http(mut address)) = Address::parse(place) else {
        return Err(WebFileError::Address(redact(place)));
    };
    address.url.set_query(query);
    let (value, _) = authorization(&address, credentials).map_err(WebFileError::Remote)?;
    let origin = address.url.clone();
    Ok(Request {
        method: Method::GET,
        url: address.url,
        headers: HeaderMap::new(),
        body: Vec::new(),
        authorization: value.map(|value| Authorization { value, origin }),
        max_bytes: limits.max_file_bytes,
    })
}
