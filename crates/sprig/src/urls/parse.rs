//! A URL's parts.

use super::escape::{Part, unescape};
use crate::arguments::text;
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Map, Value, fmt};
use memchr::{memchr, memmem, memrchr};
use std::net::Ipv6Addr;

/// Why a text is no URL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum UrlError {
    /// Anything that has a text of its own.
    Said(&'static str),
    /// A percent sign without a byte behind it.
    Escape(Vec<u8>),
    /// A byte that hosts do not have.
    HostCharacter(Vec<u8>),
    /// A port that is no number.
    Port(Vec<u8>),
    /// Something in brackets that is no address.
    Address(Vec<u8>),
}

/// The parts of a URL, decoded.
#[derive(Default)]
pub(super) struct Url {
    scheme: Vec<u8>,
    opaque: Vec<u8>,
    pub user: Option<User>,
    host: Vec<u8>,
    path: Vec<u8>,
    query: Vec<u8>,
    fragment: Vec<u8>,
}

/// A name and, where there is a colon, a password.
pub(super) struct User {
    pub name: Vec<u8>,
    pub password: Option<Vec<u8>>,
}

pub(super) fn url_parse(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let url = parse(text(arguments, 0)).map_err(|error| panicked("unable to parse url", error))?;
    let hostname = hostname(&url.host).to_vec();
    let userinfo = url.user.as_ref().map(User::escaped).unwrap_or_default();
    let parts = [
        ("scheme", url.scheme),
        ("host", url.host),
        ("hostname", hostname),
        ("path", url.path),
        ("query", url.query),
        ("opaque", url.opaque),
        ("fragment", url.fragment),
        ("userinfo", userinfo),
    ];
    let entries = parts.map(|(key, part)| (key.into(), Value::text(part)));
    Ok(Map::new(entries.into()).into())
}

/// The error of a function that panics.
pub(super) fn panicked(what: &str, error: (Vec<u8>, UrlError)) -> FunctionError {
    let (source, error) = error;
    let message = format!("{what}: parse {}: {}", quoted(&source), error.text());
    FunctionError::new(message)
}

/// Reads a URL; an error comes with the part of the text it is about.
pub(super) fn parse(source: &[u8]) -> Result<Url, (Vec<u8>, UrlError)> {
    let (before, fragment) = cut(source, b'#').unwrap_or((source, b""));
    let mut url = parse_reference(before).map_err(|error| (before.to_vec(), error))?;
    let fragment = unescape(fragment, Part::Fragment);
    url.fragment = fragment.map_err(|error| (source.to_vec(), error))?;
    Ok(url)
}

fn parse_reference(source: &[u8]) -> Result<Url, UrlError> {
    let mut url = Url::default();
    if source.iter().any(|byte| *byte < b' ' || *byte == 0x7f) {
        return Err(UrlError::Said("net/url: invalid control character in URL"));
    }
    if source == b"*" {
        url.path = source.to_vec();
        return Ok(url);
    }
    let (scheme, rest) = split_scheme(source)?;
    url.scheme = scheme.to_ascii_lowercase();
    let (mut rest, query) = cut(rest, b'?').unwrap_or((rest, b""));
    url.query = query.to_vec();
    if !rest.starts_with(b"/") {
        if !scheme.is_empty() {
            url.opaque = rest.to_vec();
            return Ok(url);
        }
        check_first_segment(rest)?;
    }
    let has_authority = !scheme.is_empty() || !rest.starts_with(b"///");
    if let Some(authority) = rest.strip_prefix(b"//").filter(|_| has_authority) {
        let end = memchr(b'/', authority).unwrap_or(authority.len());
        (url.user, url.host) = parse_authority(&url.scheme, &authority[..end])?;
        rest = &authority[end..];
    }
    url.path = unescape(rest, Part::Path)?;
    Ok(url)
}

/// What comes before a colon would be a scheme.
fn check_first_segment(path: &[u8]) -> Result<(), UrlError> {
    let segment = cut(path, b'/').map_or(path, |(segment, _)| segment);
    match memchr(b':', segment) {
        Some(_) => Err(UrlError::Said(
            "first path segment in URL cannot contain colon",
        )),
        None => Ok(()),
    }
}

