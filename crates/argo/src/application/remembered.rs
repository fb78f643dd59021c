//! What a status remembers across restarts.
//!
//! Comes in: `.status`, written by Caretaker or by Argo CD before it. Goes out: the last operation,
//! the history, and since when the health is what it is. A line that cannot be read is left out:
//! a status is not the user's to mend.
//! Source: Argo CD 3.5: pkg/apis/application/v1alpha1/types.go (OperationState, RevisionHistory).

use super::operation;
use model::{
    ClusterId, GroupKind, HistoryEntry, Initiator, ObjectKey, OperationPhase, OperationState,
    Remembered, ResourceResult, ResultCode, Revision, SyncPhase, Timestamp,
};
use serde_json::Value;
use std::sync::Arc;

pub(super) fn read(resource: &Value, project: &str, cluster: &ClusterId) -> Remembered {
    let status = &resource["status"];
    let history = status["history"].as_array().into_iter().flatten();
    Remembered {
        operation: state(resource, project, &status["operationState"], cluster),
        history: history.filter_map(entry).collect(),
        health_since: time(&status["health"]["lastTransitionTime"]),
    }
}

fn state(
    resource: &Value,
    project: &str,
    state: &Value,
    cluster: &ClusterId,
) -> Option<OperationState> {
    let phase = phase(text(&state["phase"]))?;
    let result = &state["syncResult"];
    let results = result["resources"].as_array().into_iter().flatten();
    Some(OperationState {
        operation: operation::read(&state["operation"], project, resource["spec"].get("source")),
        phase,
        message: text(&state["message"]).to_owned(),
        started_at: time(&state["startedAt"]).unwrap_or_default(),
        finished_at: time(&state["finishedAt"]),
        retry_count: state["retryCount"]
            .as_u64()
            .and_then(|n| n.try_into().ok())
            .unwrap_or(0),
        revision: revision(result),
        results: results
            .filter_map(|line| resource_result(line, cluster))
            .collect(),
    })
}

fn resource_result(line: &Value, cluster: &ClusterId) -> Option<ResourceResult> {
    let code = match text(&line["status"]) {
        "Synced" => ResultCode::Synced,
        "SyncFailed" => ResultCode::SyncFailed,
        "Pruned" => ResultCode::Pruned,
        "PruneSkipped" => ResultCode::PruneSkipped,
        _ => return None,
    };
    let key = ObjectKey {
        cluster: cluster.clone(),
        group_kind: GroupKind::new(text(&line["group"]), text(&line["kind"])),
        namespace: text(&line["namespace"]).into(),
        name: text(&line["name"]).into(),
    };
    let state = phase(text(&line["hookPhase"])).unwrap_or(match code {
        ResultCode::Synced => OperationPhase::Running,
        ResultCode::SyncFailed => OperationPhase::Failed,
        ResultCode::Pruned | ResultCode::PruneSkipped => OperationPhase::Succeeded,
    });
    Some(ResourceResult {
        key,
        version: text(&line["version"]).into(),
        phase: SyncPhase::of_word(text(&line["syncPhase"])).unwrap_or_default(),
        hook: !text(&line["hookType"]).is_empty(),
        code,
        state,
        message: text(&line["message"]).to_owned(),
    })
}

fn entry(entry: &Value) -> Option<HistoryEntry> {
    let deployed_at = time(&entry["deployedAt"])?;
    Some(HistoryEntry {
        id: entry["id"].as_u64()?,
        revision: revision(entry)?,
        started_at: time(&entry["deployStartedAt"]).unwrap_or(deployed_at),
        deployed_at,
        initiated_by: Initiator {
            username: text(&entry["initiatedBy"]["username"]).to_owned(),
            automated: entry["initiatedBy"]["automated"].as_bool().unwrap_or(false),
        },
        source: Arc::new(source(entry)),
    })
}

/// The source, or the list of them.
fn source(entry: &Value) -> Value {
    let sources = entry
        .get("sources")
        .filter(|list| super::is_multiple(Some(list)));
    sources.or(entry.get("source")).cloned().unwrap_or_default()
}

/// The revision; of several sources all of them, comma separated.
fn revision(of: &Value) -> Option<Revision> {
    let several = of["revisions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    let several = several.collect::<Vec<_>>().join(",");
    let revision = if several.is_empty() {
        text(&of["revision"])
    } else {
        &several
    };
    (!revision.is_empty()).then(|| Revision(revision.into()))
}

fn phase(word: &str) -> Option<OperationPhase> {
    use OperationPhase::{Error, Failed, Running, Succeeded, Terminating};
    [Running, Terminating, Succeeded, Failed, Error]
        .into_iter()
        .find(|phase| phase.as_str() == word)
}

fn time(value: &Value) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(value.as_str()?)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
