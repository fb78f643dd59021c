//! Where a repository is, read from its URL.
//!
//! Comes in: a URL that somebody wrote, perhaps to hurt us. Goes out: one of the few kinds of
//! address that Caretaker connects to, with user information apart from what may be printed.
//! Everything that Git would hand to a helper program or read as an option is refused by name.

use reqwest::Url;
use std::fmt;
use std::path::PathBuf;

/// Why a URL is not one we connect to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing there.
    #[error("the repository URL is empty")]
    Empty,
    /// It would be read as an option, or has characters no URL has.
    #[error("the repository URL {0:?} is refused: it {1}")]
    Suspicious(String, &'static str),
    /// A scheme we do not speak.
    #[error("the scheme {0:?} is not supported; use https://, http://, ssh:// or git@host:path")]
    Scheme(String),
    /// A repository on our own disk.
    #[error("{0:?} is a repository on the local disk, which is not allowed here")]
    Local(String),
    /// It does not parse.
    #[error("the repository URL {0:?} cannot be read: {1}")]
    Malformed(String, String),
}

/// A place that Git repositories are read from. Printing it shows no password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Address {
    Http(HttpAddress),
    Ssh(SshAddress),
    Local(PathBuf),
}

/// An `http` or `https` repository.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct HttpAddress {
    /// Without user information.
    pub url: Url,
    /// User name and password written into the URL.
    pub userinfo: Option<(String, String)>,
}

/// A repository behind SSH.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SshAddress {
    pub user: Option<String>,
    pub host: String,
    pub port: u16,
    /// As the server's shell gets it: absolute, or relative to the user's home.
    pub path: String,
}

impl Address {
    /// Reads a URL.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        refuse_suspicious(text)?;
        match text.split_once("://") {
            Some(("http" | "https", _)) => http(text),
            Some(("ssh" | "git+ssh" | "ssh+git", rest)) => ssh(text, rest),
            Some(("file", path)) => Ok(Self::Local(path.into())),
            Some((scheme, _))
                if scheme
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '+') =>
            {
                Err(AddressError::Scheme(scheme.to_owned()))
            }
            _ if text.starts_with(['/', '.']) => Ok(Self::Local(text.into())),
            _ => scp(text),
        }
    }

    /// Follows a submodule's URL: relative ones start at this repository.
    pub fn join(&self, url: &str) -> Result<Self, AddressError> {
        match url.starts_with("./") || url.starts_with("../") {
            false => Self::parse(url),
            true => self.relative(url),
        }
    }

    /// May credentials for this address be shown to the other one?
    pub fn shares_credentials_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Http(a), Self::Http(b)) => same_origin(&a.url, &b.url),
            (Self::Ssh(a), Self::Ssh(b)) => {
                a.host.eq_ignore_ascii_case(&b.host) && a.port == b.port
            }
            _ => false,
        }
    }

    /// Is it on our own disk?
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    fn relative(&self, url: &str) -> Result<Self, AddressError> {
        let outside = || AddressError::Suspicious(url.to_owned(), "climbs above the server's root");
        Ok(match self {
            Self::Http(http) => {
                let mut joined = http.clone();
                let path = climb(http.url.path(), url).ok_or_else(outside)?;
                joined.url.set_path(&path);
                Self::Http(joined)
            }
            Self::Ssh(ssh) => {
                let path = climb(&ssh.path, url).ok_or_else(outside)?;
                Self::Ssh(SshAddress {
                    path,
                    ..ssh.clone()
                })
            }
            Self::Local(path) => {
                let path = path.to_string_lossy();
                Self::Local(climb(&path, url).ok_or_else(outside)?.into())
            }
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http(http) => write!(f, "{}", http.url),
            Self::Local(path) => write!(f, "{}", path.display()),
            Self::Ssh(ssh) => {
                f.write_str("ssh://")?;
                if let Some(user) = &ssh.user {
                    write!(f, "{user}@")?;
                }
                match ssh.host.contains(':') {
                    true => write!(f, "[{}]", ssh.host)?,
                    false => f.write_str(&ssh.host)?,
                }
                if ssh.port != 22 {
                    write!(f, ":{}", ssh.port)?;
                }
                write!(f, "/{}", ssh.path.strip_prefix('/').unwrap_or(&ssh.path))
            }
        }
    }
}

impl fmt::Debug for HttpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpAddress({})", self.url)
    }
}

/// Same scheme, host and port: the only place a password may go.
pub(crate) fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme()
        && a.host() == b.host()
        && a.port_or_known_default() == b.port_or_known_default()
}

