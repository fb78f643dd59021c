//! Repository URLs as people spell them.
//!
//! Comes in: a URL. Goes out: its tidied form (to fetch from), or its form for comparing.
//! Source: Argo CD 3.5: util/git/git.go (NormalizeGitURL).

/// Blanks and trailing slashes gone, host in lower case; still what was meant to be fetched.
pub(crate) fn tidied(url: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (format!("{user}@"), host),
        None => (String::new(), authority),
    };
    format!(
        "{}://{user}{}{path}",
        scheme.to_lowercase(),
        host.to_lowercase()
    )
}

/// The form Argo CD compares: lower case, without `.git` and without the scheme of SSH.
pub(crate) fn compared(url: &str) -> String {
    let mut url = url.trim().to_lowercase();
    if is_ssh(&url) && !url.starts_with("ssh://") {
        url = url.replacen(':', "/", 1);
    }
    let url = url.strip_suffix(".git").unwrap_or(&url);
    url.strip_prefix("ssh://").unwrap_or(url).to_owned()
}

/// `user@host:path`, with or without `ssh://` in front.
fn is_ssh(url: &str) -> bool {
    let rest = url.strip_prefix("ssh://").unwrap_or(url);
    let one = rest
        .split_once('@')
        .filter(|(_, host)| !host.is_empty() && !host.contains('@'));
    one.is_some_and(|(user, _)| !user.contains(['/', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidying_keeps_what_the_server_tells_apart() {
        for (url, expected) in [
            (
                " https://GitHub.com/Acme/Shop.git/ ",
                "https://github.com/Acme/Shop.git",
            ),
            ("git@GitHub.com:Acme/Shop", "git@GitHub.com:Acme/Shop"),
            ("SSH://Git@Host:22/A", "ssh://Git@host:22/A"),
            ("", ""),
        ] {
            assert_eq!(tidied(url), expected);
        }
    }

    #[test]
    fn spellings_of_one_repository_compare_equal() {
        for url in [
            "git@github.com:a/b.git",
            "ssh://git@GITHUB.com/a/b",
            "git@github.com/a/b",
        ] {
            assert_eq!(compared(url), "git@github.com/a/b");
        }
        assert_eq!(
            compared("https://github.com/A/B.git"),
            "https://github.com/a/b"
        );
    }
}
