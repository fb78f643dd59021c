//! What can happen to the engine.

use crate::RequestId;
use live::Record;
use model::{App, AppId, ClusterId, GroupKind, ObjectKey, Project, Revision, SourceKey, TreePath};
use plan::Target;
use render::Inputs;
use std::collections::HashSet;
use std::sync::Arc;

/// An event. The engine never asks for one: it is told.
#[derive(Debug)]
pub enum Event {
    /// An app was made or changed.
    App(Box<App>),
    /// An app's custom resource is gone.
    AppGone(AppId),
    /// A project was made or changed, or (none) removed.
    Project(Arc<str>, Option<Arc<dyn Project>>),
    /// Somebody says that this source has something new.
    Pushed(SourceKey),
    /// A live object was seen; only objects that are desired or marked are told.
    Observed(Box<Record>),
    /// A live object lost its mark, and nothing is desired of it.
    Unmarked(ObjectKey),
    /// A live object is gone.
    Vanished(ObjectKey, Arc<str>),
    /// A kind was listed whole.
    Listed(Box<Listing>),
    /// A namespace exists, or (false) no longer does.
    Namespace(ObjectKey, bool),
    /// The inventory of a cluster is complete for the first time, or (false) is being rebuilt.
    ClusterReady(ClusterId, bool),
    /// The kinds a cluster serves have changed.
    KindsChanged(ClusterId),
    /// The installation's own rules of comparing changed: no verdict of any app counts any more.
    RulesChanged,
    /// The single answer to a request.
    Answered(RequestId, Box<Answer>),
    /// Time passed.
    Tick,
}

/// All there is of a kind.
#[derive(Debug)]
pub struct Listing {
    /// Where.
    pub cluster: ClusterId,
    /// What kind.
    pub kind: GroupKind,
    /// The UIDs of all its objects.
    pub uids: HashSet<Arc<str>>,
    /// The resource version this was true at.
    pub at: u64,
}

/// Why something could not be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What failed, where, why, and what to do next.
    pub message: String,
    /// It may well work later without anybody changing anything (network, overload, conflict).
    pub transient: bool,
}

/// Where a source led.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The commit.
    pub revision: Revision,
    /// Files that differ from the revision named in the request; none when that is not known.
    pub changed: Option<Vec<TreePath>>,
}

/// A target with the record of what it was rendered from.
#[derive(Clone, Debug)]
pub struct RenderedTarget {
    /// What is wanted.
    pub target: Arc<Target>,
    /// Every file and folder that was looked at.
    pub inputs: Arc<Inputs>,
}

/// An apply that went through.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The object as the server answered, reduced; none after a dry run.
    pub record: Option<Record>,
    /// What to say of it (`configured`, warnings ...).
    pub message: String,
}

/// Answers, one per sort of request.
#[derive(Debug)]
pub enum Answer {
    /// To `Resolve`.
    Resolved(Result<Resolved, Failure>),
    /// To `Render`.
    Rendered(Result<RenderedTarget, Failure>),
    /// To `Compare`: the object as it is now; none when it is not there.
    Compared(Result<Option<Record>, Failure>),
    /// To `Apply` and `RunHook`.
    Applied(Result<Applied, Failure>),
    /// To `Delete`, `ReleaseHook` and `EnsureNamespace`.
    Done(Result<(), Failure>),
    /// To `Report`.
    Reported(Result<(), Failure>),
}
