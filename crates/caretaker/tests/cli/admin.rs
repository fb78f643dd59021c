//! Health checks and actions tried out, with and without settings of one's own.

use crate::caretaker::{Output, offline};
use crate::golden::golden;
use std::path::Path;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli/fixtures/admin")
        .join(name);
    path.display().to_string()
}

/// Arguments that end in `.yaml` or `.json` are fixtures.
fn admin(args: &[&str]) -> Output {
    let args: Vec<String> = args
        .iter()
        .map(
            |arg| match arg.ends_with(".yaml") || arg.ends_with(".json") {
                true => fixture(arg),
                false => (*arg).to_owned(),
            },
        )
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    offline(&[&["admin"], &args[..]].concat())
}

/// The whole output, with the places of fixtures left out.
fn shown(output: &Output) -> String {
    let text = format!(
        "{}--- stderr\n{}--- exit code {}\n",
        output.stdout, output.stderr, output.code
    );
    text.replace(&fixture(""), "")
}

#[test]
fn health_is_a_line_for_each_object() {
    let output = admin(&["health", "widgets.yaml", "list.json", "deployment.yaml"]);
    golden("admin-health-built-in.txt", &shown(&output));
}

#[test]
fn own_checks_count_before_those_built_in() {
    let files = ["widgets.yaml", "list.json", "deployment.yaml"];
    let settings = ["--settings", "argocd-cm.yaml"];
    let output = admin(&[&["health"], &files[..], &settings].concat());
    golden("admin-health-settings.txt", &shown(&output));
}

#[test]
fn a_broken_file_is_named_and_the_others_are_judged() {
    let output = admin(&["health", "nowhere.yaml", "broken.yaml", "deployment.yaml"]);
    golden("admin-health-broken.txt", &shown(&output));
}

#[test]
fn settings_that_cannot_be_read_end_everything() {
    let output = admin(&["health", "widgets.yaml", "--settings", "broken.yaml"]);
    golden("admin-settings-broken.txt", &shown(&output));
}

#[test]
fn actions_are_offered() {
    let settings = ["--settings", "argocd-cm.yaml"];
    let mut text = shown(&admin(&["actions", "deployment.yaml"]));
    for file in ["deployment.yaml", "widgets.yaml"] {
        text += &shown(&admin(&[&["actions", file], &settings[..]].concat()));
    }
    golden("admin-actions.txt", &text);
    let listed = admin(&["action", "--list", "deployment.yaml"]);
    assert_eq!(listed.stdout, admin(&["actions", "deployment.yaml"]).stdout);
}

#[test]
fn an_action_is_told_resource_by_resource() {
    let settings = ["--settings", "argocd-cm.yaml"];
    let mut text = String::new();
    for args in [
        &["scale", "deployment.yaml", "--param", "replicas=5"][..],
        &["greet", "deployment.yaml"],
        &["polish", "widgets.yaml", "-p", "times=3"],
        &["copy", "widgets.yaml"],
        &["lose", "widgets.yaml"],
        &["unknown", "deployment.yaml"],
    ] {
        let output = admin(&[&["action"], args, &settings].concat());
        text += &format!("$ {}\n{}", args.join(" "), shown(&output));
    }
    golden("admin-action.txt", &text);
}
