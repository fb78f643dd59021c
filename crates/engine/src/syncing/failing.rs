//! Why an attempt failed, in the words that scripts match.
//!
//! Source of the words: Argo CD 3.5, gitops-engine/pkg/sync/sync_context.go (executeSyncFailPhase).

use crate::app_state::{Running, Walk};
use model::{ResourceResult, ResultCode, SyncPhase};

const NOT_APPLIED: &str = "one or more objects failed to apply";
const UNSUCCESSFUL: &str = "one or more synchronization tasks completed unsuccessfully";
const SYNC_FAIL_FAILED: &str = "one or more SyncFail hooks failed";

/// The message of a failed attempt.
pub(super) fn reason(running: &Running, walk: &Walk) -> String {
    let what = match walk.failed && !walk.on_failure {
        true => NOT_APPLIED,
        false => UNSUCCESSFUL,
    };
    let failed = with_reasons(what, running, |phase| phase != SyncPhase::SyncFail);
    let hooks = with_reasons(SYNC_FAIL_FAILED, running, |phase| {
        phase == SyncPhase::SyncFail
    });
    match hooks == SYNC_FAIL_FAILED {
        true => failed,
        false => format!("{failed}\n{hooks}"),
    }
}

/// What failed, with what the server said of each object, once.
fn with_reasons(what: &str, running: &Running, counts: impl Fn(SyncPhase) -> bool) -> String {
    let failed =
        |result: &&ResourceResult| counts(result.phase) && result.code == ResultCode::SyncFailed;
    let mut messages: Vec<&str> = Vec::new();
    for result in running.results.values().filter(failed) {
        if !messages.contains(&&*result.message) {
            messages.push(&result.message);
        }
    }
    match messages.is_empty() {
        true => what.to_owned(),
        false => format!("{what}, reason: {}", messages.join(",")),
    }
}
