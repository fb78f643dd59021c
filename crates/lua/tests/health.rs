//! What a user's health check may return, and what it means.

use lua::{Limits, Rule, Scripts};
use model::Timestamp;
use serde_json::{Value, json};

/// 2023-11-14T22:13:20Z
const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn scripts(rules: &[(&str, &str, bool)]) -> Scripts {
    let rule = |(kind, health, open_libraries): &(&str, &str, bool)| Rule {
        kind: kind.to_string(),
        health: health.to_string(),
        open_libraries: *open_libraries,
        actions: None,
    };
    Scripts::compile(rules.iter().map(rule).collect(), Limits::default()).0
}

fn object(api_version: &str, kind: &str) -> Value {
    json!({
        "apiVersion": api_version,
        "kind": kind,
        "metadata": {"name": "first", "labels": {"b": "2", "a": "1", "c": null}},
        "spec": {"replicas": 3, "share": 0.5, "none": null, "list": ["x", null, "y"], "empty": {}},
    })
}

/// `Status: message`, `none`, or the error.
fn said(script: &str, open: bool) -> String {
    let scripts = scripts(&[("example.com/Widget", script, open)]);
    match scripts.health(&object("example.com/v1", "Widget"), NOW) {
        Some(Ok(Some(health))) => format!("{}: {}", health.status, health.message),
        Some(Ok(None)) => "none".to_owned(),
        Some(Err(error)) => error.to_string(),
        None => "no script".to_owned(),
    }
}

#[test]
fn a_table_is_a_health_and_nil_is_none() {
    let invalid = "Unknown: Lua returned an invalid health status";
    for (script, expected) in [
        (
            "return {status = 'Healthy', message = 'all well'}",
            "Healthy: all well",
        ),
        ("hs = {} hs.status = 'Missing' return hs", "Missing: "),
        (
            "return {Status = 'Degraded', MESSAGE = 'case'}",
            "Degraded: case",
        ),
        ("return {status = 'Fine', message = 'x'}", invalid),
        ("return {status = 'healthy'}", invalid),
        ("return {message = 'x'}", invalid),
        ("return nil", "none"),
        ("return", "none"),
        ("return {}", "none"),
        ("return {'Healthy'}", "none"),
        ("return {status = 5}", "none"),
        ("return {status = 'Healthy', message = {}}", "none"),
        ("return 'x', {status = 'Healthy'}", "Healthy: "),
    ] {
        assert_eq!(said(script, false), expected, "{script}");
    }
}

#[test]
fn other_answers_are_errors_that_name_the_script() {
    let correct = "; correct it in argocd-cm";
    for (script, expected) in [
        (
            "return 1",
            ": expect table output from Lua script, not number",
        ),
        (
            "return {}, 'x'",
            ": expect table output from Lua script, not string",
        ),
        (
            "return print",
            ": expect table output from Lua script, not function",
        ),
        (
            "return {status = print}",
            ": cannot encode function to JSON",
        ),
        (
            "return {1, status = 'x'}",
            ": cannot encode mixed or invalid key types",
        ),
        (
            "return {[true] = 1}",
            ": cannot encode mixed or invalid key types",
        ),
        ("return {[2] = 1}", ": cannot encode sparse array"),
        ("return {a = 0 / 0}", ": unsupported value: NaN"),
        (
            "local t = {} t.t = t return t",
            ": cannot encode recursively nested tables to JSON",
        ),
        (
            "local t = {} return {a = t, b = t}",
            ": cannot encode recursively nested tables to JSON",
        ),
        ("\nerror('mine')", ", line 2: mine"),
        (
            "\n\nreturn return",
            ", line 3: unexpected symbol near 'return'",
        ),
    ] {
        let expected = format!("health.lua of example.com/Widget{expected}{correct}");
        assert_eq!(said(script, false), expected, "{script}");
    }
}

