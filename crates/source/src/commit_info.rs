//! What a commit says about itself.

use crate::git_tree::GitTree;
use crate::printable::printable;
use crate::store::ReadError;
use gix::objs::{CommitRef, Kind};
use model::Timestamp;
use std::time::Duration;

/// The most of a message that is kept.
const MAX_MESSAGE: usize = 64 << 10;
/// The largest commit object that is read.
const MAX_COMMIT: u64 = 4 << 20;

/// A commit's own words, made safe to print. Anybody can write any name into a commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommitInfo {
    /// `Name <mail>`.
    pub author: String,
    /// When it was written.
    pub authored: Timestamp,
    /// When it was committed.
    pub committed: Timestamp,
    /// The message, cut after 64 KiB.
    pub message: String,
    /// The commits before it.
    pub parents: Vec<String>,
    /// What kind of signature it carries; whose it is has not been checked.
    pub signature: Option<SignatureKind>,
}

/// How a commit is signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignatureKind {
    /// OpenPGP.
    OpenPgp,
    /// SSH.
    Ssh,
    /// X.509 (gitsign).
    X509,
    /// Something else.
    Unknown,
}

/// Why a commit could not be described.
#[derive(Debug, thiserror::Error)]
#[error("commit {commit} cannot be read")]
pub struct CommitError {
    commit: gix::ObjectId,
    source: Box<dyn std::error::Error + Send + Sync>,
}

pub(crate) fn describe(tree: &GitTree) -> Result<CommitInfo, CommitError> {
    let commit = tree.root.commit;
    let failed = |source: Box<dyn std::error::Error + Send + Sync>| CommitError { commit, source };
    let bytes = tree
        .root
        .store
        .read(commit, Kind::Commit, MAX_COMMIT)
        .map_err(|error: ReadError| failed(error.into()))?;
    let parsed =
        CommitRef::from_bytes(&bytes, commit.kind()).map_err(|error| failed(error.into()))?;
    let message = String::from_utf8_lossy(&parsed.message[..parsed.message.len().min(MAX_MESSAGE)])
        .into_owned();
    Ok(CommitInfo {
        author: printable(&name(parsed.author)),
        authored: time(parsed.author),
        committed: time(parsed.committer),
        message: printable(message.trim()),
        parents: parsed
            .parents
            .iter()
            .map(|parent| printable(&parent.to_string()))
            .collect(),
        signature: signature(&parsed),
    })
}

/// `Name <mail>` of `Name <mail> 1700000000 +0100`.
fn name(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    line.rfind('>')
        .map_or(line.trim(), |end| &line[..=end])
        .to_owned()
}

fn time(line: &[u8]) -> Timestamp {
    let line = String::from_utf8_lossy(line);
    let after = line.rfind('>').map_or("", |end| &line[end + 1..]);
    let seconds = after
        .split_whitespace()
        .next()
        .and_then(|word| word.parse::<u64>().ok());
    // A time before 1970 or after the year 9999 is somebody's joke.
    let seconds = seconds
        .filter(|seconds| *seconds < 253_402_300_800)
        .unwrap_or(0);
    Timestamp::default() + Duration::from_secs(seconds)
}

fn signature(commit: &CommitRef<'_>) -> Option<SignatureKind> {
    let header = |name: &str| {
        commit
            .extra_headers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let value = header("gpgsig").or_else(|| header("gpgsig-sha256"))?;
    let starts = |text: &str| value.starts_with(text.as_bytes());
    Some(match () {
        () if starts("-----BEGIN PGP") => SignatureKind::OpenPgp,
        () if starts("-----BEGIN SSH") => SignatureKind::Ssh,
        () if starts("-----BEGIN SIGNED MESSAGE") => SignatureKind::X509,
        () => SignatureKind::Unknown,
    })
}
