//! The address of a folder in a Git repository.
//!
//! Comes in: a text that stands where a folder is wanted. Goes out: which repository to fetch, at
//! which reference, and which folder of it is meant; or why the text is no such address, in which
//! case it is a path. Source: Kustomize 5.8.1, api/internal/git/repospec.go.

use super::query::Query;
use super::tidy::tidy;
use std::fmt;
use std::time::Duration;

/// A folder in a Git repository.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RepositoryAddress {
    /// As it was written. Two addresses of which one starts the other lead in a circle.
    pub raw: String,
    /// Scheme, user and host up to the path: `https://github.com/`, `git@host:`, `file://`.
    pub host: String,
    /// The repository on that host.
    pub repository: String,
    /// The folder in the repository, not tidied; empty for its root.
    pub folder: String,
    /// Branch, tag or commit; empty for the default branch.
    pub reference: String,
    /// How long fetching may take.
    pub timeout: Duration,
    /// Fetch submodules too.
    pub submodules: bool,
}

/// Why a text is no address of a repository.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AddressError {
    /// It starts with a slash.
    #[error("uri looks like abs path: {0}")]
    Absolute(String),
    /// It starts neither with a scheme nor as `user@host:` or `github.com`.
    #[error("failed to parse scheme")]
    Scheme,
    /// There is nothing where the host should be.
    #[error("failed to parse host segment")]
    Host,
    /// There is no repository on the host, or less than an owner and a name.
    #[error("failed to parse repo path segment")]
    Repository,
    /// The folder climbs out of the repository.
    #[error("url path exits repo: {0}")]
    Escapes(String),
}

const FILE: &str = "file://";
const SCHEMES: [&str; 4] = ["ssh://", "https://", "http://", FILE];

impl RepositoryAddress {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if text.starts_with('/') {
            return Err(AddressError::Absolute(text.to_owned()));
        }
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let query = Query::parse(query);
        let (host, path) = split_host(place)?;
        let (repository, folder) = split_path(path, host == FILE)?;
        Ok(Self {
            raw: text.to_owned(),
            host,
            repository: repository.to_owned(),
            folder: folder.strip_prefix('/').unwrap_or(folder).to_owned(),
            reference: query.reference,
            timeout: query.timeout,
            submodules: query.submodules,
        })
    }

    /// What Git is told to fetch.
    pub fn url(&self) -> String {
        format!("{}{}", self.host, self.repository)
    }

    /// The same repository, from its root.
    pub fn whole(&self) -> Self {
        Self {
            folder: String::new(),
            ..self.clone()
        }
    }

    /// The path that notes of origin start with. An address without a folder leads to a folder with
    /// this odd name upstream, and notes of origin are output.
    pub fn origin_path(&self) -> String {
        match tidy(&self.folder) {
            folder if folder.is_empty() => "notCloned".to_owned(),
            folder => folder,
        }
    }
}

impl fmt::Display for RepositoryAddress {
    /// For people: without passwords, and without the user of a web address, which may be one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authority = self.host.find("://").map_or(0, |at| at + 3);
        let (scheme, place) = self.host.split_at(authority);
        let host = match place.rsplit_once('@') {
            Some((user, host)) if scheme.starts_with("http") || user.contains(':') => host,
            _ => place,
        };
        write!(f, "{scheme}{host}{}", self.repository)?;
        if !self.folder.is_empty() {
            write!(f, "//{}", self.folder)?;
        }
        match self.reference.is_empty() {
            true => Ok(()),
            false => write!(f, "?ref={}", self.reference),
        }
    }
}

/// Scheme, user and host, put in order where it is GitHub's; and the rest.
fn split_host(text: &str) -> Result<(String, &str), AddressError> {
    let text = strip_prefix_any_case(text, "git::").unwrap_or(text);
    let (scheme, rest) = split_scheme(text);
    if scheme == FILE {
        return Ok((scheme.to_owned(), rest));
    }
    let (user, rest) = split_user(rest);
    let github = is_github(rest);
    let short = scheme.is_empty() && (!user.is_empty() || github);
    if scheme.is_empty() && !short {
        return Err(AddressError::Scheme);
    }
    let (host, path) = rest.split_at(host_length(rest, short));
    if github {
        return Ok((github_host(scheme, user), path));
    }
    match host.is_empty() {
        true => Err(AddressError::Host),
        false => Ok((format!("{scheme}{user}{host}"), path)),
    }
}

fn split_scheme(text: &str) -> (&'static str, &str) {
    let known = SCHEMES
        .iter()
        .find_map(|scheme| Some((*scheme, strip_prefix_any_case(text, scheme)?)));
    known.unwrap_or(("", text))
}

/// `name@`, if the name is letters, digits and dashes.
fn split_user(text: &str) -> (&str, &str) {
    let name_end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    match name_end.filter(|end| text[*end..].starts_with('@')) {
        Some(end) if text.starts_with(|c: char| c.is_ascii_alphabetic()) => text.split_at(end + 1),
        _ => ("", text),
    }
}

