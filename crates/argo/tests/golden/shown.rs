//! An app as lines of text; what is as usual is left out.

use model::{App, IgnoreRule, Operation, OperationState, Remembered, Retry, SyncOptions};
use std::time::Duration;

pub fn app(app: &App) -> String {
    let mut lines = vec![
        format!("app {} uid {:?} project {}", app.id, app.uid, app.project),
        format!("source {}", app.source),
        format!("render {}", app.render),
        format!(
            "destination {} namespace {:?}",
            app.destination.cluster, app.destination.namespace
        ),
    ];
    let mut add = |name: &str, text: Option<String>| {
        lines.extend(text.map(|text| format!("{name} {text}")));
    };
    add(
        "automated",
        app.automated.map(|automated| format!("{automated:?}")),
    );
    add("options", options(&app.options));
    add("retry", app.retry.as_ref().map(retry));
    for rule in &app.ignore {
        add("ignore", Some(ignore(rule)));
    }
    add(
        "namespace metadata",
        app.namespace_metadata.as_ref().map(ToString::to_string),
    );
    add(
        "history limit",
        (app.history_limit != 10).then(|| app.history_limit.to_string()),
    );
    add("tracking", Some(tracking(app)));
    add("requested", app.requested.as_ref().map(operation));
    add(
        "refresh",
        app.refresh
            .map(|hard| if hard { "hard" } else { "normal" }.to_owned()),
    );
    add(
        "deletion",
        app.deletion.map(|deletion| format!("{deletion:?}")),
    );
    add("paused", app.paused.then(|| "yes".to_owned()));
    for text in remembered(&app.remembered) {
        add("remembered", Some(text));
    }
    for text in &app.invalid {
        add("invalid:", Some(text.clone()));
    }
    for text in &app.not_acted_on {
        add("not acted on:", Some(text.clone()));
    }
    lines.join("\n") + "\n"
}

fn options(options: &SyncOptions) -> Option<String> {
    (*options != SyncOptions::default()).then(|| format!("{options:?}"))
}

fn retry(retry: &Retry) -> String {
    let maximum = match retry.backoff.maximum {
        Duration::MAX => "none".to_owned(),
        maximum => format!("{maximum:?}"),
    };
    format!(
        "limit {:?} duration {:?} factor {} maximum {maximum} refresh {}",
        retry.limit, retry.backoff.duration, retry.backoff.factor, retry.refresh
    )
}

fn ignore(rule: &IgnoreRule) -> String {
    format!("{rule:?}")
}

fn tracking(app: &App) -> String {
    let tracking = &app.tracking;
    format!(
        "{:?} {:?} as {:?} installation {:?}",
        tracking.method, tracking.label_key, tracking.instance, tracking.installation_id
    )
}

fn operation(operation: &Operation) -> String {
    let mut text = format!(
        "revision {:?} prune {} dry run {} by {:?} automated {}",
        operation.revision.as_ref().map(|revision| &*revision.0),
        operation.prune,
        operation.dry_run,
        operation.initiated_by.username,
        operation.initiated_by.automated,
    );
    let mut add = |name: &str, more: String| text.push_str(&format!("\n  {name} {more}"));
    if let Some(again) = &operation.retry {
        add("retry", retry(again));
    }
    if operation.self_heal_attempts > 0 {
        add(
            "self-heal attempts",
            operation.self_heal_attempts.to_string(),
        );
    }
    for only in &operation.only {
        add("only", format!("{only:?}"));
    }
    for text in &operation.invalid {
        add("invalid:", text.clone());
    }
    for text in &operation.not_acted_on {
        add("not acted on:", text.clone());
    }
    text
}

fn remembered(remembered: &Remembered) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(
        remembered
            .health_since
            .map(|since| format!("health since {}", since.rfc3339())),
    );
    lines.extend(remembered.operation.as_ref().map(state));
    lines.extend(remembered.history.iter().map(|entry| {
        format!(
            "history {} {} {} to {} by {:?} source {}",
            entry.id,
            entry.revision,
            entry.started_at.rfc3339(),
            entry.deployed_at.rfc3339(),
            entry.initiated_by,
            entry.source
        )
    }));
    lines
}

fn state(state: &OperationState) -> String {
    let mut text = format!(
        "operation {:?} {:?} {} to {:?} retries {} revision {:?}\n  {}",
        state.phase,
        state.message,
        state.started_at.rfc3339(),
        state.finished_at.map(|at| at.rfc3339()),
        state.retry_count,
        state.revision.as_ref().map(|revision| &*revision.0),
        operation(&state.operation),
    );
    for line in &state.results {
        text.push_str(&format!(
            "\n  {} {:?} {:?}",
            line.key, line.code, line.message
        ));
    }
    text
}
