//! `status.operationState`: the running or last operation.
//!
//! Comes in: the operation with its progress, and the status the resource has. Goes out: the request
//! (as it was written, when somebody wrote it) and its result, an object a line. One that was over
//! before stays as it is written; the source that one synced stays what it was when it began.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (OperationState, ResourceResult).

use super::fields::split;
use super::history::initiator;
use super::{Fields, Source, retry};
use model::{Operation, OperationState, Outcome, ResourceResult};
use serde_json::Value;

pub(super) fn status(outcome: &Outcome, resource: &Value, source: &Source) -> Option<Value> {
    let state = outcome.operation.as_ref()?;
    let written = &resource["status"]["operationState"];
    let begins = written["startedAt"] != state.started_at.rfc3339();
    if !begins && was_over(state, written) {
        return Some(written.clone());
    }
    let known = written["syncResult"].is_object() && !begins;
    let synced = match (&state.operation.source, known) {
        (_, true) => Fields::new().copy(&written["syncResult"], &SYNCED),
        (Some(own), false) => namespace_metadata(resource).set("source", own.written.clone()),
        (None, false) => source.fields().merge(namespace_metadata(resource)),
    };
    Some(one(state, synced))
}

fn was_over(state: &OperationState, written: &Value) -> bool {
    let finished_at = state.finished_at.map(|at| at.rfc3339());
    state.phase.is_finished()
        && written["phase"] == state.phase.as_str()
        && written["finishedAt"].as_str() == finished_at.as_deref()
        && written["message"].as_str().unwrap_or_default() == state.message
}

/// The fields of a result that say what was synced.
const SYNCED: [&str; 3] = ["source", "sources", "managedNamespaceMetadata"];

fn namespace_metadata(resource: &Value) -> Fields {
    Fields::new().copy(&resource["spec"]["syncPolicy"], &SYNCED[2..])
}

fn one(state: &OperationState, synced: Fields) -> Value {
    let request = match &state.operation.verbatim {
        Some(verbatim) => (**verbatim).clone(),
        None => request(&state.operation),
    };
    Fields::new()
        .set("operation", request)
        .set("phase", state.phase.as_str())
        .text("message", &state.message)
        .set("startedAt", state.started_at.rfc3339())
        .some(
            "finishedAt",
            state.finished_at.map(|at| at.rfc3339().into()),
        )
        .count("retryCount", state.retry_count)
        .set("syncResult", result(state, synced))
        .done()
}

/// The request, when nobody wrote it: an automatic one.
fn request(operation: &Operation) -> Value {
    let only = operation.only.iter().map(|selector| {
        Fields::new()
            .text("group", &selector.group)
            .set("kind", selector.kind.as_str())
            .set("name", selector.name.as_str())
            .text("namespace", &selector.namespace)
            .done()
    });
    let sync = Fields::new()
        .text(
            "revision",
            operation
                .revision
                .as_ref()
                .map_or("", |revision| &revision.0),
        )
        .flag("prune", operation.prune)
        .flag("dryRun", operation.dry_run)
        .list("resources", only.collect())
        .count("autoHealAttemptsCount", operation.self_heal_attempts);
    let retry = operation
        .retry
        .as_ref()
        .map_or_else(|| Fields::new().done(), retry::block);
    Fields::new()
        .set("sync", sync.done())
        .set("initiatedBy", initiator(&operation.initiated_by))
        .set("retry", retry)
        .done()
}

fn result(state: &OperationState, synced: Fields) -> Value {
    let revision = state.revision.as_ref().map_or("", |revision| &revision.0);
    let several = synced.has("sources") && !revision.is_empty();
    // Clients expect a revision even where there are several.
    Fields::new()
        .list("resources", state.results.iter().map(line).collect())
        .set("revision", if several { "" } else { revision })
        .list(
            "revisions",
            if several { split(revision) } else { Vec::new() },
        )
        .merge(synced)
        .done()
}

fn line(result: &ResourceResult) -> Value {
    let key = &result.key;
    let phase = result.phase.as_str();
    Fields::new()
        .set("group", &*key.group_kind.group)
        .set("version", &*result.version)
        .set("kind", &*key.group_kind.kind)
        .set("namespace", &*key.namespace)
        .set("name", &*key.name)
        .set("status", result.code.as_str())
        .text("message", &result.message)
        .text("hookType", if result.hook { phase } else { "" })
        .set("hookPhase", result.state.as_str())
        .set("syncPhase", phase)
        .done()
}
