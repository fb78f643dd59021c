//! What a project permits, as a question the engine can ask without knowing the dialect.

use crate::{App, GroupKind, ObjectKey, Timestamp};

/// An answer with its reason when it is no.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Permitted.
    Permitted,
    /// Refused, in words a user can act on.
    Refused(String),
}

impl Verdict {
    /// Was it permitted?
    pub fn is_permitted(&self) -> bool {
        *self == Verdict::Permitted
    }
}

/// The limits an app lives within. Implemented by the doors (Argo CD: AppProject).
pub trait Project: Send + Sync + std::fmt::Debug {
    /// May this app follow its source and write to its destination?
    fn permits_app(&self, app: &App) -> Verdict;

    /// May an object of this kind be written there? `namespaced` says the kind's scope; for
    /// namespaced objects the key's cluster and namespace must be a permitted destination too.
    fn permits_object(&self, key: &ObjectKey, namespaced: bool) -> Verdict;

    /// May a kind be written at all (used before objects are known)?
    fn permits_kind(&self, kind: &GroupKind, namespaced: bool) -> Verdict;

    /// May a sync begin now, or go on that began at `started_at`? `manual` says that a person asked
    /// for it. Projects without time limits always permit.
    fn permits_sync(
        &self,
        app: &App,
        manual: bool,
        now: Timestamp,
        started_at: Option<Timestamp>,
    ) -> Verdict {
        let _ = (app, manual, now, started_at);
        Verdict::Permitted
    }
}
