//! A push, whichever host told of it.

/// What was pushed where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Push {
    /// URLs of the repository, as the host names it.
    pub repository_urls: Vec<String>,
    /// The branch or tag.
    pub reference: PushedRef,
    /// The commit it stands at now; none when it was deleted or the host does not say.
    pub revision: Option<String>,
    /// Was the default branch pushed to, or can that not be told?
    pub touched_head: bool,
    /// The files that changed, as far as the host says; hosts shorten long lists.
    pub changed_files: Vec<String>,
}

/// The name of what was pushed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PushedRef {
    /// A branch.
    Branch(String),
    /// A tag.
    Tag(String),
}

impl PushedRef {
    /// Reads `refs/heads/x`, `refs/tags/x`, or a bare branch name.
    pub fn parse(reference: &str) -> Self {
        match reference.strip_prefix("refs/tags/") {
            Some(tag) => Self::Tag(tag.to_owned()),
            None => Self::Branch(
                reference
                    .strip_prefix("refs/heads/")
                    .unwrap_or(reference)
                    .to_owned(),
            ),
        }
    }

    /// The name without `refs/`.
    pub fn name(&self) -> &str {
        match self {
            Self::Branch(name) | Self::Tag(name) => name,
        }
    }

    /// Is it that branch?
    pub fn is_branch(&self, name: &str) -> bool {
        matches!(self, Self::Branch(branch) if branch == name)
    }
}

/// A commit id, unless it is empty or all zeros: a deleted reference's.
pub(super) fn commit(id: &str) -> Option<String> {
    id.bytes().any(|digit| digit != b'0').then(|| id.to_owned())
}

/// URLs that are there.
pub(super) fn urls<'a>(urls: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    urls.into_iter()
        .filter(|url| !url.is_empty())
        .map(str::to_owned)
        .collect()
}