/// A URL as it may be printed, even when it cannot be parsed: user information left out.
pub(crate) fn redact(text: &str) -> String {
    let text = text.trim();
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), text),
    };
    let authority = rest.find('/').unwrap_or(rest.len());
    // A password with an unescaped slash in it reaches beyond what looks like the authority.
    let end = rest[..authority].rfind('@').or_else(|| rest.rfind('@'));
    match end.filter(|end| rest[..*end].contains(':')) {
        Some(end) => format!("{scheme}{}", &rest[end + 1..]),
        None => text.to_owned(),
    }
}

pub(crate) fn refuse_suspicious(text: &str) -> Result<(), AddressError> {
    let reason = match text {
        "" => return Err(AddressError::Empty),
        _ if text.starts_with('-') => "starts with a dash, like an option",
        _ if helper(text).is_some() => "names a helper program (\"helper::address\")",
        _ if text.chars().any(|c| c.is_control() || c.is_whitespace()) => {
            "has a space or a control character"
        }
        _ => return Ok(()),
    };
    Err(AddressError::Suspicious(redact(text), reason))
}

/// `ext::sh -c ...`: Git would start `git-remote-ext`.
fn helper(text: &str) -> Option<&str> {
    let (name, _) = text.split_once("::")?;
    name.chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-')
        .then_some(name)
}

fn http(text: &str) -> Result<Address, AddressError> {
    let malformed = |why: &str| AddressError::Malformed(redact(text), why.to_owned());
    let mut url = Url::parse(text).map_err(|error| malformed(&error.to_string()))?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(malformed("a repository has no ? or # part"));
    }
    let userinfo = (!url.username().is_empty() || url.password().is_some()).then(|| {
        (
            unescape(url.username()),
            unescape(url.password().unwrap_or_default()),
        )
    });
    if userinfo.is_some() {
        // Neither can fail: http URLs have a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    Ok(Address::Http(HttpAddress { url, userinfo }))
}

fn ssh(text: &str, rest: &str) -> Result<Address, AddressError> {
    let malformed = |why: &str| AddressError::Malformed(redact(text), why.to_owned());
    let (authority, path) = rest
        .split_once('/')
        .ok_or_else(|| malformed("it has no path"))?;
    let (user, place) = split_user(authority);
    let (host, port) = split_port(place).ok_or_else(|| malformed("its port is not a number"))?;
    let path = unescape(path);
    let path = if path.starts_with('~') {
        path
    } else {
        format!("/{path}")
    };
    ssh_address(text, user, host, port, path)
}

/// `user@host:path`, Git's short form for SSH.
fn scp(text: &str) -> Result<Address, AddressError> {
    let unreadable = || {
        let why = "expected https://host/path, ssh://host/path or git@host:path";
        AddressError::Malformed(redact(text), why.to_owned())
    };
    let (authority, path) = match text.find("]:") {
        Some(end) => (&text[..=end], &text[end + 2..]),
        None => text.split_once(':').ok_or_else(unreadable)?,
    };
    if authority.contains('/') {
        return Err(unreadable());
    }
    let (user, place) = split_user(authority);
    let host = place.trim_start_matches('[').trim_end_matches(']');
    // git@host:29418/project is read as a port by people who mean ssh://, never by Git.
    ssh_address(text, user, host, 22, path.to_owned())
}

fn ssh_address(
    text: &str,
    user: Option<&str>,
    host: &str,
    port: u16,
    path: String,
) -> Result<Address, AddressError> {
    let refused = |why| Err(AddressError::Suspicious(redact(text), why));
    if host.is_empty() || path.is_empty() || path == "/" {
        return refused("names no host or no path");
    }
    if [host, user.unwrap_or_default(), &path]
        .iter()
        .any(|part| part.starts_with('-'))
    {
        return refused("has a part that starts with a dash, like an option");
    }
    let user = user.filter(|user| !user.is_empty()).map(unescape);
    Ok(Address::Ssh(SshAddress {
        user,
        host: host.to_owned(),
        port,
        path,
    }))
}

fn split_user(authority: &str) -> (Option<&str>, &str) {
    match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user.split(':').next().unwrap_or(user)), place),
        None => (None, authority),
    }
}

fn split_port(place: &str) -> Option<(&str, u16)> {
    if let Some(rest) = place.strip_prefix('[') {
        let (host, after) = rest.split_once(']')?;
        let port = after
            .strip_prefix(':')
            .map_or(Some(22), |port| port.parse().ok())?;
        return Some((host, port));
    }
    match place.split_once(':') {
        Some((host, "")) => Some((host, 22)),
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((place, 22)),
    }
}

