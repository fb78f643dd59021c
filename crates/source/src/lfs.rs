//! Git LFS pointers: small files that stand for content kept elsewhere.

/// What a pointer stands for; its content is not fetched.
#[derive(Debug, thiserror::Error)]
#[error(
    "it is a Git LFS pointer to {size} bytes kept elsewhere, which are not fetched; commit the file itself, or leave it out of the manifests"
)]
pub(crate) struct PointerError {
    size: String,
}

/// Is the content an LFS pointer?
pub(crate) fn pointer(bytes: &[u8]) -> Option<PointerError> {
    const FIRST: &[u8] = b"version https://git-lfs.github.com/spec/";
    if bytes.len() > 1024 || !bytes.starts_with(FIRST) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let size = text.lines().find_map(|line| line.strip_prefix("size "))?;
    text.lines()
        .any(|line| line.starts_with("oid "))
        .then(|| PointerError {
            size: size.to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_told_from_files() {
        let text = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
        assert_eq!(pointer(text.as_bytes()).unwrap().size, "12345");
        assert!(pointer(b"kind: ConfigMap\n").is_none());
        assert!(pointer(b"version https://git-lfs.github.com/spec/v1\n").is_none());
    }
}
