//! Objects that are going away.
//!
//! Comes in: what a kind says then, and the finalizers of the object. Goes out: that, and for each
//! finalizer of the promoter what it waits for and what happens without it. Kinds that have no
//! finalizer of their own do not look at them.

use crate::rules::field::{Field, Stumble};

/// A finalizer of a kind, and what is said of it.
pub type Finalizer = (&'static str, &'static str);

pub const CHANGE_TRANSFER_POLICY: &[Finalizer] = &[(
    "changetransferpolicy.promoter.argoproj.io/finalizer",
    "Waiting to clear related PullRequest finalizers and finish cleanup before this policy is \
     removed. Risk if removed manually: The \
     'changetransferpolicy.promoter.argoproj.io/pullrequest-finalizer' finalizer may not be \
     cleaned up from PullRequests owned by this ChangeTransferPolicy.",
)];
pub const CLUSTER_SCM_PROVIDER: &[Finalizer] = &[(
    "clusterscmprovider.promoter.argoproj.io/finalizer",
    "Waiting until no GitRepository still references this cluster-wide SCM provider. \
     Risk if removed manually: \
     GitRepository objects can reference a provider that no longer exists.",
)];
pub const GIT_REPOSITORY: &[Finalizer] = &[(
    "gitrepository.promoter.argoproj.io/finalizer",
    "Waiting until no non-deleting PullRequests still reference this repository. \
     Risk if removed manually: \
     repository metadata may be removed while promotions still depend on it.",
)];
pub const PULL_REQUEST: &[Finalizer] = &[
    (
        "pullrequest.promoter.argoproj.io/finalizer",
        "Waiting for SCM closure or reconciliation of the pull request. \
         Risk if removed manually: the real PR can stay open after the CR is gone.",
    ),
    (
        "changetransferpolicy.promoter.argoproj.io/pullrequest-finalizer",
        "Waiting for the ChangeTransferPolicy to observe PR identity and state. \
         Risk if removed manually: promotion status or history can be wrong or racy.",
    ),
];
pub const SCM_PROVIDER: &[Finalizer] = &[(
    "scmprovider.promoter.argoproj.io/finalizer",
    "Waiting until no GitRepository in this namespace still references this provider. \
     Risk if removed manually: \
     GitRepository objects can reference a provider that no longer exists.",
)];

/// What is said of an object that is going away.
pub fn told(deleting: &str, known: &[Finalizer], finalizers: Field<'_>) -> Result<String, Stumble> {
    let mut message = deleting.to_owned();
    if known.is_empty() || !finalizers.is_truthy() {
        return Ok(message);
    }
    for finalizer in finalizers.items()? {
        if let Some((name, words)) = known.iter().find(|(name, _)| finalizer.is(name)) {
            message += &format!(" {name}: {words}");
        }
    }
    Ok(message)
}
