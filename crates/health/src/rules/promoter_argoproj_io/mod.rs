//! GitOps Promoter: changes on their way from one environment to the next.
//!
//! Comes in: a kind. Goes out: its rule. All kinds first look whether the object is going away and
//! what its condition `Ready` says (`ready.rs`); then each looks at what it has to tell.

mod branches;
mod change_transfer_policy;
mod commit_statuses;
mod finalizers;
mod kinds;
mod promotion_strategy;
mod ready;
mod sha;
mod told;

use super::check::Check;

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "ArgoCDCommitStatus" => |object| kinds::ARGO_CD_COMMIT_STATUS.judge(object),
        "ChangeTransferPolicy" => |object| kinds::CHANGE_TRANSFER_POLICY.judge(object),
        "ClusterScmProvider" => |object| kinds::CLUSTER_SCM_PROVIDER.judge(object),
        "CommitStatus" => |object| kinds::COMMIT_STATUS.judge(object),
        "GitCommitStatus" => |object| kinds::GIT_COMMIT_STATUS.judge(object),
        "GitRepository" => |object| kinds::GIT_REPOSITORY.judge(object),
        "PromotionStrategy" => |object| kinds::PROMOTION_STRATEGY.judge(object),
        "PullRequest" => |object| kinds::PULL_REQUEST.judge(object),
        "ScmProvider" => |object| kinds::SCM_PROVIDER.judge(object),
        "TimedCommitStatus" => |object| kinds::TIMED_COMMIT_STATUS.judge(object),
        "WebRequestCommitStatus" => |object| kinds::WEB_REQUEST_COMMIT_STATUS.judge(object),
        _ => return None,
    }))
}