/// The scheme before the first colon, if that is one, and the rest.
fn split_scheme(source: &[u8]) -> Result<(&[u8], &[u8]), UrlError> {
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let end = source.iter().position(|byte| !belongs(byte));
    match end {
        Some(0) if source[0] == b':' => Err(UrlError::Said("missing protocol scheme")),
        Some(end) if source[end] == b':' && source[0].is_ascii_alphabetic() => {
            Ok((&source[..end], &source[end + 1..]))
        }
        _ => Ok((b"", source)),
    }
}

fn parse_authority(scheme: &[u8], authority: &[u8]) -> Result<(Option<User>, Vec<u8>), UrlError> {
    let Some(at) = memrchr(b'@', authority) else {
        return Ok((None, parse_host(scheme, authority)?));
    };
    let host = parse_host(scheme, &authority[at + 1..])?;
    let user = &authority[..at];
    let valid = |b: &u8| b.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(b);
    if !user.iter().all(valid) {
        return Err(UrlError::Said("net/url: invalid userinfo"));
    }
    let (name, password) = cut(user, b':').map_or((user, None), |(n, p)| (n, Some(p)));
    let name = unescape(name, Part::User)?;
    let password = password.map(|password| unescape(password, Part::User));
    let password = password.transpose()?;
    Ok((Some(User { name, password }), host))
}

fn parse_host(scheme: &[u8], host: &[u8]) -> Result<Vec<u8>, UrlError> {
    match memrchr(b'[', host) {
        Some(0) => return parse_address(host),
        Some(_) => return Err(UrlError::Said("invalid IP-literal")),
        None => {}
    }
    let strict = matches!(scheme, b"http" | b"https");
    let colon = if strict {
        memchr(b':', host)
    } else {
        memrchr(b':', host)
    };
    if let Some(colon) = colon {
        check_port(&host[colon..])?;
    }
    unescape(host, Part::Host)
}

/// An IPv6 address in brackets, with a zone and a port where they are.
fn parse_address(host: &[u8]) -> Result<Vec<u8>, UrlError> {
    let close = memrchr(b']', host).ok_or(UrlError::Said("missing ']' in host"))?;
    check_port(&host[close + 1..])?;
    let port = unescape(&host[close + 1..], Part::Host)?;
    let address = &host[1..close];
    let zone = memmem::find(address, b"%25").unwrap_or(address.len());
    let mut plain = unescape(&address[..zone], Part::Host)?;
    let is_address = str::from_utf8(&plain).is_ok_and(|text| text.parse::<Ipv6Addr>().is_ok());
    plain.extend(unescape(&address[zone..], Part::Zone)?);
    if !is_address {
        return Err(
            match plain.iter().all(|b| b.is_ascii_digit() || *b == b'.') {
                true if is_v4(&plain) => UrlError::Said("invalid IP-literal"),
                _ => UrlError::Address(plain),
            },
        );
    }
    Ok([b"[".as_slice(), &plain, b"]", &port].concat())
}

fn is_v4(address: &[u8]) -> bool {
    let text = str::from_utf8(address);
    text.is_ok_and(|text| text.parse::<std::net::Ipv4Addr>().is_ok())
}

fn check_port(port: &[u8]) -> Result<(), UrlError> {
    let fine = match port.strip_prefix(b":") {
        Some(digits) => digits.iter().all(u8::is_ascii_digit),
        None => port.is_empty(),
    };
    fine.then_some(())
        .ok_or_else(|| UrlError::Port(port.to_vec()))
}

/// The host without its port and its brackets.
fn hostname(host: &[u8]) -> &[u8] {
    let colon = memrchr(b':', host).filter(|colon| check_port(&host[*colon..]).is_ok());
    let name = &host[..colon.unwrap_or(host.len())];
    let inner = name
        .strip_prefix(b"[")
        .and_then(|name| name.strip_suffix(b"]"));
    inner.unwrap_or(name)
}

fn cut(source: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = memchr(at, source)?;
    Some((&source[..place], &source[place + 1..]))
}

fn quoted(source: &[u8]) -> String {
    String::from_utf8_lossy(&fmt::quote(source)).into_owned()
}

impl UrlError {
    fn text(&self) -> String {
        match self {
            Self::Said(text) => (*text).to_owned(),
            Self::Escape(part) => format!("invalid URL escape {}", quoted(part)),
            Self::HostCharacter(byte) => {
                format!("invalid character {} in host name", quoted(byte))
            }
            Self::Port(port) => format!("invalid port {} after host", quoted(port)),
            Self::Address(address) => {
                let address = quoted(address);
                format!("invalid host: ParseAddr({address}): unable to parse IP")
            }
        }
    }
}