#[test]
fn errors_say_what_to_do() {
    for (script, expected) in [
        (
            "\nreturn obj.status.phase",
            ", line 2: attempt to index field 'status' (a nil value); check that a field is there \
             before using it",
        ),
        (
            "return string.len('x')",
            ", line 1: attempt to index global 'string' (a nil value); the standard library is \
             there with useOpenLibs: true, for health checks alone",
        ),
        (
            "return ('x'):len()",
            ", line 1: attempt to index a string value; the standard library is there with \
             useOpenLibs: true, for health checks alone",
        ),
        (
            "return os.time()",
            ", line 1: attempt to index global 'os' (a nil value); begin with: local os = \
             require(\"os\")",
        ),
        (
            "while true do end",
            ": it does not end in the time it has; look for a loop that never ends",
        ),
    ] {
        let expected = format!("health.lua of example.com/Widget{expected}");
        assert_eq!(said(script, false), expected, "{script}");
    }
}

#[test]
fn scripts_find_the_object_and_the_libraries_of_gopher_lua() {
    let table = include_str!("libraries.txt");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in table.lines() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let (script, expected) = line.split_once("  =>  ").expect("a script and its answer");
        let (open, script) = match script.strip_prefix("open: ") {
            Some(script) => (true, script),
            None => (false, script),
        };
        let whole = format!(
            "local function run() {script} end return {{status = 'Healthy', message = tostring((run()))}}"
        );
        let found = said(&whole, open);
        if found.strip_prefix("Healthy: ") != Some(expected) {
            wrong.push(format!("{script}\n  expected {expected}\n  found {found}"));
        }
        count += 1;
    }
    assert!(count > 70 && wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_very_kind_counts_before_wildcards_and_both_before_what_is_built_in() {
    let healthy = |message: &str| format!("return {{status = 'Healthy', message = '{message}'}}");
    let (exact, kinds, groups, long) = (
        healthy("exact"),
        healthy("kinds"),
        healthy("groups"),
        healthy("long"),
    );
    let scripts = scripts(&[
        ("a.example.com/Widget", &exact, false),
        ("b.example.com/Widget", "", false),
        ("a.example.com/*", &kinds, false),
        ("*.example.com/*", &groups, false),
        ("*.other.com/W*t", &long, false),
        ("*.other.com/*", &groups, false),
        ("*[", &groups, false),
        ("PersistentVolumeClaim", &exact, false),
    ]);
    let message = |api_version: &str, kind: &str| {
        let health = scripts.assess(&object(api_version, kind), NOW);
        health.map(|health| health.message)
    };
    for (api_version, kind, expected) in [
        ("a.example.com/v1", "Widget", Some("exact")),
        ("a.example.com/v1", "Gadget", Some("kinds")),
        ("b.example.com/v1", "Widget", Some("groups")),
        ("b.other.com/v1", "Widget", Some("long")),
        ("b.other.com/v1", "Gadget", Some("groups")),
        ("v1", "PersistentVolumeClaim", Some("exact")),
        ("v1", "ConfigMap", None),
        ("example.com/v1", "Widget", None),
        ("a/b/c", "Widget", None),
    ] {
        let found = message(api_version, kind);
        assert_eq!(found.as_deref(), expected, "{api_version} {kind}");
    }
}

#[test]
fn what_is_being_deleted_is_pending_whatever_a_script_says() {
    let scripts = scripts(&[("*", "return {status = 'Healthy'}", false)]);
    let mut widget = object("v1", "Widget");
    widget["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z".into();
    let health = scripts.assess(&widget, NOW).unwrap();
    assert_eq!(health.message, "Pending deletion");
    assert_eq!(scripts.overruling(&widget, NOW), None);
}

#[test]
fn a_script_that_says_nothing_silences_what_is_built_in() {
    let scripts = scripts(&[("PersistentVolumeClaim", "return nil", false)]);
    let claim = json!({
        "apiVersion": "v1", "kind": "PersistentVolumeClaim", "status": {"phase": "Bound"},
    });
    assert_eq!(scripts.assess(&claim, NOW), None);
    assert!(Scripts::default().assess(&claim, NOW).is_some());
}

#[test]
fn many_threads_ask_the_same_scripts() {
    let scripts = scripts(&[(
        "Widget",
        "return {status = 'Healthy', message = obj.metadata.name}",
        false,
    )]);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let scripts = &scripts;
            scope.spawn(move || {
                for turn in 0..50 {
                    let mut widget = object("v1", "Widget");
                    let name = format!("{thread}-{turn}");
                    widget["metadata"]["name"] = name.as_str().into();
                    assert_eq!(scripts.assess(&widget, NOW).unwrap().message, name);
                }
            });
        }
    });
}
