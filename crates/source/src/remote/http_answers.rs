//! What goes into a request's head, and what the head of an answer means.

use super::RemoteError;
use crate::address::HttpAddress;
use crate::{Credentials, Secret};
use base64::Engine;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url};

/// The header that says who we are, and what to call it in an error.
pub(crate) fn authorization(
    address: &HttpAddress,
    credentials: &Credentials,
) -> Result<(Option<HeaderValue>, &'static str), RemoteError> {
    let secret = |secret: &Option<Secret>| {
        secret
            .as_ref()
            .map_or("", |secret| secret.expose())
            .to_owned()
    };
    let basic = |user: &str, password: &str| {
        let joined = format!("{user}:{password}");
        format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(joined)
        )
    };
    let (text, offered) = match (&credentials.bearer_token, &address.userinfo) {
        (Some(token), _) => (format!("Bearer {}", token.expose()), credentials.offered()),
        _ if credentials.password.is_some() || credentials.username.is_some() => {
            let (user, password) = (secret(&credentials.username), secret(&credentials.password));
            (basic(&user, &password), "a user name and password")
        }
        (_, Some((user, password))) => (basic(user, password), "the user name in the URL"),
        _ => return Ok((None, "no credentials")),
    };
    let mut value = HeaderValue::from_str(&text).map_err(|_| RemoteError::Settings {
        what: "user name, password or token",
        source: "it has a character that no HTTP header can hold".into(),
    })?;
    value.set_sensitive(true);
    Ok((Some(value), offered))
}

pub(crate) fn header_map(lines: impl IntoIterator<Item = impl AsRef<str>>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in lines {
        if let Some((name, value)) = line.as_ref().split_once(':')
            && let Ok(name) = HeaderName::from_bytes(name.trim().as_bytes())
            && let Ok(value) = HeaderValue::from_str(value.trim())
        {
            headers.insert(name, value);
        }
    }
    headers
}

pub(crate) fn header_text(response: &Response, name: HeaderName) -> String {
    let value = response.headers().get(name);
    value
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .unwrap_or_default()
}

/// Where a redirect of the first request leads, if it may be followed.
pub(crate) fn redirected(response: &Response, from: &Url, tail: &str) -> Result<Url, RemoteError> {
    let location = header_text(response, LOCATION);
    let to = crate::address::redact(&location);
    let refused = |reason| RemoteError::Redirect {
        to: to.clone(),
        reason,
    };
    let mut url = from.join(&location).map_err(|_| refused("it is no URL"))?;
    let _ = url.set_username("");
    let _ = url.set_password(None);
    match (from.scheme(), url.scheme()) {
        (_, "https") | ("http", "http") => {}
        ("https", "http") => return Err(refused("it leads from https to http")),
        _ => return Err(refused("it leaves HTTP")),
    }
    match url.as_str().ends_with(tail) {
        true => Ok(url),
        false => Err(refused(
            "it leads to something that is not a repository (a login page?)",
        )),
    }
}

pub(crate) fn refused(
    status: StatusCode,
    offered: &'static str,
    headers: &HeaderMap,
) -> RemoteError {
    let answer = match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    match status {
        StatusCode::UNAUTHORIZED => RemoteError::Authentication { offered, answer },
        StatusCode::FORBIDDEN => RemoteError::Forbidden { offered, answer },
        StatusCode::NOT_FOUND | StatusCode::GONE => RemoteError::NotFound { offered, answer },
        _ => match headers
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
        {
            Some(after) => RemoteError::Status(format!("{answer} (retry after {after})")),
            None => RemoteError::Status(answer),
        },
    }
}

pub(crate) fn unsent(host: String, error: reqwest::Error) -> RemoteError {
    let connecting = error.is_connect() || error.is_timeout();
    let source = error.without_url().into();
    match connecting {
        true => RemoteError::Unreachable { host, source },
        false => RemoteError::Cut { source },
    }
}

pub(crate) fn place(url: &Url) -> String {
    let port = url.port_or_known_default().unwrap_or_default();
    format!("{}:{port}", url.host_str().unwrap_or_default())
}
