//! Sync options of an app.
//!
//! Comes in: `spec.syncPolicy.syncOptions`. Goes out: the options acted on; each other spelling is
//! kept by name. An option that asks for a confirmation nobody can give yet does not happen at all.
//! Source: Argo CD 3.5: controller/sync.go, gitops-engine/pkg/sync/common/types.go.

use crate::fields::Object;
use model::{PropagationPolicy, SyncOptions};

pub(super) fn read(policy: &Object<'_>, told: &mut Vec<String>) -> SyncOptions {
    let mut options = SyncOptions::default();
    for item in policy.texts("syncOptions") {
        for spelling in item
            .split(',')
            .map(str::trim)
            .filter(|spelling| !spelling.is_empty())
        {
            if let Some(note) = set(&mut options, spelling) {
                told.push(format!(
                    "{}: {spelling} {note}",
                    policy.path_of("syncOptions")
                ));
            }
        }
    }
    options
}

/// Sets one option; gives back what to say if it is not acted on.
fn set(options: &mut SyncOptions, spelling: &str) -> Option<&'static str> {
    match spelling {
        "CreateNamespace=true" => options.create_namespace = true,
        "PruneLast=true" => options.prune_last = true,
        "Prune=false" => options.never_prune = true,
        "Delete=false" => options.never_delete = true,
        "ApplyOutOfSyncOnly=true" => options.only_out_of_sync = true,
        "FailOnSharedResource=true" => options.fail_on_shared = true,
        "RespectIgnoreDifferences=true" => options.respect_ignored = true,
        "Validate=false" => options.skip_validation = true,
        "PrunePropagationPolicy=foreground" => options.propagation = PropagationPolicy::Foreground,
        "PrunePropagationPolicy=background" => options.propagation = PropagationPolicy::Background,
        "PrunePropagationPolicy=orphan" => options.propagation = PropagationPolicy::Orphan,
        "Prune=confirm" => {
            options.never_prune = true;
            return Some("cannot be confirmed yet: nothing is pruned");
        }
        "Delete=confirm" => {
            options.never_delete = true;
            return Some("cannot be confirmed yet: nothing is deleted with the app");
        }
        other if is_default(other) => {}
        other if is_known(other) => return Some("is not acted on"),
        _ => return Some("is not a known option"),
    }
    None
}

/// Spellings that ask for what happens anyway. Every write is a server-side apply, and no dry run
/// comes before it that a missing kind could fail.
fn is_default(spelling: &str) -> bool {
    matches!(
        spelling,
        "ApplyOutOfSyncOnly=false"
            | "ClientSideApplyMigration=true"
            | "CreateNamespace=false"
            | "Delete=true"
            | "FailOnSharedResource=false"
            | "Force=false"
            | "Prune=true"
            | "PruneLast=false"
            | "Replace=false"
            | "RespectIgnoreDifferences=false"
            | "ServerSideApply=true"
            | "SkipDryRunOnMissingResource=false"
            | "SkipDryRunOnMissingResource=true"
            | "Validate=true"
    )
}

fn is_known(spelling: &str) -> bool {
    matches!(
        spelling,
        "ClientSideApplyMigration=false"
            | "DisableClientSideApplyMigration=true"
            | "Force=true"
            | "Replace=true"
            | "ServerSideApply=false"
    )
}
