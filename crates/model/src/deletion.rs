//! How an app goes, part by part.

use crate::{PropagationPolicy, Timestamp};

/// What happens when an app goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Deletion {
    /// Since when it is being deleted.
    pub since: Timestamp,
    /// Its objects go too, with this propagation; none leaves them.
    pub cascade: Option<PropagationPolicy>,
    /// Its PreDelete hooks run before, or were run and are to be cleaned up.
    pub before: DeleteHooks,
    /// Its PostDelete hooks run after, or were run and are to be cleaned up.
    pub after: DeleteHooks,
}

/// How far the hooks around a deletion are, by the finalizers that are left.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DeleteHooks {
    /// They are to run.
    pub run: bool,
    /// They are to be cleaned up.
    pub cleanup: bool,
}

/// Parts of an app's deletion that are done, so that the marks that wait for them can go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct DeletionDone {
    /// The hooks before it ran.
    pub before: bool,
    /// The objects are gone.
    pub objects: bool,
    /// The hooks after it ran.
    pub after: bool,
    /// What the hooks before it left is gone.
    pub before_cleanup: bool,
    /// What the hooks after it left is gone.
    pub after_cleanup: bool,
}
