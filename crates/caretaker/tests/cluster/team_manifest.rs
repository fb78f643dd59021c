//! A production team's Application, as it stands, from first sync to deletion.

use crate::scene::{Scene, config_map, deployment};
use testbed::ControlPlane;

/// As teams write it; only the repository and the namespace of the Application are the test's.
fn manifest(scene: &Scene<'_>) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: platform-core
  namespace: {}
  finalizers:
  - resources-finalizer.argocd.argoproj.io
spec:
  project: default
  source:
    repoURL: {}
    targetRevision: main
    path: clusters/prod/base
    directory:
      recurse: true
  destination:
    server: https://kubernetes.default.svc
    namespace: platform-core
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
      allowEmpty: false
    syncOptions:
    - CreateNamespace=true
    - PrunePropagationPolicy=foreground
    - PruneLast=true
    retry:
      limit: 5
      backoff:
        duration: 5s
        factor: 2
        maxDuration: 3m
  ignoreDifferences:
  - group: apps
    kind: Deployment
    jsonPointers:
    - /spec/replicas
",
        scene.namespace,
        scene.url()
    )
}

#[test]
fn it_works_as_it_stands() {
    let mut scene = Scene::new(ControlPlane::shared(), "team");
    let base = "clusters/prod/base";
    scene.repository.write(
        &format!("{base}/config.yaml"),
        config_map("settings", "blue"),
    );
    scene
        .repository
        .write(&format!("{base}/web/web.yaml"), deployment("web"));
    scene.repository.write(
        &format!("{base}/web/extra.yaml"),
        config_map("extra", "green"),
    );
    scene.repository.publish("first");
    scene.apply(&manifest(&scene));
    scene.start();
    scene.wait_synced("platform-core");
    let app = scene.app("platform-core");
    assert_eq!(app["status"]["operationState"]["phase"], "Succeeded");
    assert_eq!(
        app["status"]["operationState"]["message"],
        "successfully synced (all tasks run)"
    );
    assert_eq!(app["status"]["resources"].as_array().map(Vec::len), Some(3));

    // An autoscaler's replicas are left alone; everything else is set back.
    scene
        .kubectl("scale deployment web -n platform-core --replicas 5")
        .expect("it scales");
    scene
        .kubectl("label configmap settings -n platform-core stage=test")
        .expect("it labels");
    scene
        .kubectl("patch configmap settings -n platform-core --type merge -p {\"data\":{\"color\":\"red\"}}")
        .expect("it patches");
    let color = "get configmap settings -n platform-core -o jsonpath={.data.color}";
    scene.wait_kubectl(color, "blue");
    scene.wait_synced("platform-core");
    let replicas =
        scene.kubectl("get deployment web -n platform-core -o jsonpath={.spec.replicas}");
    assert_eq!(
        replicas.as_deref(),
        Ok("5"),
        "ignoreDifferences names /spec/replicas"
    );

    scene.repository.remove(&format!("{base}/web/extra.yaml"));
    scene.repository.publish("one less");
    scene.refresh("platform-core");
    scene.wait_gone("configmap extra -n platform-core");
    scene.wait_synced("platform-core");

    // Taking everything away is refused without allowEmpty.
    scene.repository.remove(&format!("{base}/web/web.yaml"));
    scene.repository.remove(&format!("{base}/config.yaml"));
    scene
        .repository
        .write(&format!("{base}/README.md"), "nothing here\n");
    scene.repository.publish("nothing left");
    scene.refresh("platform-core");
    scene.wait_condition("platform-core", "SyncError", "wipe out all resources");
    scene
        .kubectl("get configmap settings -n platform-core")
        .expect("it is still there");

    let delete = "delete applications.argoproj.io platform-core --wait=true --timeout=60s -n";
    scene
        .kubectl(&format!("{delete} {}", scene.namespace))
        .expect("the finalizer is released");
    scene.wait_gone("configmap settings -n platform-core");
    scene.wait_gone("deployment web -n platform-core");
}
