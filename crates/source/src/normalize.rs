//! Repository URLs as Argo CD compares them.
//!
//! Comes in: a URL as somebody spelled it. Goes out: a text that is equal for two spellings Argo CD
//! takes for the same repository. It is for comparing only: lower-cased paths do not connect.

/// The form in which two URLs of one repository are equal; the trimmed text itself if it is no URL.
pub fn normalize_url(url: &str) -> String {
    let lower = url.trim().to_lowercase();
    let whole = match is_scp_like(&lower) {
        true => format!("ssh://{}", lower.replacen(':', "/", 1)),
        false => lower,
    };
    let bare = whole.strip_suffix(".git").unwrap_or(&whole);
    bare.strip_prefix("ssh://").unwrap_or(bare).to_owned()
}

/// Do two URLs name the same repository?
pub fn same_repository(left: &str, right: &str) -> bool {
    normalize_url(left) == normalize_url(right)
}

/// `user@host:path`: no scheme, no slash or colon before the first `@`.
fn is_scp_like(url: &str) -> bool {
    !url.starts_with("ssh://")
        && url
            .split_once('@')
            .is_some_and(|(user, rest)| !user.contains(['/', ':']) && !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_repository_are_equal() {
        for (left, right) in [
            (
                "git@GITHUB.com:argoproj/test",
                "git@github.com:argoproj/test.git",
            ),
            ("git@GITHUB.com:test", "git@github.com:test.git"),
            (
                "https://GITHUB.com/argoproj/test",
                "https://github.com/argoproj/test.git",
            ),
            ("https://github.com/FOO", "https://github.com/foo"),
            (
                "https://github.com:4443/TEST",
                "https://github.com:4443/TEST.git",
            ),
            (
                "ssh://git@GITHUB.com/argoproj/test",
                "git@github.com:argoproj/test.git",
            ),
            ("ssh://git@GITHUB.com/test.git", "git@github.com:test.git"),
            (
                " https://github.com/argoproj/test ",
                "https://github.com/argoproj/test.git",
            ),
            (
                "\thttps://github.com/argoproj/test\n",
                "https://github.com/argoproj/test.git",
            ),
        ] {
            assert!(same_repository(left, right), "{left} {right}");
        }
    }

    #[test]
    fn different_repositories_stay_different() {
        assert!(!same_repository(
            "https://github.com/a/b",
            "https://github.com/a/c"
        ));
        assert!(!same_repository(
            "https://github.com/a/b",
            "git@github.com:a/b"
        ));
        assert!(!same_repository(
            "https://github.com/a/b",
            "http://github.com/a/b"
        ));
        assert_eq!(
            normalize_url("https://dev.azure.com/1/_git/x"),
            "https://dev.azure.com/1/_git/x"
        );
    }
}