/// Git's rule for relative submodule URLs: each `../` takes one part off the base.
fn climb(base: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.trim_end_matches('/').split('/').collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none_or(str::is_empty) => return None,
            ".." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Percent signs resolved.
pub(crate) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(url: &str) -> String {
        match Address::parse(url) {
            Ok(address) => address.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn usual_urls_are_read() {
        for (url, expected) in [
            ("https://git.example/a/b.git", "https://git.example/a/b.git"),
            (
                "http://ann:s3cret@git.example:3000/a",
                "http://git.example:3000/a",
            ),
            (
                "git@git.example:team/app.git",
                "ssh://git@git.example/team/app.git",
            ),
            (
                "ssh://git@git.example:2222/team/app",
                "ssh://git@git.example:2222/team/app",
            ),
            ("ssh://git.example/~ann/app", "ssh://git.example/~ann/app"),
            ("git.example:app", "ssh://git.example/app"),
            ("ssh://git@[::1]:2222/app", "ssh://git@[::1]:2222/app"),
            ("file:///srv/app", "/srv/app"),
            ("/srv/app", "/srv/app"),
        ] {
            assert_eq!(printed(url), expected, "{url}");
        }
        let Ok(Address::Ssh(scp)) = Address::parse("git@host:app") else {
            panic!()
        };
        assert_eq!(scp.path, "app");
        let Ok(Address::Http(http)) = Address::parse("https://a%40b:p%3Aq@h/x") else {
            panic!()
        };
        assert_eq!(http.userinfo, Some(("a@b".into(), "p:q".into())));
    }

    #[test]
    fn traps_are_refused_by_name() {
        for (url, expected) in [
            ("", "empty"),
            ("-oProxyCommand=x", "dash"),
            ("--upload-pack=x", "dash"),
            ("ext::sh", "helper program"),
            ("git-remote-x::y", "helper program"),
            ("ssh://-oProxyCommand=x/y", "dash"),
            ("git@-host:path", "dash"),
            ("-user@host:path", "dash"),
            ("git@host:-path", "dash"),
            ("ftp://host/x", "\"ftp\""),
            ("git://host/x", "\"git\""),
            ("https://host/a b", "space"),
            ("https://host/a\nb", "control"),
            ("https://host/a?x=y", "no ? or #"),
            ("ssh://host:port/x", "port"),
            ("word", "expected https://"),
            ("https://u:secret@/x", "cannot be read"),
        ] {
            let error = Address::parse(url).expect_err(url).to_string();
            assert!(error.contains(expected), "{url}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn passwords_are_left_out_even_of_what_cannot_be_read() {
        for (url, expected) in [
            ("https://ann:secret@h/x", "https://h/x"),
            ("https://ann:sec/ret@h/x", "https://h/x"),
            ("git:secret@h:x", "h:x"),
            ("https://h/x@y", "https://h/x@y"),
            ("git@h:x", "git@h:x"),
        ] {
            assert_eq!(redact(url), expected);
        }
    }

    #[test]
    fn submodule_urls_start_at_the_parent() {
        let join = |base: &str, url: &str| {
            Address::parse(base)
                .unwrap()
                .join(url)
                .map(|address| address.to_string())
        };
        assert_eq!(
            join("https://h/a/b.git", "../c.git").unwrap(),
            "https://h/a/c.git"
        );
        assert_eq!(
            join("https://h/a/b.git/", "../../c").unwrap(),
            "https://h/c"
        );
        assert_eq!(join("git@h:a/b", "../c").unwrap(), "ssh://git@h/a/c");
        assert_eq!(join("git@h:b", "../c").unwrap(), "ssh://git@h/c");
        assert_eq!(join("/srv/a", "../b").unwrap(), "/srv/b");
        assert_eq!(
            join("https://h/a", "https://other/c").unwrap(),
            "https://other/c"
        );
        assert!(join("https://h/a", "../../../c").is_err());
        assert!(join("https://h/a", "-x").is_err());
    }

    #[test]
    fn credentials_stay_with_their_host() {
        let shares = |a: &str, b: &str| {
            Address::parse(a)
                .unwrap()
                .shares_credentials_with(&Address::parse(b).unwrap())
        };
        assert!(shares("https://h/a", "https://h:443/b"));
        assert!(!shares("https://h/a", "http://h/a"));
        assert!(!shares("https://h/a", "https://h.evil/a"));
        assert!(!shares("https://h/a", "https://h:8443/a"));
        assert!(shares("git@h:a", "ssh://git@H/b"));
        assert!(!shares("git@h:a", "https://h/a"));
    }
}
