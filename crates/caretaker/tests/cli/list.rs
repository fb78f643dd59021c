//! `app list`

use crate::caretaker::{command, run};
use crate::scene::{Scene, status};
use serde_json::Value;

#[test]
fn applications_are_listed_in_each_form() {
    let scene = Scene::new("list");
    let empty = scene.app(&["list"]);
    let words = format!("note: no Applications in namespace {}\n", scene.namespace);
    assert_eq!(
        (empty.code, empty.stdout.as_str(), empty.stderr),
        (0, "", words)
    );
    scene.application("web", status("Synced", "Healthy"));
    scene.application("api", status("OutOfSync", "Degraded"));
    let output = scene.app(&["list"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    let expected = format!(
        "NAME  PROJECT  SYNC       HEALTH    REVISION  DESTINATION\n\
         api   default  OutOfSync  Degraded  1a2b3c4   in-cluster/{0}\n\
         web   default  Synced     Healthy   1a2b3c4   in-cluster/{0}\n",
        scene.namespace
    );
    assert_eq!(output.stdout, expected);
    let names = scene.app(&["list", "-o", "name"]).stdout;
    assert_eq!(
        names,
        "application.argoproj.io/api\napplication.argoproj.io/web\n"
    );
    let list: Value = serde_json::from_str(&scene.app(&["list", "-o", "json"]).stdout).unwrap();
    assert_eq!(list["items"][1]["metadata"]["name"], "web");
    assert_eq!(list["items"][1]["metadata"]["managedFields"], Value::Null);
    let wide = scene.app(&["list", "-o", "wide"]).stdout;
    assert!(wide.contains("https://git.example.com/a.git"), "{wide}");
}

#[test]
fn labels_and_projects_choose() {
    let scene = Scene::new("list-some");
    scene.application("web", status("Synced", "Healthy"));
    scene.application("api", status("Synced", "Healthy"));
    let names = |args: &[&str]| scene.app(&[&["list", "-o", "name"], args].concat()).stdout;
    assert_eq!(
        names(&["--selector", "app=web"]),
        "application.argoproj.io/web\n"
    );
    assert_eq!(names(&["--project", "other"]), "");
    assert_eq!(names(&["-p", "other", "-p", "default"]).lines().count(), 2);
    let everywhere = scene.app(&["list", "-A"]).stdout;
    assert!(everywhere.starts_with("NAMESPACE") && everywhere.contains(&scene.namespace));
}

#[test]
fn colours_come_when_asked_for() {
    let scene = Scene::new("list-colours");
    scene.application("web", status("Synced", "Degraded"));
    let output = scene.app(&["list", "--color", "always"]).stdout;
    assert!(output.contains("\u{1b}[32mSynced\u{1b}[0m"), "{output}");
    assert!(output.contains("\u{1b}[31mDegraded\u{1b}[0m"), "{output}");
}

#[test]
fn who_may_not_is_told_so() {
    let scene = Scene::new("list-forbidden");
    let kubeconfig = scene.kubeconfig_of_nobody();
    let output = run(command(Some(&kubeconfig)).args(["app", "list", "-n", &scene.namespace]));
    assert_eq!(output.code, 3, "{output:?}");
    assert!(
        output.stderr.starts_with("error: forbidden: "),
        "{output:?}"
    );
    assert!(
        output.stderr.contains("hint: ask for the rights"),
        "{output:?}"
    );
}

#[test]
fn a_cluster_without_the_kind_gets_advice() {
    let plane = testbed::ControlPlane::own();
    for args in [&["app", "list"][..], &["app", "get", "web"]] {
        let output = run(command(Some(&plane.kubeconfig())).args(args));
        assert_eq!(output.code, 3, "{output:?}");
        assert!(
            output.stderr.contains("caretaker crds | kubectl apply"),
            "{output:?}"
        );
    }
}
