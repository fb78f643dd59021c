//! Which sources a push concerns.
//!
//! Comes in: a push, and a repository with the reference followed in it. Goes out: whether the
//! source should be looked at again. Repositories are compared by host and path: scheme, user,
//! port, the `ssh.` hosts of Git hosts and `.git` do not count.
//! Source: Argo CD 3.5: util/webhook/webhook.go (GetWebURLRegex, sourceRevisionHasChanged).

use super::{Push, PushedRef};
use model::SourceKey;

/// Should the source be looked at again after this push?
pub fn concerns(push: &Push, source: &SourceKey) -> bool {
    let repository = |url: &String| is_same_repository(url, &source.repository);
    follows(&source.reference.0, push) && push.repository_urls.iter().any(repository)
}

/// Do the pages of a repository, at `web_url`, belong to the one fetched from `repository`?
pub fn is_same_repository(web_url: &str, repository: &str) -> bool {
    let (web_url, repository) = (
        web_url.trim().to_lowercase(),
        repository.trim().to_lowercase(),
    );
    let web_url = web_url
        .split_once("://")
        .map_or(&*web_url, |(_, rest)| rest);
    let (authority, path) = web_url.split_once('/').unwrap_or((web_url, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let path = without_git(path.trim_matches('/'));
    !host.is_empty() && !path.is_empty() && is_at(&repository, host, path)
}

/// Is it `[scheme://][user@][ssh.]host[:port]` and then `:` or `/` and the path?
fn is_at(repository: &str, host: &str, path: &str) -> bool {
    let schemes = ["https://", "http://", "ssh://"];
    let rest = schemes
        .iter()
        .find_map(|scheme| repository.strip_prefix(scheme));
    let rest = rest.unwrap_or(repository);
    let rest = match rest.split_once('@') {
        Some((user, rest)) if is_user(user) => rest,
        Some(_) => return false,
        None => rest,
    };
    ["", "ssh.", "altssh."]
        .iter()
        .filter_map(|prefix| rest.strip_prefix(prefix)?.strip_prefix(host))
        .any(|rest| is_path(rest, path) || is_path(without_port(rest), path))
}

fn is_path(rest: &str, path: &str) -> bool {
    let rest = rest
        .strip_prefix([':', '/'])
        .map(|rest| without_git(rest.trim_end_matches('/')));
    rest == Some(path)
}

fn without_port(rest: &str) -> &str {
    match rest.strip_prefix(':') {
        Some(port) => port.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    }
}

fn without_git(path: &str) -> &str {
    path.strip_suffix(".git").unwrap_or(path)
}

fn is_user(user: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    (1..=32).contains(&user.chars().count())
        && user.starts_with(word)
        && user.chars().all(|c| word(c) || matches!(c, '-' | '$'))
}

fn follows(reference: &str, push: &Push) -> bool {
    if matches!(reference, "" | "HEAD") {
        return push.touched_head;
    }
    let prefixes = ["refs/heads/", "refs/tags/"];
    let name = prefixes
        .iter()
        .find_map(|prefix| reference.strip_prefix(prefix));
    let name = name.unwrap_or(reference);
    let pushed = push.reference.name();
    name == pushed
        || push.revision.as_deref() == Some(name)
        || (is_range(name) && may_be_in_range(name, &push.reference))
}

/// A range of versions rather than a name: no branch or tag can have these characters, or they
/// stand where a number would.
fn is_range(name: &str) -> bool {
    name.contains(['^', '~', '*', '<', '>', '=', '|', ','])
        || name.split('.').any(|part| matches!(part, "x" | "X"))
}

/// May the pushed version be in the range? Only ranges with a star or `x` in the place of a number
/// are told apart; the others are looked at again, which costs little.
fn may_be_in_range(range: &str, pushed: &PushedRef) -> bool {
    let version = pushed.name().strip_prefix('v').unwrap_or(pushed.name());
    if !version.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let range = range.strip_prefix('v').unwrap_or(range);
    let is_simple = range
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '.' | '*' | 'x' | 'X'));
    let fits = |(wanted, part): (&str, &str)| matches!(wanted, "*" | "x" | "X") || wanted == part;
    !is_simple || range.split('.').zip(version.split('.')).all(fits)
}
