//! Hooks, sync options and users' own health checks on the real control plane.

use crate::scene::Scene;
use testbed::ControlPlane;

/// A Job that simulated nodes run to its end.
fn job(name: &str, annotations: &str) -> String {
    format!(
        "apiVersion: batch/v1
kind: Job
metadata:
  {name}
  annotations: {{{annotations}}}
spec:
  template:
    metadata: {{labels: {{app: hook}}}}
    spec:
      restartPolicy: Never
      containers: [{{name: run, image: \"run:1\"}}]
"
    )
}

fn config_map(name: &str, color: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{color: {color}}}\n"
    )
}

#[test]
fn hooks_run_around_a_sync_and_are_cleaned_up() {
    let mut scene = Scene::new(ControlPlane::shared(), "hooks");
    let target = scene.plane.namespace("hooks-target");
    let before = job("name: migrate", "argocd.argoproj.io/hook: PreSync");
    let after = job(
        "generateName: smoke-",
        "helm.sh/hook: post-install, helm.sh/hook-delete-policy: hook-succeeded",
    );
    scene.repository.write("app/migrate.yaml", &before);
    scene.repository.write("app/smoke.yaml", &after);
    scene
        .repository
        .write("app/settings.yaml", config_map("settings", "blue"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("hooked", "app", &target));
    scene.start();
    scene.wait_synced("hooked");
    scene.wait("the operation is over", || {
        scene.app("hooked")["status"]["operationState"]["phase"] == "Succeeded"
    });
    let state = scene.app("hooked")["status"]["operationState"].clone();
    assert_eq!(state["message"], "successfully synced (no more tasks)");
    let lines = state["syncResult"]["resources"]
        .as_array()
        .expect("results");
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            let word = |field: &str| line[field].as_str().unwrap_or("-").to_owned();
            [
                word("kind"),
                word("syncPhase"),
                word("hookType"),
                word("hookPhase"),
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "Job PreSync PreSync Succeeded",
            "ConfigMap Sync - Succeeded",
            "Job PostSync PostSync Succeeded",
        ]
    );
    // The one that stays is let go; the other one is deleted.
    scene.wait("hooks are let go", || {
        let get = format!("get jobs -n {target} -o jsonpath={{range.items[*]}}{{.metadata.name}}:{{.metadata.finalizers}}{{end}}");
        scene.kubectl(&get).is_ok_and(|jobs| jobs == "migrate:")
    });
}

#[test]
fn a_hook_that_fails_keeps_everything_as_it_was() {
    let mut scene = Scene::new(ControlPlane::shared(), "hookfails");
    let target = scene.plane.namespace("hookfails-target");
    // A ConfigMap that cannot be made: the name is no name.
    let broken = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Not_A_Name\n  annotations: {argocd.argoproj.io/hook: PreSync}\n";
    scene.repository.write("app/broken.yaml", broken);
    scene
        .repository
        .write("app/settings.yaml", config_map("settings", "blue"));
    scene.repository.publish("first");
    let app = scene.automated("hookfails", "app", &target);
    scene.apply(&app.replace("  syncPolicy:\n", "  syncPolicy:\n    retry: {limit: 0}\n"));
    scene.start();
    scene.wait("the operation has failed", || {
        scene.app("hookfails")["status"]["operationState"]["phase"] == "Failed"
    });
    let message = scene.app("hookfails")["status"]["operationState"]["message"].to_string();
    assert!(
        message.contains("one or more objects failed to apply, reason: "),
        "{message}"
    );
    let get = format!("get configmap settings -n {target}");
    assert!(scene.kubectl(&get).is_err(), "nothing may be applied");
}

#[test]
fn replacing_removes_what_nobody_declares_and_force_makes_anew_what_cannot_change() {
    let mut scene = Scene::new(ControlPlane::shared(), "replace");
    let target = scene.plane.namespace("replace-target");
    let with = |text: String, options: &str| {
        let annotation = format!("argocd.argoproj.io/sync-options: '{options}'");
        text.replacen("}\n", &format!(", annotations: {{{annotation}}}}}\n"), 1)
    };
    let settings = |color: &str| with(config_map("settings", color), "Replace=true");
    let forced = |image: &str| {
        job(
            "name: once",
            "argocd.argoproj.io/sync-options: 'Force=true'",
        )
        .replace("run:1", image)
    };
    scene
        .repository
        .write("app/settings.yaml", settings("blue"));
    scene.repository.write("app/job.yaml", forced("run:1"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("replaced", "app", &target));
    scene.start();
    scene.wait_synced("replaced");
    let uid = scene
        .kubectl(&format!(
            "get job once -n {target} -o jsonpath={{.metadata.uid}}"
        ))
        .expect("it is there");
    let patch = format!(
        "patch configmap settings -n {target} --type=merge -p {{\"data\":{{\"extra\":\"theirs\"}}}}"
    );
    scene.kubectl(&patch).expect("it can be edited");
    scene
        .repository
        .write("app/settings.yaml", settings("green"));
    scene.repository.write("app/job.yaml", forced("run:2"));
    scene.repository.publish("second");
    scene.refresh("replaced");
    scene.wait_synced("replaced");
    let data = format!("get configmap settings -n {target} -o jsonpath={{.data}}");
    assert_eq!(
        scene.kubectl(&data).expect("it is there"),
        "{\"color\":\"green\"}"
    );
    let now = scene
        .kubectl(&format!(
            "get job once -n {target} -o jsonpath={{.metadata.uid}}"
        ))
        .expect("it was made anew");
    assert_ne!(now, uid);
}

#[test]
fn hooks_run_before_and_after_an_application_is_deleted() {
    let mut scene = Scene::new(ControlPlane::shared(), "deletehooks");
    let target = scene.plane.namespace("deletehooks-target");
    let before = job("name: backup", "argocd.argoproj.io/hook: PreDelete");
    let after = job(
        "name: farewell",
        "argocd.argoproj.io/hook: PostDelete, argocd.argoproj.io/hook-delete-policy: HookSucceeded",
    );
    scene.repository.write("app/backup.yaml", &before);
    scene.repository.write("app/farewell.yaml", &after);
    scene
        .repository
        .write("app/settings.yaml", config_map("settings", "blue"));
    scene.repository.publish("first");
    let app = scene.automated("leaving", "app", &target);
    scene.apply(&app.replace(
        "metadata: {name: leaving,",
        "metadata: {finalizers: [resources-finalizer.argocd.argoproj.io], name: leaving,",
    ));
    scene.start();
    scene.wait_synced("leaving");
    scene.wait("its finalizers tell of its hooks", || {
        let finalizers = scene.app("leaving")["metadata"]["finalizers"].to_string();
        finalizers.contains("pre-delete-finalizer") && finalizers.contains("post-delete-finalizer")
    });
    let namespace = scene.namespace.clone();
    let delete = format!("delete application leaving -n {namespace} --wait=false");
    scene.kubectl(&delete).expect("it can be deleted");
    scene.wait_gone(&format!("applications.argoproj.io leaving -n {namespace}"));
    let left = format!("get configmap,job -n {target} -o name");
    let left = scene.kubectl(&left).expect("they can be listed");
    assert!(
        !left.contains("settings") && !left.contains("farewell"),
        "{left}"
    );
    let events = scene.kubectl(&format!(
        "get events -n {target} -o jsonpath={{.items[*].involvedObject.name}}"
    ));
    let events = events.expect("events can be listed");
    assert!(
        events.contains("backup") && events.contains("farewell"),
        "{events}"
    );
}
