//! The kinds of the promoter: what each says in the states that all kinds have, and what it looks
//! at once it is ready.

use super::branches;
use super::finalizers::{self, Finalizer};
use super::{change_transfer_policy, promotion_strategy, told};
use crate::rules::field::Field;
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::Healthy;

/// A kind.
pub struct Kind {
    pub initializing: &'static str,
    pub deleting: &'static str,
    pub outdated: &'static str,
    /// Before the message of an error in reconciling.
    pub failed: &'static str,
    /// Before any other reason why it is not ready.
    pub not_ready: &'static str,
    /// Before the reason why nobody knows, for kinds that wait then.
    pub unclear: Option<&'static str>,
    /// The condition is missing.
    pub missing: &'static str,
    /// The conditions that say whether it is ready.
    pub ready: &'static [&'static str],
    /// The finalizers that are told of when it goes away.
    pub finalizers: &'static [Finalizer],
    /// What it comes to once it is ready.
    pub then: fn(Field<'_>) -> Verdict,
}

pub const ARGO_CD_COMMIT_STATUS: Kind = Kind {
    initializing: "Initializing Argo CD commit status",
    deleting: "Argo CD commit status is being deleted",
    outdated: "Waiting for Argo CD commit status spec update to be observed",
    failed: "Argo CD commit status reconciliation failed",
    not_ready: "Argo CD commit status reconciliation failed",
    unclear: None,
    missing: "Argo CD commit status is not ready yet",
    ready: &["Ready"],
    finalizers: &[],
    then: told::applications,
};
pub const CHANGE_TRANSFER_POLICY: Kind = Kind {
    initializing: "Initializing change transfer policy",
    deleting: "Change transfer policy is being deleted.",
    outdated: "Waiting for change transfer policy spec update to be observed",
    failed: "Change transfer policy reconciliation failed",
    not_ready: "Change transfer policy reconciliation failed",
    unclear: None,
    missing: "Change transfer policy is not ready yet",
    ready: &["Ready"],
    finalizers: finalizers::CHANGE_TRANSFER_POLICY,
    then: change_transfer_policy::judge,
};
pub const CLUSTER_SCM_PROVIDER: Kind = Kind {
    initializing: "Initializing cluster SCM provider",
    deleting: "ClusterScmProvider is being deleted.",
    outdated: "Waiting for ClusterScmProvider spec update to be observed",
    failed: "Cluster SCM provider validation failed",
    not_ready: "Cluster SCM provider not ready",
    unclear: Some("Cluster SCM provider readiness unknown"),
    missing: "ClusterScmProvider Ready condition is missing",
    ready: &["Ready"],
    finalizers: finalizers::CLUSTER_SCM_PROVIDER,
    then: |_| Healthy.says("Cluster SCM provider is ready"),
};
pub const COMMIT_STATUS: Kind = Kind {
    initializing: "Initializing commit status",
    deleting: "Commit status is being deleted",
    outdated: "Waiting for commit status spec update to be observed",
    failed: "Commit status reconciliation failed",
    not_ready: "Commit status reconciliation failed",
    unclear: None,
    missing: "Commit status is not ready yet",
    ready: &["Ready"],
    finalizers: &[],
    then: told::commit,
};
pub const GIT_COMMIT_STATUS: Kind = Kind {
    initializing: "Initializing git commit validation",
    deleting: "GitCommitStatus is being deleted",
    outdated: "Waiting for GitCommitStatus spec update to be observed",
    failed: "Git commit validation failed",
    not_ready: "Git commit validation not ready",
    unclear: Some("Git commit validation status unknown"),
    missing: "GitCommitStatus Ready condition is missing",
    ready: &["Ready"],
    finalizers: &[],
    then: |object| branches::GIT.judge(object),
};
pub const GIT_REPOSITORY: Kind = Kind {
    initializing: "Initializing Git repository",
    deleting: "GitRepository is being deleted.",
    outdated: "Waiting for GitRepository spec update to be observed",
    failed: "Git repository validation failed",
    not_ready: "Git repository not ready",
    unclear: Some("Git repository readiness unknown"),
    missing: "GitRepository Ready condition is missing",
    ready: &["Ready"],
    finalizers: finalizers::GIT_REPOSITORY,
    then: |_| Healthy.says("Git repository is ready"),
};
pub const PROMOTION_STRATEGY: Kind = Kind {
    initializing: "Initializing promotion strategy",
    deleting: "Promotion strategy is being deleted",
    outdated: "Waiting for promotion strategy spec update to be observed",
    failed: "Promotion strategy reconciliation failed",
    not_ready: "Promotion strategy reconciliation failed",
    unclear: None,
    missing: "Promotion strategy is not ready yet",
    ready: &["Ready"],
    finalizers: &[],
    then: promotion_strategy::judge,
};
pub const PULL_REQUEST: Kind = Kind {
    initializing: "Initializing pull request",
    deleting: "Pull request is being deleted.",
    outdated: "Waiting for pull request spec update to be observed",
    failed: "Pull request reconciliation failed",
    not_ready: "Pull request reconciliation failed",
    unclear: None,
    missing: "Pull request is not ready yet",
    ready: &["Reconciled", "Ready"],
    finalizers: finalizers::PULL_REQUEST,
    then: told::pull_request,
};
pub const SCM_PROVIDER: Kind = Kind {
    initializing: "Initializing SCM provider",
    deleting: "ScmProvider is being deleted.",
    outdated: "Waiting for ScmProvider spec update to be observed",
    failed: "SCM provider validation failed",
    not_ready: "SCM provider not ready",
    unclear: Some("SCM provider readiness unknown"),
    missing: "ScmProvider Ready condition is missing",
    ready: &["Ready"],
    finalizers: finalizers::SCM_PROVIDER,
    then: |_| Healthy.says("SCM provider is ready"),
};
pub const TIMED_COMMIT_STATUS: Kind = Kind {
    initializing: "Initializing timed commit gate",
    deleting: "TimedCommitStatus is being deleted",
    outdated: "Waiting for TimedCommitStatus spec update to be observed",
    failed: "Timed commit gate failed",
    not_ready: "Timed commit gate not ready",
    unclear: Some("Timed commit gate status unknown"),
    missing: "TimedCommitStatus Ready condition is missing",
    ready: &["Ready"],
    finalizers: &[],
    then: |object| branches::TIMED.judge(object),
};
pub const WEB_REQUEST_COMMIT_STATUS: Kind = Kind {
    initializing: "Initializing web request commit validation",
    deleting: "WebRequestCommitStatus is being deleted",
    outdated: "Waiting for WebRequestCommitStatus spec update to be observed",
    failed: "Web request commit validation failed",
    not_ready: "Web request commit validation not ready",
    unclear: Some("Web request commit validation unknown"),
    missing: "WebRequestCommitStatus Ready condition is missing",
    ready: &["Ready"],
    finalizers: &[],
    then: |object| branches::WEB_REQUEST.judge(object),
};
