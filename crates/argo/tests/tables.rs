//! Tables of arguments and results, each row checked by the function its table is about.

mod outside;

use argo::project::{self, AppProject, DestinationRule, SyncWindows};
use argo::{Settings, self_heal};
use model::{Backoff, Timestamp};
use serde_json::{Value, json};
use std::time::Duration;

type Check = fn(&Value) -> Result<(), String>;

const TABLES: [(&str, Check); 16] = [
    ("destination-negated", destination),
    ("destination-permitted", destination),
    ("destination-service-account", service_account),
    ("project-glob", glob),
    ("project-group-name", group_name),
    ("project-policy-action", policy_action),
    ("project-policy-invalid", policy),
    ("project-policy-object", policy_object),
    ("project-policy-valid", policy),
    ("retry-backoff", retry_backoff),
    ("self-heal-backoff", self_heal_backoff),
    ("source-negated", source),
    ("source-permitted", source),
    ("sync-window-active", window_active),
    ("sync-window-can-sync", window_can_sync),
    ("sync-window-inactive-allow", window_inactive_allow),
];

const WEBHOOK_TABLES: [(&str, Check); 2] = [
    ("webhook-revision-changed", pushed_revision),
    ("webhook-web-url", web_url),
];

#[test]
fn every_row_of_every_table_holds() {
    let Some(folder) = outside::folder("tables") else {
        return;
    };
    let exceptions = outside::exceptions(include_str!("tables_exceptions.txt"));
    let (mut failures, mut rows) = (Vec::new(), 0);
    for name in outside::names(&folder) {
        let mut tables = TABLES.iter().chain(&WEBHOOK_TABLES);
        let check = tables.find(|(table, _)| *table == name);
        match (check, exceptions.contains_key(&*name)) {
            (Some((_, check)), false) => {
                let table = outside::read(&folder.join(format!("{name}.yaml")));
                rows += table["rows"].as_array().map_or(0, Vec::len);
                failures.extend(wrong_rows(&name, &table, *check));
            }
            (None, true) => {}
            (None, false) => failures.push(format!("{name}: nothing checks it")),
            (Some(_), true) => failures.push(format!("{name} is checked: take it off the list")),
        }
    }
    let left_out = exceptions.len();
    println!("argocd/tables: {rows} rows, {left_out} tables are exceptions");
    assert!(rows > 100, "too few rows: {rows}");
    let count = failures.len();
    assert!(count == 0, "{count} fail:\n{}", failures.join("\n"));
}

fn wrong_rows(name: &str, table: &Value, check: Check) -> Vec<String> {
    let rows = table["rows"].as_array().expect("a table has rows");
    let wrong = rows.iter().enumerate().filter_map(|(at, row)| {
        let why = check(row).err()?;
        Some(format!("{name} row {at}: {why}\n  {row}"))
    });
    wrong.collect()
}

fn glob(row: &Value) -> Result<(), String> {
    let negation = row["allowNegation"].as_bool().unwrap_or(false);
    same(
        row["match"].as_bool(),
        project::fits_pattern(text(row, "pattern"), text(row, "value"), negation),
    )
}

fn group_name(row: &Value) -> Result<(), String> {
    same(
        row["valid"].as_bool(),
        project::is_valid_group_name(text(row, "group")),
    )
}

fn policy_action(row: &Value) -> Result<(), String> {
    same(
        row["valid"].as_bool(),
        project::is_policy_action(text(row, "action")),
    )
}

fn policy_object(row: &Value) -> Result<(), String> {
    let (project, object) = (text(row, "project"), text(row, "object"));
    same(
        row["valid"].as_bool(),
        project::is_policy_object(project, object),
    )
}

fn policy(row: &Value) -> Result<(), String> {
    let (project, role) = (text(row, "project"), text(row, "role"));
    let found = project::check_policy(project, role, text(row, "policy"));
    errs(row, found.err().map(|error| error.to_string()))
}

fn service_account(row: &Value) -> Result<(), String> {
    let (server, namespace) = (text(row, "server"), text(row, "namespace"));
    let account = text(row, "defaultServiceAccount");
    let found = project::check_service_account(server, namespace, account);
    errs(row, found.err().map(|error| error.to_string()))
}

/// The error is part of the one that is found; an empty one is none.
fn errs(row: &Value, found: Option<String>) -> Result<(), String> {
    let expected = Some(text(row, "error")).filter(|error| !error.is_empty());
    let held = match (expected, &found) {
        (Some(expected), Some(found)) => found.contains(expected),
        (expected, found) => expected.is_none() && found.is_none(),
    };
    held.then_some(())
        .ok_or_else(|| format!("expected {expected:?}, found {found:?}"))
}

fn source(row: &Value) -> Result<(), String> {
    let patterns: Vec<String> = serde_json::from_value(row["sourceRepos"].clone()).expect("texts");
    same(
        row["permitted"].as_bool(),
        project::is_source_permitted(&patterns, text(row, "repoURL")),
    )
}

fn destination(row: &Value) -> Result<(), String> {
    let rules = row["destinations"]
        .as_array()
        .expect("rules")
        .iter()
        .map(|rule| DestinationRule {
            server: text(rule, "server").to_owned(),
            name: text(rule, "name").to_owned(),
            namespace: text(rule, "namespace").to_owned(),
        });
    let to = &row["destination"];
    let (server, name, namespace) = (text(to, "server"), text(to, "name"), text(to, "namespace"));
    let rules: Vec<_> = rules.collect();
    let found = project::is_destination_permitted(&rules, server, name, namespace);
    same(row["permitted"].as_bool(), found)
}

