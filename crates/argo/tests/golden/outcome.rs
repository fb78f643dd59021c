//! An outcome as cases write it.
//!
//! `operation` and `history` are the remembered ones unless `forget: true`; `automatic` adds an
//! operation Caretaker started by itself.

use model::{
    App, Condition, ConditionKind, GroupKind, Initiator, ObjectKey, Operation, OperationPhase,
    OperationState, Outcome, ResourceResult, ResourceStatus, ResultCode, Revision, SyncPhase,
    SyncStatus, Timestamp,
};
use serde_json::Value;

pub fn read(value: &Value, app: &App) -> Outcome {
    let forget = value["forget"] == true;
    let remembered = if forget {
        Default::default()
    } else {
        app.remembered.clone()
    };
    Outcome {
        sync: sync(text(value, "sync")),
        revision: value["revision"]
            .as_str()
            .map(|revision| Revision(revision.into())),
        health: value["health"]
            .as_str()
            .map(|word| (word.into(), time(value, "healthSince").unwrap_or_default())),
        resources: list(value, "resources")
            .map(|line| resource(line, app))
            .collect(),
        conditions: list(value, "conditions").map(condition).collect(),
        operation: match value.get("automatic") {
            Some(automatic) => Some(automatic_operation(automatic, app)),
            None => remembered.operation,
        },
        history: remembered.history,
        reconciled_at: time(value, "reconciledAt"),
        source_type: text(value, "sourceType").into(),
        images: list(value, "images")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        urls: list(value, "urls")
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
    }
}

fn automatic_operation(value: &Value, app: &App) -> OperationState {
    let revision = Some(Revision(text(value, "revision").into()));
    OperationState {
        operation: Operation {
            revision: revision.clone(),
            prune: app.automated.is_some_and(|automated| automated.prune),
            initiated_by: Initiator {
                automated: true,
                ..Default::default()
            },
            retry: app.retry,
            ..Default::default()
        },
        phase: OperationPhase::Succeeded,
        message: "successfully synced (all tasks run)".to_owned(),
        started_at: time(value, "startedAt").unwrap_or_default(),
        finished_at: time(value, "finishedAt"),
        retry_count: 0,
        revision,
        results: list(value, "results")
            .map(|line| result(line, app))
            .collect(),
    }
}

fn result(line: &Value, app: &App) -> ResourceResult {
    ResourceResult {
        key: key(line, app),
        version: text(line, "version").into(),
        phase: SyncPhase::Sync,
        hook: false,
        code: ResultCode::Synced,
        state: OperationPhase::Running,
        message: text(line, "message").to_owned(),
    }
}

fn resource(line: &Value, app: &App) -> ResourceStatus {
    let health = line["health"].as_str();
    ResourceStatus {
        key: key(line, app),
        version: text(line, "version").into(),
        sync: sync(text(line, "sync")),
        requires_pruning: line["requiresPruning"] == true,
        requires_confirmation: line["requiresConfirmation"] == true,
        wave: line["wave"].as_i64().unwrap_or(0),
        health: health.map(|word| (word.into(), text(line, "healthMessage").to_owned())),
        differences: Vec::new(),
    }
}

fn key(line: &Value, app: &App) -> ObjectKey {
    ObjectKey {
        cluster: app.destination.cluster.clone(),
        group_kind: GroupKind::new(text(line, "group"), text(line, "kind")),
        namespace: text(line, "namespace").into(),
        name: text(line, "name").into(),
    }
}

fn condition(line: &Value) -> Condition {
    let kinds = [
        ConditionKind::UnsupportedWarning,
        ConditionKind::ComparisonError,
    ];
    let kind = kinds
        .into_iter()
        .find(|kind| kind.as_str() == text(line, "kind"));
    Condition {
        kind: kind.expect("a kind this reader knows"),
        message: text(line, "message").to_owned(),
        since: time(line, "since").unwrap_or_default(),
    }
}

fn sync(word: &str) -> SyncStatus {
    let all = [SyncStatus::Synced, SyncStatus::OutOfSync];
    all.into_iter()
        .find(|status| status.as_str() == word)
        .unwrap_or_default()
}

fn time(value: &Value, field: &str) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(value[field].as_str()?)
}

fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    value[field].as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}
