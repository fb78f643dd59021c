//! `app wait`

use crate::scene::{Scene, state, status};
use serde_json::json;

#[test]
fn what_is_as_wanted_is_not_waited_for() {
    let scene = Scene::new("wait-done");
    scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&["wait", "web", "--timeout", "20"]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (0, "web: Synced, Healthy\n"),
        "{output:?}"
    );
}

#[test]
fn each_change_is_told_until_all_is_well() {
    let scene = Scene::new("wait");
    scene.application("web", status("OutOfSync", "Missing"));
    scene.application("api", status("Synced", "Healthy"));
    let output = scene.app_beside(&["wait", "web", "api", "--timeout", "60"], || {
        let operation = json!({ "sync": {} });
        let running = state("Running", &operation, json!([]));
        scene.patch("web", &json!({ "status": { "operationState": running } }));
        std::thread::sleep(std::time::Duration::from_millis(500));
        let mut done = status("Synced", "Healthy");
        done["operationState"] = state("Succeeded", &operation, json!([]));
        scene.patch("web", &json!({ "status": done }));
    });
    assert_eq!(output.code, 0, "{output:?}");
    assert!(
        output.stdout.contains("api: Synced, Healthy\n"),
        "{output:?}"
    );
    assert!(
        output.stdout.ends_with("web: Synced, Healthy, Succeeded\n"),
        "{output:?}"
    );
}

#[test]
fn the_timeout_says_what_is_missing() {
    let scene = Scene::new("wait-timeout");
    scene.application("web", status("OutOfSync", "Healthy"));
    let output = scene.app(&["wait", "web", "--timeout", "1"]);
    assert_eq!(output.code, 4, "{output:?}");
    assert_eq!(
        output.stderr,
        "error: web is not as wanted after 1 s: it is OutOfSync\n\
         hint: see why with: caretaker app get web\n"
    );
    assert_eq!(
        scene
            .app(&["wait", "web", "--health", "--timeout", "20"])
            .code,
        0
    );
}

#[test]
fn one_that_goes_away_ends_the_wait() {
    let scene = Scene::new("wait-gone");
    scene.application("web", status("OutOfSync", "Healthy"));
    let output = scene.app_beside(&["wait", "web", "--timeout", "60"], || {
        std::thread::sleep(std::time::Duration::from_millis(500));
        let args = [
            "delete",
            "application.argoproj.io",
            "web",
            "-n",
            &scene.namespace,
        ];
        scene.plane.kubectl(&args).unwrap();
    });
    assert_eq!(output.code, 3, "{output:?}");
    assert!(output.stderr.contains("web was deleted"), "{output:?}");
    assert_eq!(scene.app(&["wait", "web"]).code, 3);
}
