//! The parts of an image's reference.
//!
//! Comes in: `host:5000/name:tag@digest` or less. Goes out: its parts. Source: Kustomize 5.8.1,
//! api/internal/image/image.go.

/// Name, tag and digest; the last two may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reference<'a> {
    pub name: &'a str,
    pub tag: &'a str,
    pub digest: &'a str,
}

impl<'a> Reference<'a> {
    /// Takes a reference apart. What stands before the first slash is never a tag.
    pub fn parse(text: &'a str) -> Self {
        let path = text.find('/').unwrap_or(0);
        let find = |mark| text[path..].find(mark).map(|at| path + at);
        match (find(':'), find('@')) {
            (Some(colon), Some(at)) if colon < at => Self {
                name: &text[..colon],
                tag: &text[colon + 1..at],
                digest: &text[at + 1..],
            },
            (_, Some(at)) => Self {
                name: &text[..at],
                tag: "",
                digest: &text[at + 1..],
            },
            (Some(colon), None) => Self {
                name: &text[..colon],
                tag: &text[colon + 1..],
                digest: "",
            },
            (None, None) => Self {
                name: text,
                tag: "",
                digest: "",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_apart() {
        for (text, name, tag, digest) in [
            ("ship", "ship", "", ""),
            ("ship:2", "ship", "2", ""),
            ("ship@sha256:0a", "ship", "", "sha256:0a"),
            ("ship:2@sha256:0a", "ship", "2", "sha256:0a"),
            ("dock:5000/fleet/ship", "dock:5000/fleet/ship", "", ""),
            ("dock:5000/ship:2", "dock:5000/ship", "2", ""),
            ("dock:5000/ship:2@d:1", "dock:5000/ship", "2", "d:1"),
            ("/ship:2", "/ship", "2", ""),
            ("ship:a:b", "ship", "a:b", ""),
            ("ship@", "ship", "", ""),
            ("", "", "", ""),
        ] {
            let expected = Reference { name, tag, digest };
            assert_eq!(Reference::parse(text), expected, "{text}");
        }
    }
}
