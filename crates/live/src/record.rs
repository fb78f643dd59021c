//! What is remembered of one live object.

use model::{Consent, Digest, ObjectKey};
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

/// What the object itself asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Wishes {
    /// Whether it may be pruned, if it says.
    pub prune: Option<Consent>,
    /// Whether it may be deleted with its app, if it says.
    pub delete: Option<Consent>,
    /// `PruneLast=true`.
    pub prune_last: bool,
    /// `Replace=true`.
    pub replace: bool,
    /// `Force=true`.
    pub force: bool,
    /// `compare-options: IgnoreExtraneous`.
    pub ignore_extraneous: bool,
    /// Its health does not count for its app.
    pub ignore_health: bool,
}

/// What is remembered of a live hook.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LiveHook {
    /// The run that made it, if one of ours did.
    pub run: Option<Arc<str>>,
    /// It is held until its outcome was seen.
    pub held: bool,
    /// It is deleted once its operation succeeded.
    pub delete_on_success: bool,
    /// It is deleted once its operation failed.
    pub delete_on_failure: bool,
    /// It runs before its app's objects are deleted.
    pub pre_delete: bool,
    /// It runs after its app's objects were deleted.
    pub post_delete: bool,
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
    pub hook: Option<Box<LiveHook>>,
    /// What it asks for.
    pub wishes: Wishes,
    /// Its wave, by its own annotation.
    pub wave: i64,
    /// Its health, if its kind has one.
    pub health: Option<Health>,
    /// Links a person may follow to it; none for most objects, which cost nothing then.
    pub urls: Option<Box<[Arc<str>]>>,
    /// How it compares, if something was desired of it when it was seen.
    pub judgement: Option<Judgement>,
}
