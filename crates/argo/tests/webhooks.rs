//! Payloads as Git hosts send them.

mod outside;

use argo::webhook::{Push, WebhookError, WebhookSecrets, parse};
use serde_json::Value;
use std::path::Path;

const EXCEPTIONS: &str = include_str!("webhook_exceptions.txt");

#[test]
fn every_case_holds_but_the_exceptions() {
    let Some(folder) = outside::folder("webhook") else {
        return;
    };
    let exceptions = outside::exceptions(EXCEPTIONS);
    let (mut failures, mut held) = (Vec::new(), 0);
    let names = outside::names(&folder).into_iter();
    for name in names.filter(|name| name != "appset-generators") {
        let file = folder.join(format!("{name}.yaml"));
        match (
            check(&folder, &outside::read(&file)),
            exceptions.get(&*name),
        ) {
            (Ok(()), None) => held += 1,
            (Ok(()), Some(_)) => failures.push(format!("{name} holds now: take it off the list")),
            (Err(why), None) => failures.push(format!("{name}: {why}")),
            (Err(_), Some(_)) => {}
        }
    }
    println!("{held} cases hold, {} are exceptions", exceptions.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn check(folder: &Path, case: &Value) -> Result<(), String> {
    let expect = &case["expect"];
    if expect.get("applicationSets").is_some() || expect.get("refresh").is_some() {
        return Err("no ApplicationSet is refreshed".to_owned());
    }
    let found = parse(&headers(case), &body(folder, case), &secrets(expect));
    let (status, body) = match &found {
        Ok(_) => (200, String::new()),
        Err(error) => error.answer(),
    };
    same(
        "status",
        expect.get("status").and_then(Value::as_u64).unwrap_or(200),
        status.into(),
    )?;
    if let Some(expected) = expect["body"].as_str() {
        same("body", expected, &body)?;
    }
    if expect["ignored"] == true {
        same("pushes", 0, found.iter().flatten().count())?;
    }
    match expect.get("pushes") {
        Some(expected) => same("pushes", expected, &shown(&found)),
        None => Ok(()),
    }
}

fn headers(case: &Value) -> Vec<(String, String)> {
    let headers = case["headers"].as_object().into_iter().flatten();
    headers
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}

fn body(folder: &Path, case: &Value) -> Vec<u8> {
    match case["payload"].as_str() {
        Some(file) => std::fs::read(folder.join(file)).expect("a payload"),
        None => case["body"].as_str().unwrap_or_default().into(),
    }
}

fn secrets(expect: &Value) -> WebhookSecrets {
    let mut secrets = WebhookSecrets::default();
    if let Some(limit) = expect["maxPayloadBytes"].as_u64() {
        secrets.payload_limit = limit as usize;
    }
    secrets
}

/// The pushes, a line a repository URL.
fn shown(found: &Result<Vec<Push>, WebhookError>) -> Value {
    let pushes = found.iter().flatten().flat_map(|push| {
        push.repository_urls.iter().map(|url| {
            serde_json::json!({
                "repo": url,
                "revision": push.reference.name(),
                "touchedHead": push.touched_head,
            })
        })
    });
    pushes.collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: T, found: T) -> Result<(), String> {
    match expected == found {
        true => Ok(()),
        false => Err(format!("{what}: expected {expected:?}, found {found:?}")),
    }
}

#[test]
fn a_secret_that_is_set_must_be_known() {
    let secrets = WebhookSecrets {
        github: "s".into(),
        gitlab: "s".into(),
        gogs: "s".into(),
        bitbucket_uuid: "s".into(),
        bitbucket_server: "s".into(),
        azure_devops_username: "u".into(),
        azure_devops_password: "p".into(),
        payload_limit: 1 << 20,
    };
    for (header, value) in [
        ("X-GitHub-Event", "push"),
        ("X-Gogs-Event", "push"),
        ("X-Gitlab-Event", "Push Hook"),
        ("X-Hook-UUID", "other"),
        ("X-Event-Key", "repo:refs_changed"),
        ("X-Vss-Activityid", "1"),
    ] {
        let headers = [(header.to_owned(), value.to_owned())];
        let found = parse(&headers, b"{}", &secrets);
        assert!(
            matches!(found, Err(WebhookError::Unverified { .. })),
            "{header}: {found:?}"
        );
    }
}

#[test]
fn the_right_secret_lets_in() {
    let body = br#"{"eventType":"git.push","ref":"refs/heads/main","object_kind":"push"}"#;
    // HMAC-SHA256 of the body with the key "Jefe".
    let signature = "f47ad49e09da431aa0f002bd6dd11d1176756ad32c7e293da1559ca73a041351";
    let signed = format!("sha256={signature}");
    let secrets = WebhookSecrets {
        github: "Jefe".into(),
        gitlab: "Jefe".into(),
        gogs: "Jefe".into(),
        bitbucket_uuid: "Jefe".into(),
        bitbucket_server: "Jefe".into(),
        azure_devops_username: "u".into(),
        azure_devops_password: "p".into(),
        ..WebhookSecrets::default()
    };
    for headers in [
        [("x-github-event", "push"), ("x-hub-signature-256", &signed)],
        [("x-gogs-event", "push"), ("x-gogs-signature", signature)],
        [
            ("x-gitlab-event", "System Hook"),
            ("x-gitlab-token", "Jefe"),
        ],
        [("x-hook-uuid", "Jefe"), ("x-event-key", "repo:push")],
        [
            ("x-event-key", "repo:refs_changed"),
            ("x-hub-signature", &signed),
        ],
        [("x-vss-activityid", "1"), ("authorization", "Basic dTpw")],
    ] {
        let found = parse(&owned(&headers), body, &secrets);
        assert!(found.is_ok(), "{headers:?}: {found:?}");
    }
}

#[test]
fn empty_and_odd_payloads_are_no_reason_to_fall_over() {
    let hosts = [
        [("X-GitHub-Event", "push"), ("a", "")],
        [("X-Gogs-Event", "push"), ("a", "")],
        [("X-Gitlab-Event", "Push Hook"), ("a", "")],
        [("X-Hook-UUID", "x"), ("X-Event-Key", "repo:push")],
        [("X-Event-Key", "repo:refs_changed"), ("a", "")],
        [("X-Vss-Activityid", "1"), ("a", "")],
    ];
    let deep = "[".repeat(100_000);
    let bodies = [
        "",
        "null",
        "[]",
        "{}",
        r#"{"ref":1,"repository":[],"commits":[null,{"added":[1]}],"project":"x"}"#,
        r#"{"push":{"changes":[null,{},{"new":null,"old":{"name":3}}]},"changes":[1]}"#,
        r#"{"eventType":"git.push","resource":{"refUpdates":[null,7]}}"#,
        &deep,
    ];
    for host in hosts {
        for body in bodies {
            let _ = parse(&owned(&host), body.as_bytes(), &WebhookSecrets::default());
        }
    }
}

fn owned(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect()
}