fn is_github(text: &str) -> bool {
    ["github.com/", "github.com:"]
        .iter()
        .any(|host| strip_prefix_any_case(text, host).is_some())
}

/// One way to write each: over SSH if there is a user or it was asked for, else over HTTPS.
fn github_host(scheme: &str, user: &str) -> String {
    match scheme == "ssh://" || !user.is_empty() {
        true => format!("{user}github.com:"),
        false => "https://github.com/".to_owned(),
    }
}

/// How far the host reaches, its separator included: a slash, or in Git's short form for SSH a colon
/// before any slash.
fn host_length(text: &str, short: bool) -> usize {
    let (slash, colon) = (text.find('/'), text.find(':').filter(|_| short));
    let end = match (slash, colon) {
        (Some(slash), Some(colon)) if colon > 0 && colon < slash => Some(colon),
        (Some(slash), _) => Some(slash),
        (None, colon) => colon,
    };
    end.map_or(text.len(), |end| end + 1)
}

/// The repository and the folder in it.
fn split_path(path: &str, whole: bool) -> Result<(&str, &str), AddressError> {
    let split = split_at_mark(path).or_else(|| match whole {
        true => Some((path, "")),
        false => split_behind_name(path),
    });
    let (repository, folder) = split
        .filter(|(repository, _)| !repository.is_empty())
        .ok_or(AddressError::Repository)?;
    match climbs_out(folder) {
        true => Err(AddressError::Escapes(path.to_owned())),
        false => Ok((repository, folder)),
    }
}

/// `_git/name`, else `//`, else `.git` say where the repository ends.
fn split_at_mark(path: &str) -> Option<(&str, &str)> {
    if let Some(mark) = path.find("_git/") {
        let name = mark + "_git/".len();
        let end = path[name..].find('/').map(|at| name + at);
        return Some(end.map_or((path, ""), |end| (&path[..end], &path[end + 1..])));
    }
    if let Some(split) = path.split_once("//") {
        return Some(split);
    }
    let end = path.find(".git")? + ".git".len();
    Some(path.split_at(end))
}

/// Without a mark, an owner and a name are the repository.
fn split_behind_name(path: &str) -> Option<(&str, &str)> {
    let owner = path.find('/')?;
    let end = path[owner + 1..].find('/').map(|at| owner + 1 + at);
    Some(end.map_or((path, ""), |end| (&path[..end], &path[end + 1..])))
}

fn climbs_out(folder: &str) -> bool {
    let folder = folder.strip_prefix('/').unwrap_or(folder);
    // Nothing climbs above the root of what starts with a slash.
    if folder.starts_with('/') {
        return false;
    }
    let mut depth = 0_usize;
    for part in folder.split('/') {
        depth = match part {
            "" | "." => depth,
            ".." if depth == 0 => return true,
            ".." => depth - 1,
            _ => depth + 1,
        };
    }
    false
}

