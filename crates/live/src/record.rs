//! What is remembered of one live object.

use model::{Digest, ObjectKey};
use std::sync::Arc;

/// Health in the words of the field; the `health` crate judges, this only keeps the answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Health {
    /// `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`.
    pub status: Arc<str>,
    /// Why; empty when there is nothing to say.
    pub message: Arc<str>,
}

/// How a live object compares with one desired text of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Proven the same, here or by the server.
    Same,
    /// It differs; a line a field, secrets masked.
    Different {
        /// What differs.
        changes: Vec<String>,
        /// Who wrote the first differing field, if the object says.
        writer: Option<Arc<str>>,
    },
    /// Only the server's dry run can tell.
    Doubtful,
    /// It could not be compared, and why: shown, never taken for the same.
    Failed(Arc<str>),
}

/// A verdict and what it is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Judgement {
    /// Digest of the desired object.
    pub desired: Digest,
    /// Digest of the live fields that the desired object declares or its manager owns.
    pub projection: Digest,
    /// The verdict.
    pub verdict: Verdict,
}

/// What the object itself forbids.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Protection {
    /// `Prune=false`, or a confirmation that is not implemented and so not given.
    pub prune: bool,
    /// `Delete=false`, or Helm's `resource-policy: keep`.
    pub delete: bool,
    /// `compare-options: IgnoreExtraneous`.
    pub ignore_extraneous: bool,
}

/// One live object that carries our mark or is desired.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// Which object.
    pub key: ObjectKey,
    /// API version it was seen at, without the group.
    pub version: Arc<str>,
    /// Its UID: what a deletion is bound to.
    pub uid: Arc<str>,
    /// Orders sightings of one object.
    pub resource_version: u64,
    /// The app instance named by its mark, if the mark is about this very object.
    pub instance: Option<Arc<str>>,
    /// It has owner references, so it belongs to another object rather than to an app.
    pub owned: bool,
    /// It has a deletion timestamp.
    pub deleting: bool,
    /// It is a hook, not part of the desired state.
    pub hook: bool,
    /// What it forbids.
    pub protection: Protection,
    /// Its wave, by its own annotation.
    pub wave: i64,
    /// Its health, if its kind has one.
    pub health: Option<Health>,
    /// How it compares, if something was desired of it when it was seen.
    pub judgement: Option<Judgement>,
}
