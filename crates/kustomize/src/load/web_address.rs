//! Is a path an address on the web?
//!
//! Comes in: a path as a kustomization has it. Goes out: yes or no. Source: Kustomize 5.8.1,
//! api/internal/loader/fileloader.go (IsRemoteFile), which asks Go's url.Parse for the scheme.

/// Does the path start with `http:` or `https:`, slashes or not? A text with control characters, as
/// a patch that stands in place of a path, is no address.
pub fn is_web_address(path: &str) -> bool {
    let before_fragment = path.split('#').next().unwrap_or(path);
    let scheme = path.split(':').next().unwrap_or_default();
    before_fragment.contains(':')
        && ["http", "https"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
        && !before_fragment.bytes().any(|byte| byte.is_ascii_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_tells() {
        for (path, remote) in [
            ("https://git.example/raw/pod.yaml", true),
            ("HTTP://git.example/pod.yaml", true),
            ("https:/one-slash/pod.yaml", true),
            ("http:pod.yaml", true),
            ("git.example/team/app//base", false),
            ("ssh://git@git.example/team/app.git", false),
            ("git::https://git.example/team/app", false),
            ("httpsx://git.example/pod.yaml", false),
            ("pod.yaml", false),
            ("http#:pod.yaml", false),
            ("http: |\n  kind: Pod\n", false),
        ] {
            assert_eq!(is_web_address(path), remote, "{path}");
        }
    }
}
