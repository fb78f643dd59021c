//! Sync options of an app.
//!
//! Comes in: `spec.syncPolicy.syncOptions`. Goes out: the options acted on; each other spelling is
//! kept by name.
//! Source: Argo CD 3.5: controller/sync.go, gitops-engine/pkg/sync/common/types.go.

use crate::fields::Object;
use model::{Consent, PropagationPolicy, SyncOptions};

/// The options of a list `syncOptions` in an object.
pub(super) fn read(holder: &Object<'_>, told: &mut Vec<String>) -> SyncOptions {
    let mut options = SyncOptions::default();
    for item in holder.texts("syncOptions") {
        for spelling in item
            .split(',')
            .map(str::trim)
            .filter(|spelling| !spelling.is_empty())
        {
            if let Some(note) = set(&mut options, spelling) {
                told.push(format!(
                    "{}: {spelling} {note}",
                    holder.path_of("syncOptions")
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
        "Prune=false" => options.prune = options.prune.max(Consent::Never),
        "Prune=confirm" => options.prune = options.prune.max(Consent::OnConfirmation),
        "Delete=false" => options.delete = options.delete.max(Consent::Never),
        "Delete=confirm" => options.delete = options.delete.max(Consent::OnConfirmation),
        "Replace=true" => options.replace = true,
        "ClientSideApplyMigration=false" => options.keep_client_side = true,
        "ApplyOutOfSyncOnly=true" => options.only_out_of_sync = true,
        "FailOnSharedResource=true" => options.fail_on_shared = true,
        "RespectIgnoreDifferences=true" => options.respect_ignored = true,
        "Validate=false" => options.skip_validation = true,
        "PrunePropagationPolicy=foreground" => options.propagation = PropagationPolicy::Foreground,
        "PrunePropagationPolicy=background" => options.propagation = PropagationPolicy::Background,
        "PrunePropagationPolicy=orphan" => options.propagation = PropagationPolicy::Orphan,
        "Force=true" => return Some("is an option of single objects, not of an Application"),
        other if is_default(other) => {}
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
            | "ServerSideApply=false"
            | "ServerSideApply=true"
            | "SkipDryRunOnMissingResource=false"
            | "SkipDryRunOnMissingResource=true"
            | "Validate=true"
    )
}
