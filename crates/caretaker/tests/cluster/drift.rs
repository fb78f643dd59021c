//! Drift, and what is no drift.

use crate::scene::{Scene, config_map, deployment};
use testbed::ControlPlane;

#[test]
fn what_the_server_spells_differently_is_no_drift() {
    let mut scene = Scene::new(ControlPlane::shared(), "spell");
    let target = scene.plane.namespace("spell-target");
    scene.repository.write("apps/a/web.yaml", deployment("web"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("spelling", "apps/a", &target));
    scene.start();
    scene.wait_synced("spelling");
    let uid = |scene: &Scene<'_>| {
        scene.kubectl(&format!(
            "get deployment web -n {target} -o jsonpath={{.metadata.generation}}"
        ))
    };
    let generation = uid(&scene);
    let mark = scene.plane.audit_mark();
    // Changes by others of fields that we do not declare are their own affair.
    scene
        .kubectl(&format!(
            "annotate deployment web -n {target} example.org/note=hello"
        ))
        .expect("it annotates");
    scene
        .kubectl(&format!("scale deployment web -n {target} --replicas 4"))
        .expect("it scales");
    scene.wait_kubectl(
        &format!("get deployment web -n {target} -o jsonpath={{.spec.replicas}}"),
        "2",
    );
    scene.wait_synced("spelling");
    let applies = scene.plane.audit_lines_since(mark, |line| {
        line["verb"] == "patch"
            && line["objectRef"]["name"] == "web"
            && line["objectRef"]["namespace"] == target.as_str()
            && line["userAgent"]
                .as_str()
                .is_some_and(|agent| agent.starts_with("caretaker"))
    });
    assert_eq!(applies.len(), 1, "one drift, one apply: {applies:?}");
    assert_ne!(uid(&scene), generation);
}

#[test]
fn objects_made_by_kubectl_are_taken_over_without_a_fight() {
    let mut scene = Scene::new(ControlPlane::shared(), "adopt");
    let target = scene.plane.namespace("adopt-target");
    let applied = scene
        .plane
        .kubectl_stdin(&["apply", "-n", &target, "-f", "-"], &deployment("web"));
    applied.expect("kubectl applies it");
    scene.repository.write("apps/a/web.yaml", deployment("web"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("adopted", "apps/a", &target));
    scene.start();
    scene.wait_synced("adopted");
    scene.wait("the fields are ours, and no longer kubectl's", || {
        let managers = scene.kubectl(&format!(
            "get deployment web -n {target} -o jsonpath={{.metadata.managedFields[*].manager}} --show-managed-fields"
        ));
        managers.is_ok_and(|managers| {
            managers.contains("argocd-controller") && !managers.contains("kubectl-client-side-apply")
        })
    });
    // A field that is no longer declared goes, though kubectl had set it.
    let without_env =
        deployment("web").replace("        env: [{name: GREETING, value: hello}]\n", "");
    scene.repository.write("apps/a/web.yaml", without_env);
    scene.repository.publish("no env");
    scene.refresh("adopted");
    let env = "-o jsonpath={.spec.template.spec.containers[0].env}";
    scene.wait_kubectl(&format!("get deployment web -n {target} {env}"), "");
    scene.wait_synced("adopted");
}

#[test]
fn a_requested_sync_is_carried_out_and_told() {
    let mut scene = Scene::new(ControlPlane::shared(), "op");
    let target = scene.plane.namespace("op-target");
    scene
        .repository
        .write("apps/a/one.yaml", config_map("one", "blue"));
    scene.repository.publish("first");
    let manual = scene
        .automated("manual", "apps/a", &target)
        .replace("    automated: {prune: true, selfHeal: true}\n", "");
    scene.apply(&manual);
    scene.start();
    scene.wait("it is seen to be OutOfSync", || {
        scene.app("manual")["status"]["sync"]["status"] == "OutOfSync"
    });
    let patch = r#"{"operation":{"sync":{},"initiatedBy":{"username":"alice"}}}"#;
    let asked = scene.plane.kubectl(&[
        "patch",
        "applications.argoproj.io",
        "manual",
        "-n",
        &scene.namespace,
        "--type",
        "merge",
        "-p",
        patch,
    ]);
    asked.expect("the operation is accepted");
    scene.wait_synced("manual");
    scene.wait("the operation is over", || {
        scene.app("manual")["status"]["operationState"]["phase"] == "Succeeded"
    });
    let app = scene.app("manual");
    assert!(
        app.get("operation").is_none(),
        "the request is taken off the resource: {app}"
    );
    assert_eq!(app["status"]["operationState"]["phase"], "Succeeded");
    assert_eq!(
        app["status"]["operationState"]["operation"]["initiatedBy"]["username"],
        "alice"
    );
    assert_eq!(app["status"]["history"].as_array().map(Vec::len), Some(1));
}
