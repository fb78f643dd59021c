//! `app sync`

use crate::scene::{Scene, state, status};
use serde_json::{Value, json};

fn asked(app: &Value) -> bool {
    app["operation"].is_object()
}

fn result(status: &str, message: &str) -> Value {
    json!({ "group": "apps", "version": "v1", "kind": "Deployment", "namespace": "shop",
        "name": "web", "status": status, "message": message })
}

/// Takes the operation up and ends it.
fn carry_out(scene: &Scene, name: &str, end: &str, line: Value) {
    let app = scene.until(name, asked);
    let operation = &app["operation"];
    let running = state("Running", operation, json!([]));
    scene.patch(
        name,
        &json!({ "operation": null, "status": { "operationState": running } }),
    );
    let ended = state(end, operation, json!([line]));
    scene.patch(name, &json!({ "status": { "operationState": ended } }));
}

#[test]
fn a_sync_is_followed_to_its_end() {
    let scene = Scene::new("sync");
    scene.application("web", status("OutOfSync", "Healthy"));
    let output = scene.app_beside(&["sync", "web", "--timeout", "60"], || {
        carry_out(
            &scene,
            "web",
            "Succeeded",
            result("Synced", "deployment.apps/web configured"),
        );
    });
    assert_eq!(output.code, 0, "{output:?}");
    let last = "Synced       Deployment.apps shop/web  deployment.apps/web configured\n\
                Succeeded to fffffff: message of Succeeded\n";
    assert!(output.stdout.ends_with(last), "{output:?}");
    let operation = &scene.read("web")["status"]["operationState"]["operation"];
    assert_eq!(operation["initiatedBy"]["username"], "admin");
}

#[test]
fn a_failed_sync_ends_with_1() {
    let scene = Scene::new("sync-failed");
    scene.application("web", status("OutOfSync", "Healthy"));
    let output = scene.app_beside(&["sync", "web", "--timeout", "60"], || {
        carry_out(&scene, "web", "Failed", result("SyncFailed", "denied"));
    });
    assert_eq!(output.code, 1, "{output:?}");
    assert!(
        output
            .stdout
            .contains("SyncFailed   Deployment.apps shop/web  denied"),
        "{output:?}"
    );
}

#[test]
fn several_are_asked_for_before_any_is_followed() {
    let scene = Scene::new("sync-several");
    for name in ["web", "api"] {
        scene.application(name, status("OutOfSync", "Healthy"));
    }
    let output = scene.app_beside(&["sync", "web", "api", "--timeout", "60"], || {
        scene.until("web", asked);
        for name in ["api", "web"] {
            carry_out(&scene, name, "Succeeded", result("Synced", ""));
        }
    });
    assert_eq!(output.code, 0, "{output:?}");
    for name in ["web", "api"] {
        let line = format!("{name}: Succeeded to fffffff: message of Succeeded\n");
        assert!(output.stdout.contains(&line), "{output:?}");
    }
}

#[test]
fn options_reach_the_operation() {
    let scene = Scene::new("sync-options");
    scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&[
        "sync",
        "web",
        "--async",
        "--revision",
        "v2",
        "--prune",
        "--dry-run",
        "--resource",
        "apps:Deployment:web",
        "--resource",
        ":Service:shop/web",
    ]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (0, "web: sync asked for\n")
    );
    assert!(
        output
            .stderr
            .contains("warning: web has no object apps:Deployment:web")
    );
    assert_eq!(
        scene.read("web")["operation"],
        json!({
            "initiatedBy": { "username": "admin" },
            "sync": {
                "revision": "v2",
                "prune": true,
                "dryRun": true,
                "resources": [
                    { "group": "apps", "kind": "Deployment", "name": "web" },
                    { "kind": "Service", "name": "web", "namespace": "shop" },
                ],
            },
        })
    );
}

#[test]
fn one_being_synced_is_left_alone() {
    let scene = Scene::new("sync-busy");
    let mut busy = status("OutOfSync", "Healthy");
    let operation = json!({ "initiatedBy": { "username": "ann" }, "sync": {} });
    busy["operationState"] = state("Running", &operation, json!([]));
    scene.application("web", busy);
    let output = scene.app(&["sync", "web"]);
    assert_eq!(output.code, 5, "{output:?}");
    assert_eq!(
        output.stderr,
        "error: web is already being synced: an operation is Running, asked for by ann\n\
         hint: wait for its end with: caretaker app wait web --operation\n"
    );
    assert_eq!(scene.read("web")["operation"], Value::Null);
}

#[test]
fn a_missing_one_is_named_and_nothing_asked_for() {
    let scene = Scene::new("sync-missing");
    scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&["sync", "web", "wen"]);
    assert_eq!(output.code, 3, "{output:?}");
    assert!(output.stderr.contains("did you mean web?"), "{output:?}");
    assert_eq!(scene.read("web")["operation"], Value::Null);
}

#[test]
fn a_sync_nobody_takes_up_ends_in_time() {
    let scene = Scene::new("sync-timeout");
    scene.application("web", status("Synced", "Healthy"));
    let output = scene.app(&["sync", "web", "--timeout", "1"]);
    assert_eq!(output.code, 4, "{output:?}");
    assert!(
        output.stderr.contains("the sync has not ended within 1 s"),
        "{output:?}"
    );
    assert!(asked(&scene.read("web")));
}
