//! Git that fails, and what is left alone meanwhile.

use crate::scene::{Scene, config_map};
use testbed::{ControlPlane, GitFault};

#[test]
fn while_git_is_unreachable_drift_is_healed_and_nothing_is_pruned() {
    let mut scene = Scene::new(ControlPlane::shared(), "gitdown");
    let target = scene.plane.namespace("gitdown-target");
    scene
        .repository
        .write("apps/a/one.yaml", config_map("one", "blue"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("gitdown", "apps/a", &target));
    scene.start();
    scene.wait_synced("gitdown");
    scene.git.break_with(GitFault::Refuse);
    scene.refresh("gitdown");
    scene.wait_condition("gitdown", "ComparisonError", "source not reached since");
    let patch = r#"{"data":{"color":"red"}}"#;
    let patched = scene.plane.kubectl(&[
        "patch",
        "configmap",
        "one",
        "-n",
        &target,
        "--type",
        "merge",
        "-p",
        patch,
    ]);
    patched.expect("it patches");
    scene.wait_kubectl(
        &format!("get configmap one -n {target} -o jsonpath={{.data.color}}"),
        "blue",
    );
    scene
        .repository
        .write("apps/a/one.yaml", config_map("one", "green"));
    scene.repository.publish("second");
    // Only now: the try that finds the server mended is followed by a whole poll interval.
    scene.git.mend();
    scene.wait_synced("gitdown");
    assert_eq!(
        scene.app("gitdown")["status"]["conditions"]
            .as_array()
            .map_or(0, Vec::len),
        0
    );
}

#[test]
fn a_broken_manifest_among_good_ones_changes_nothing() {
    let mut scene = Scene::new(ControlPlane::shared(), "broken");
    let target = scene.plane.namespace("broken-target");
    scene
        .repository
        .write("apps/a/one.yaml", config_map("one", "blue"));
    scene
        .repository
        .write("apps/a/two.yaml", config_map("two", "blue"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("broken", "apps/a", &target));
    scene.start();
    scene.wait_synced("broken");
    scene
        .repository
        .write("apps/a/one.yaml", config_map("one", "green"));
    scene.repository.write(
        "apps/a/two.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two\n",
    );
    scene.repository.publish("broken");
    scene.refresh("broken");
    scene.wait_condition("broken", "ComparisonError", "apps/a/two.yaml");
    let color = format!("get configmap one -n {target} -o jsonpath={{.data.color}}");
    assert_eq!(scene.kubectl(&color).as_deref(), Ok("blue"));
    scene
        .kubectl(&format!("get configmap two -n {target}"))
        .expect("it is not pruned");
    scene.repository.revert();
    scene.repository.push();
    scene.refresh("broken");
    scene.wait_synced("broken");
}

#[test]
fn a_failing_api_group_stops_only_those_who_need_it() {
    let plane = ControlPlane::own();
    let mut scene = Scene::new(&plane, "group");
    let target = scene.plane.namespace("group-target");
    scene.apply(
        "apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.broken.example.org}
spec:
  group: broken.example.org
  version: v1
  groupPriorityMinimum: 100
  versionPriority: 100
  insecureSkipTLSVerify: true
  service: {name: nobody, namespace: default}
",
    );
    scene
        .repository
        .write("apps/good/one.yaml", config_map("one", "blue"));
    scene
        .repository
        .write("apps/good/two.yaml", config_map("two", "blue"));
    scene
        .repository
        .write("apps/needs/one.yaml", config_map("kept", "blue"));
    scene.repository.publish("first");
    scene.apply(&scene.automated("good", "apps/good", &target));
    scene.apply(&scene.automated("needs", "apps/needs", &target));
    scene.start();
    scene.wait_synced("good");
    scene.wait_synced("needs");
    let thing = "apiVersion: broken.example.org/v1\nkind: Thing\nmetadata: {name: thing}\n";
    scene.repository.write("apps/needs/thing.yaml", thing);
    scene.repository.remove("apps/needs/one.yaml");
    scene.repository.remove("apps/good/two.yaml");
    scene.repository.publish("second");
    scene.refresh("good");
    scene.wait_gone(&format!("configmap two -n {target}"));
    scene.wait_synced("good");
    scene.wait_condition(
        "needs",
        "ComparisonError",
        "discovery of broken.example.org/v1 Thing failed",
    );
    scene
        .kubectl(&format!("get configmap kept -n {target}"))
        .expect("nothing is pruned meanwhile");
}
