//! A URL of its parts.

use super::escape::{Part, escape};
use super::parse::{User, panicked, parse};
use crate::arguments::map;
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Kind, Map, Value};
use memchr::memchr;

pub(super) fn url_join(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let parts = map(arguments, 0).cloned().unwrap_or_default();
    let part = |key: &str| text_of(&parts, key);
    let (scheme, host, path) = (part("scheme")?, part("host")?, part("path")?);
    let (query, opaque, fragment) = (part("query")?, part("opaque")?, part("fragment")?);
    let user = user(&part("userinfo")?)?;
    let mut url = Vec::new();
    if !scheme.is_empty() {
        url.extend_from_slice(&scheme);
        url.push(b':');
    }
    match opaque.is_empty() {
        true => push_hierarchy(&mut url, user, &host, &path),
        false => url.extend_from_slice(&opaque),
    }
    if !query.is_empty() {
        url.push(b'?');
        url.extend_from_slice(&query);
    }
    if !fragment.is_empty() {
        url.push(b'#');
        url.extend(escape(&fragment, Part::Fragment));
    }
    Ok(Value::text(url))
}

/// User, host and path.
fn push_hierarchy(url: &mut Vec<u8>, user: Option<User>, host: &[u8], path: &[u8]) {
    let any = !url.is_empty() || !host.is_empty() || user.is_some();
    if any && (!host.is_empty() || !path.is_empty() || user.is_some()) {
        url.extend_from_slice(b"//");
    }
    if let Some(user) = user {
        url.extend(user.escaped());
        url.push(b'@');
    }
    url.extend(escape(host, Part::Host));
    let path = if path == b"*" {
        path.to_vec()
    } else {
        escape(path, Part::Path)
    };
    if !path.is_empty() && !path.starts_with(b"/") && !host.is_empty() {
        url.push(b'/');
    }
    let segment = &path[..memchr(b'/', &path).unwrap_or(path.len())];
    if url.is_empty() && segment.contains(&b':') {
        url.extend_from_slice(b"./");
    }
    url.extend(path);
}

/// What comes before the `@`, read as part of a URL.
fn user(userinfo: &[u8]) -> Result<Option<User>, FunctionError> {
    if userinfo.is_empty() {
        return Ok(None);
    }
    let url = [b"proto://", userinfo, b"@host"].concat();
    let url = parse(&url).map_err(|error| panicked("unable to parse userinfo in dict", error))?;
    Ok(url.user)
}

/// A part, which must be a text if it is there.
fn text_of(parts: &Map, key: &str) -> Result<Vec<u8>, FunctionError> {
    match parts.get(key.as_bytes()) {
        None => Ok(Vec::new()),
        Some(Value::Text(part)) => Ok(part.as_bytes().to_vec()),
        Some(other) if other.kind() == Kind::Invalid => Err(crate::panics::nil_pointer()),
        Some(other) => Err(FunctionError::new(format!(
            "unable to parse {key} key, must be of type string, but {} found",
            other.kind()
        ))),
    }
}

impl User {
    /// As it stands in a URL.
    pub fn escaped(&self) -> Vec<u8> {
        let mut escaped = escape(&self.name, Part::User);
        if let Some(password) = &self.password {
            escaped.push(b':');
            escaped.extend(escape(password, Part::User));
        }
        escaped
    }
}
