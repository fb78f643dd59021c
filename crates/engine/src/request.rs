//! What the engine wants done in the world. Each request is answered once, or never (when the
//! process dies); requests without an id are told and forgotten.

use model::{
    App, AppId, DeletionDone, ObjectKey, Outcome, PropagationPolicy, Revision, SourceKey, Timestamp,
};
use plan::{Desired, Hook};
use std::sync::Arc;

/// Ties an answer to its request.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RequestId(pub u64);

/// Who waits for it: interactive work goes before bulk work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Priority {
    /// Drift to set back, or a person waiting.
    Interactive,
    /// Everything else.
    Bulk,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// How urgent it is.
    pub priority: Priority,
    /// What is wanted.
    pub work: Work,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub enum Work {
    /// Find out where a source leads, fetch it, and say what changed since `previous`.
    Resolve {
        /// The source.
        source: SourceKey,
        /// What it led to before.
        previous: Option<Revision>,
    },
    /// Render an app at a revision.
    Render {
        /// The app.
        app: Arc<App>,
        /// Its source's reference may differ from the app's (a sync to a named revision).
        source: SourceKey,
        /// The revision.
        revision: Revision,
        /// Caches must not be used.
        fresh: bool,
        /// Manifests that stand in for what the source holds.
        local: Option<Arc<[String]>>,
    },
    /// Read an object and compare it, asking the server's dry run where that is needed.
    Compare(Arc<Desired>, Arc<App>),
    /// Apply an object.
    Apply {
        /// The object.
        desired: Arc<Desired>,
        /// Its app.
        app: Arc<App>,
        /// By which way.
        how: ApplyMode,
    },
    /// Make a hook.
    RunHook {
        /// The hook.
        hook: Arc<Hook>,
        /// The object it is in this run.
        key: ObjectKey,
        /// Names this run of it.
        run: Arc<str>,
        /// It is held until its outcome was seen.
        held: bool,
        /// Its app.
        app: Arc<App>,
        /// By which way.
        how: ApplyMode,
    },
    /// Let a hook go that still has this UID: nothing holds it any longer.
    ReleaseHook {
        /// The hook.
        key: ObjectKey,
        /// Version to address it at.
        version: Arc<str>,
        /// The UID.
        uid: Arc<str>,
        /// It is deleted too, with this for its dependents.
        delete: Option<PropagationPolicy>,
    },
    /// Make a namespace if it is not there, with the metadata the app gives it.
    EnsureNamespace(ObjectKey, Arc<App>),
    /// Delete an object that still has this UID.
    Delete {
        /// The object.
        key: ObjectKey,
        /// Version to address it at.
        version: Arc<str>,
        /// The UID.
        uid: Arc<str>,
        /// What happens to its dependents.
        propagation: PropagationPolicy,
        /// It is a prune: an object that has become wanted since must stay.
        prune: bool,
    },
    /// Write an app's status.
    Report(Box<Report>),
}

/// By which way an object is brought to what is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ApplyMode {
    /// Only let the server say what would come of it.
    pub dry_run: bool,
    /// Put in place of what is there, rather than applied to it.
    pub replace: bool,
    /// Delete what cannot be changed in place, and make it anew.
    pub force: bool,
}

/// A status to write, with the marks on the custom resource to take away.
#[derive(Clone, Debug)]
pub struct Report {
    /// The app.
    pub app: AppId,
    /// What to say.
    pub outcome: Outcome,
    /// The requested operation was taken in: remove it from the resource.
    pub operation_taken: bool,
    /// The requested refresh is done: remove the request.
    pub refresh_done: bool,
    /// The app has hooks that run before, and after, it is deleted; none when that is not known.
    pub delete_hooks: Option<(bool, bool)>,
    /// Parts of a deletion that are done.
    pub deletion_done: DeletionDone,
}

/// What is desired of an object from now on, and by which app; none when nothing is any longer.
pub type Wish = (ObjectKey, Option<(Arc<Desired>, Arc<App>)>);

/// Things to tell that have no answer.
#[derive(Clone, Debug)]
pub enum Notice {
    /// What is desired of objects has changed: watches compare against this from now on.
    Desired(Vec<Wish>),
    /// Something users should see in the app's events.
    Event {
        /// The app.
        app: AppId,
        /// Argo CD's reason (`OperationCompleted`, `ResourceUpdated` ...).
        reason: &'static str,
        /// In words.
        message: String,
        /// It is a warning.
        warning: bool,
    },
    /// A drifted object was set back.
    Healed {
        /// The app.
        app: AppId,
        /// The object.
        key: ObjectKey,
        /// When the drift was seen.
        since: Timestamp,
    },
}

/// What a step of the engine gives out.
#[derive(Debug, Default)]
pub struct Outbox {
    /// To be carried out, in this order where it matters.
    pub requests: Vec<Request>,
    /// To be told.
    pub notices: Vec<Notice>,
}