fn strip_prefix_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix)
        .then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> String {
        match RepositoryAddress::parse(text) {
            Ok(address) => format!(
                "{} {} {} {}",
                address.host, address.repository, address.folder, address.reference
            ),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn hosts_are_put_in_order() {
        for (written, host) in [
            ("gitHub.com/", "https://github.com/"),
            ("github.com:", "https://github.com/"),
            ("http://github.com/", "https://github.com/"),
            ("hTTps://github.com/", "https://github.com/"),
            ("git::github.com/", "https://github.com/"),
            ("git@github.com:", "git@github.com:"),
            ("git@github.com/", "git@github.com:"),
            ("GIT::git@github.com:", "git@github.com:"),
            ("ssh://github.com/", "github.com:"),
            ("ssh://git@github.com/", "git@github.com:"),
            ("https://ann@github.com/", "ann@github.com:"),
            ("team-7@github.com/", "team-7@github.com:"),
            (
                "ssh://git@ssh.github.com:443/",
                "ssh://git@ssh.github.com:443/",
            ),
            ("https://git.example/", "https://git.example/"),
            ("git::http://git.example/", "http://git.example/"),
            ("ssh://git.example:7999/", "ssh://git.example:7999/"),
            ("https://a:b@git.example/", "https://a:b@git.example/"),
            ("git@git.example:", "git@git.example:"),
            ("git@git.example/", "git@git.example/"),
        ] {
            for folder in ["", "base", "apps/dev/x.yaml"] {
                for reference in ["", "main", "group/v1.2"] {
                    let slash = if folder.is_empty() { "" } else { "/" };
                    let query = if reference.is_empty() { "" } else { "?ref=" };
                    let text = format!("{written}team/app{slash}{folder}{query}{reference}");
                    let expected = format!("{host} team/app {folder} {reference}");
                    assert_eq!(parts(&text), expected, "{text}");
                }
            }
        }
    }

    #[test]
    fn the_repository_ends_at_a_mark_or_behind_two_parts() {
        for (text, expected) in [
            ("https://h.example/a/b/c/d", "https://h.example/ a/b c/d "),
            ("https://h.example/a/b/", "https://h.example/ a/b  "),
            (
                "https://h.example/a/b//c/d/",
                "https://h.example/ a/b c/d/ ",
            ),
            (
                "https://h.example/a/b/c//d?ref=v1",
                "https://h.example/ a/b/c d v1",
            ),
            ("https://h.example/a/b///c", "https://h.example/ a/b c "),
            ("https://h.example/a.git", "https://h.example/ a.git  "),
            (
                "https://h.example/a/b/c.git/d/e",
                "https://h.example/ a/b/c.git d/e ",
            ),
            (
                "https://h.example/a.gitops/b",
                "https://h.example/ a.git ops/b ",
            ),
            (
                "https://ann@h.example/org/x/_git/app/dev?version=v2",
                "https://ann@h.example/ org/x/_git/app dev v2",
            ),
            (
                "https://h.example/x/_git/app//dev",
                "https://h.example/ x/_git/app dev ",
            ),
            (
                "https://h.example/x/_git/app.git/dev",
                "https://h.example/ x/_git/app.git dev ",
            ),
            (
                "git@h.example:a/b.git//c?ref=x",
                "git@h.example: a/b.git c x",
            ),
            ("git@h.example:a.git", "git@h.example: a.git  "),
            ("git@h.example/u:n/r.git/p", "git@h.example/ u:n/r.git p "),
            ("file:///srv/git/app", "file:// /srv/git/app  "),
            (
                "file:///srv/git/app//base?ref=v1",
                "file:// /srv/git/app base v1",
            ),
            ("file://a/b.git/c", "file:// a/b.git c "),
            ("file://git@home/r.git//p", "file:// git@home/r.git p "),
            ("file:///", "file:// /  "),
            (
                "https://h.example/a/b/?ref=of_git/or.git//x",
                "https://h.example/ a/b  of_git/or.git//x",
            ),
            ("https://h.example/a/b/%-x", "https://h.example/ a/b %-x "),
            (
                "https://h.example/a/b.git//c/../d",
                "https://h.example/ a/b.git c/../d ",
            ),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn other_texts_are_paths() {
        for (text, why) in [
            ("/srv/app", "uri looks like abs path: /srv/app"),
            ("../base", "failed to parse scheme"),
            ("base", "failed to parse scheme"),
            ("", "failed to parse scheme"),
            ("vendor/github.com/a/b", "failed to parse scheme"),
            ("github.com!a/b.git//c", "failed to parse scheme"),
            ("gh:a/b", "failed to parse scheme"),
            ("httpx://h.example/a/b", "failed to parse scheme"),
            ("git::___", "failed to parse scheme"),
            ("2git@h.example:a/b", "failed to parse scheme"),
            ("ssh://", "failed to parse host segment"),
            ("ssh://h.example", "failed to parse repo path segment"),
            (
                "https://h.example?ref=a/b",
                "failed to parse repo path segment",
            ),
            (
                "https://github.com/pod.yaml",
                "failed to parse repo path segment",
            ),
            (
                "https://github.com:a/b",
                "failed to parse repo path segment",
            ),
            ("file:////srv//app", "failed to parse repo path segment"),
            (
                "git@ssh://h.example/a.git//b",
                "failed to parse repo path segment",
            ),
            (
                "https://h.example/a/b.git//c/../../d",
                "url path exits repo: a/b.git//c/../../d",
            ),
        ] {
            assert_eq!(parts(text), format!("error: {why}"), "{text}");
        }
    }

    #[test]
    fn printing_shows_no_password() {
        for (text, printed) in [
            (
                "https://ann:pw@h.example/a/b?ref=x",
                "https://h.example/a/b?ref=x",
            ),
            ("https://t0ken@h.example/a/b", "https://h.example/a/b"),
            ("ssh://git:pw@h.example/a/b/c", "ssh://h.example/a/b//c"),
            ("ssh://git@h.example:22/a/b", "ssh://git@h.example:22/a/b"),
            ("git@h.example:a/b", "git@h.example:a/b"),
            ("github.com/a/b/c", "https://github.com/a/b//c"),
            ("file:///srv/app", "file:///srv/app"),
        ] {
            assert_eq!(RepositoryAddress::parse(text).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn notes_of_origin_start_at_the_folder() {
        for (text, path) in [
            ("github.com/a/b/c/./d/../e/", "c/e"),
            ("github.com/a/b", "notCloned"),
            ("github.com/a/b//.", "notCloned"),
        ] {
            assert_eq!(RepositoryAddress::parse(text).unwrap().origin_path(), path);
        }
    }
}