fn retry_backoff(row: &Value) -> Result<(), String> {
    let mut retry = json!({"limit": 5});
    if let Some(backoff) = row.get("backoff").filter(|backoff| !backoff.is_null()) {
        retry["backoff"] = backoff.clone();
    }
    let resource = json!({"spec": {"syncPolicy": {"retry": retry}}});
    let retry = argo::translate(&resource, &Settings::default())
        .retry
        .expect("a limit is given");
    for (attempt, seconds) in row["secondsByAttempt"].as_object().expect("attempts") {
        let wait = retry.backoff.wait(attempt.parse().expect("a number"));
        same(seconds.as_u64(), wait.as_secs())
            .map_err(|why| format!("attempt {attempt}: {why}"))?;
    }
    Ok(())
}

fn self_heal_backoff(row: &Value) -> Result<(), String> {
    let seconds = |text: &str| match text.strip_suffix('m') {
        Some(minutes) => minutes.parse().map(|minutes: u64| minutes * 60),
        None => text.trim_end_matches('s').parse(),
    };
    let duration = |field: &str| {
        Duration::from_secs(seconds(text(&row["backoff"], field)).expect("a duration"))
    };
    let factor = row["backoff"]["factor"]
        .as_u64()
        .and_then(|factor| factor.try_into().ok());
    let backoff = Backoff {
        duration: duration("duration"),
        factor: factor.expect("a factor"),
        maximum: duration("cap"),
    };
    let attempts = row["attempts"]
        .as_u64()
        .and_then(|n| n.try_into().ok())
        .expect("attempts");
    let since = row["finishedSecondsAgo"].as_u64().map(Duration::from_secs);
    let left = self_heal::remaining(&backoff, attempts, since);
    same(row["remainingSeconds"].as_u64(), left.as_secs())
}

fn window_active(row: &Value) -> Result<(), String> {
    let windows = windows(&row["windows"]);
    found_windows(row, windows.active(moment_of(row)).ok(), &windows)
}

fn window_inactive_allow(row: &Value) -> Result<(), String> {
    let windows = windows(&row["windows"]);
    found_windows(row, windows.inactive_allows(moment_of(row)).ok(), &windows)
}

fn found_windows(
    row: &Value,
    found: Option<Vec<&project::SyncWindow>>,
    windows: &SyncWindows,
) -> Result<(), String> {
    same(Some(row["error"] == true), found.is_none())?;
    let found = found.unwrap_or_default();
    same(row["count"].as_u64(), found.len() as u64)?;
    match row["index"].as_u64() {
        None => Ok(()),
        Some(index) => same(Some(&&windows.0[index as usize]), &found[0]),
    }
}

fn window_can_sync(row: &Value) -> Result<(), String> {
    let mut rows = row["windows"].clone();
    for window in rows.as_array_mut().expect("windows") {
        let open = window["active"] == true;
        window["schedule"] = if open { "* * * * *" } else { "0 0 1 1 *" }.into();
        window["duration"] = "1h".into();
    }
    let found = windows(&rows).can_sync(row["manual"] == true, moment(12, 0), None);
    same(Some(row["error"] == true), found.is_err())?;
    same(row["allowed"].as_bool(), found.unwrap_or(false))
}

fn windows(list: &Value) -> SyncWindows {
    let resource = json!({"metadata": {"name": "p"}, "spec": {"syncWindows": list}});
    AppProject::from_resource(&resource).0.windows
}

fn moment_of(row: &Value) -> Timestamp {
    let west = match text(row, "offset") {
        "UTC" => 0,
        "-04:00" => 4,
        other => panic!("offset {other}"),
    };
    moment(row["hour"].as_u64().expect("an hour"), west)
}

/// An hour of a day in June, on a clock so many hours west of UTC.
fn moment(hour: u64, west: u64) -> Timestamp {
    let day = Timestamp::parse_rfc3339("2026-06-17T00:00:00Z").expect("a time");
    day + Duration::from_secs((hour + west) * 3600)
}

fn pushed_revision(row: &Value) -> Result<(), String> {
    let push = push(
        "https://example.com/a/b",
        row["touchedHead"] == true,
        text(row, "pushed"),
    );
    let source = followed("https://example.com/a/b.git", text(row, "targetRevision"));
    same(
        row["changed"].as_bool(),
        argo::webhook::concerns(&push, &source),
    )
}

fn web_url(row: &Value) -> Result<(), String> {
    let push = push(text(row, "webURL"), true, "main");
    let source = followed(text(row, "repoURL"), "");
    same(
        row["match"].as_bool(),
        argo::webhook::concerns(&push, &source),
    )
}

fn push(url: &str, touched_head: bool, branch: &str) -> argo::webhook::Push {
    argo::webhook::Push {
        repository_urls: vec![url.to_owned()],
        reference: argo::webhook::PushedRef::parse(branch),
        revision: None,
        touched_head,
        changed_files: Vec::new(),
    }
}

/// The source as an Application that says so follows it.
fn followed(repository: &str, revision: &str) -> model::SourceKey {
    let source = json!({"repoURL": repository, "targetRevision": revision, "path": "."});
    argo::translate(&json!({"spec": {"source": source}}), &Settings::default()).source
}

fn same<T: PartialEq + std::fmt::Debug>(expected: Option<T>, found: T) -> Result<(), String> {
    match expected.as_ref() == Some(&found) {
        true => Ok(()),
        false => Err(format!("expected {expected:?}, found {found:?}")),
    }
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}
