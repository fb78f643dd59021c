//! `app get`

use crate::scene::{Scene, status};
use serde_json::{Value, json};

const REFRESH: &str = "argocd.argoproj.io/refresh";

fn refresh_of(app: &Value) -> Option<&str> {
    app["metadata"]["annotations"][REFRESH].as_str()
}

#[test]
fn one_is_shown_for_people_and_for_programs() {
    let scene = Scene::new("get");
    let created = scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&["get", "web"]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert!(
        output.stdout.contains("Sync:         Synced with 1a2b3c4d"),
        "{}",
        output.stdout
    );
    let json: Value =
        serde_json::from_str(&scene.app(&["get", "web", "-o", "json"]).stdout).unwrap();
    assert_eq!(json["spec"], created["spec"]);
    let text = scene.app(&["get", "web", "-o", "yaml"]).stdout;
    let yaml = yaml::read_first(text.as_bytes(), &yaml::Limits::default()).unwrap();
    assert_eq!(yaml["status"], created["status"]);
}

#[test]
fn a_missing_one_gets_the_nearest_name() {
    let scene = Scene::new("get-missing");
    scene.application("guestbook", status("Synced", "Healthy"));
    let output = scene.app(&["get", "guestbok"]);
    assert_eq!(output.code, 3, "{output:?}");
    let expected = format!(
        "error: there is no Application \"guestbok\" in namespace {:?}\n\
         hint: did you mean guestbook?\n",
        scene.namespace
    );
    assert_eq!(output.stderr, expected);
}

#[test]
fn a_refresh_is_asked_for_and_waited_for() {
    let scene = Scene::new("get-refresh");
    scene.application("web", status("Unknown", "Unknown"));
    let output = scene.app_beside(&["get", "web", "--hard-refresh"], || {
        scene.until("web", |app| refresh_of(app) == Some("hard"));
        let annotations = json!({ "annotations": { REFRESH: null } });
        scene.patch(
            "web",
            &json!({ "metadata": annotations, "status": status("Synced", "Healthy") }),
        );
    });
    assert_eq!(output.code, 0, "{output:?}");
    assert!(output.stdout.contains("Sync:         Synced"), "{output:?}");
}

#[test]
fn a_refresh_nobody_takes_ends_in_time() {
    let scene = Scene::new("get-timeout");
    scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&["get", "web", "--refresh", "--timeout", "1"]);
    assert_eq!(output.code, 4, "{output:?}");
    assert!(
        output.stderr.contains("hint: is `caretaker run` up"),
        "{output:?}"
    );
    assert_eq!(refresh_of(&scene.read("web")), Some("normal"));
}
