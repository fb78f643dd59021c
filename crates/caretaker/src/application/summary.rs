//! One Application in full, as text for people.

use model::Timestamp;
use serde_json::Value;

use super::{ApplicationView, OperationView, SourceView, or, pending, resource_lines, short};
use crate::screen::{Cell, Paint, Table, age, ago, one_line, printable, span};

/// One Application, in full.
pub fn summary(app: &Value, now: Timestamp, paint: &Paint) -> String {
    let app = ApplicationView(app);
    let mut lines: Vec<(&str, String)> = vec![
        ("Name", one_line(app.name())),
        ("Namespace", one_line(app.namespace())),
        ("Project", one_line(app.project())),
    ];
    lines.extend(source_lines(app));
    lines.push(("Destination", one_line(&app.destination())));
    lines.push(("Auto-sync", app.auto_sync()));
    lines.push(("Sync", sync_line(app, paint)));
    lines.push(("Health", health_line(app, now, paint)));
    lines.push(("Compared", ago(app.text("/status/reconciledAt"), now)));
    lines.extend(operation_lines(app, now, paint));
    lines.extend(deletion_line(app, now, paint));
    let text: String = lines
        .iter()
        .map(|(name, value)| field(name, value))
        .collect();
    text + &condition_table(app, now, paint) + &resource_table(app, paint)
}

/// Further lines of a value stand below its first one.
fn field(name: &str, value: &str) -> String {
    let indent = format!("\n{}", " ".repeat(14));
    let label = if name.is_empty() {
        String::new()
    } else {
        format!("{name}:")
    };
    format!("{label:<14}{}", value.trim_end().replace('\n', &indent))
        .trim_end()
        .to_owned()
        + "\n"
}

fn source_lines(app: ApplicationView<'_>) -> Vec<(&'static str, String)> {
    let line = |source: SourceView<'_>| {
        let path = match source.path() {
            "" => String::new(),
            path => format!(", {path}"),
        };
        one_line(&format!(
            "{}{path} at {}",
            source.repository(),
            source.target()
        ))
    };
    app.sources()
        .into_iter()
        .map(|source| ("Source", line(source)))
        .collect()
}

fn sync_line(app: ApplicationView<'_>, paint: &Paint) -> String {
    let status = paint.word(&one_line(app.sync()));
    match app.revision().as_str() {
        "" => status,
        revision => format!("{status} with {}", one_line(revision)),
    }
}

fn health_line(app: ApplicationView<'_>, now: Timestamp, paint: &Paint) -> String {
    let since = match app.text("/status/health/lastTransitionTime") {
        "" => String::new(),
        time => format!(" for {}", age(time, now)),
    };
    let message = match app.text("/status/health/message") {
        "" => String::new(),
        message => format!(": {}", printable(message)),
    };
    paint.word(&one_line(app.health())) + &since + &message
}

fn operation_lines(
    app: ApplicationView<'_>,
    now: Timestamp,
    paint: &Paint,
) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some(operation) = OperationView::of(app) {
        lines.push(("Operation", operation_line(operation, now, paint)));
        if !operation.message().is_empty() {
            lines.push(("", printable(operation.message())));
        }
    }
    if pending(app) {
        lines.push((
            "Asked for",
            paint.yellow("an operation that has not begun or not ended"),
        ));
    }
    lines
}

fn operation_line(operation: OperationView<'_>, now: Timestamp, paint: &Paint) -> String {
    let times = match operation.is_finished() {
        true => format!(" {}{}", ago(operation.finished_at(), now), took(operation)),
        false => format!(" for {}", age(operation.started_at(), now)),
    };
    let revision = match operation.revision() {
        "" => String::new(),
        revision => format!(", to {}", one_line(short(revision))),
    };
    let by = match operation.initiator() {
        "" => String::new(),
        who => format!(", by {}", one_line(who)),
    };
    let retries = match operation.retries() {
        0 => String::new(),
        retries => format!(", {retries} retries"),
    };
    paint.word(&one_line(or(operation.phase(), "Unknown"))) + &times + &revision + &by + &retries
}

fn took(operation: OperationView<'_>) -> String {
    let started = Timestamp::parse_rfc3339(operation.started_at());
    let finished = Timestamp::parse_rfc3339(operation.finished_at());
    match (started, finished) {
        (Some(started), Some(finished)) => format!(" (took {})", span(finished.since(started))),
        _ => String::new(),
    }
}

fn deletion_line(
    app: ApplicationView<'_>,
    now: Timestamp,
    paint: &Paint,
) -> Option<(&'static str, String)> {
    let time = app.text("/metadata/deletionTimestamp");
    let words = || format!("{} {}", paint.red("asked for"), ago(time, now));
    (!time.is_empty()).then(|| ("Deletion", words()))
}

fn condition_table(app: ApplicationView<'_>, now: Timestamp, paint: &Paint) -> String {
    let conditions = app.conditions();
    if conditions.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["CONDITION", "AGE", "MESSAGE"]);
    for (kind, message, since) in conditions {
        table.row(vec![
            Cell::text(kind),
            Cell::text(age(since, now)),
            Cell::text(message),
        ]);
    }
    format!("\n{}", table.text(paint))
}

fn resource_table(app: ApplicationView<'_>, paint: &Paint) -> String {
    let lines = resource_lines(app);
    if lines.is_empty() {
        return "\nno resources\n".to_owned();
    }
    let has_waves = lines.iter().any(|line| line.wave != 0);
    let mut table = Table::new(&[
        "GROUP",
        "KIND",
        "NAMESPACE",
        "NAME",
        "STATUS",
        "HEALTH",
        "WAVE",
        "MESSAGE",
    ]);
    for line in lines {
        let wave = if has_waves {
            line.wave.to_string()
        } else {
            String::new()
        };
        let message = match line.prune {
            true => format!("would be pruned; {}", line.message),
            false => line.message,
        };
        table.row(vec![
            Cell::text(line.group),
            Cell::text(line.kind),
            Cell::text(line.namespace),
            Cell::text(line.name),
            Cell::status(line.status),
            Cell::status(line.health),
            Cell::text(wave),
            Cell::text(message.trim_end_matches("; ")),
        ]);
    }
    format!("\n{}", table.text(paint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::fixtures;
    use crate::golden::golden;
    use crate::screen::{ColorChoice, is_risky};

    #[test]
    fn applications_in_full() {
        let (apps, plain) = (fixtures::all(), Paint::new(ColorChoice::Never, false));
        let texts: Vec<_> = apps
            .iter()
            .map(|app| summary(app, fixtures::now(), &plain))
            .collect();
        let text = texts.join("\n--------\n\n");
        golden("summaries.txt", &text);
        assert!(
            text.chars().all(|c| c == '\n' || !is_risky(c)),
            "a terminal would act on it"
        );
    }
}
