//! Applications whose folder is a kustomization.

use crate::scene::{Scene, config_map, deployment};
use testbed::ControlPlane;

const BASE: &str = "resources: [web.yaml, settings.yaml]\n";
const PROD: &str = "resources: [../../base]
namePrefix: prod-
patches:
- patch: '- {op: replace, path: /data/color, value: green}'
  target: {kind: ConfigMap, name: settings}
configMapGenerator:
- name: generated
  literals: [size=small]
";

fn write_overlay(scene: &Scene<'_>, prod: &str) {
    let settings = config_map("settings", "blue");
    for (path, text) in [
        ("base/kustomization.yaml", BASE),
        ("base/settings.yaml", &settings),
        ("base/web.yaml", &deployment("web")),
        ("overlays/prod/kustomization.yaml", prod),
    ] {
        scene.repository.write(path, text);
    }
}

#[test]
fn an_overlay_is_kept_with_the_applications_own_wishes() {
    let mut scene = Scene::new(ControlPlane::shared(), "overlay");
    let target = scene.plane.namespace("overlay-target");
    write_overlay(&scene, PROD);
    scene.repository.publish("first");
    let path = "path: overlays/prod}";
    let wishes = "path: overlays/prod, kustomize: {nameSuffix: -x, \
                  commonAnnotations: {by: '${ARGOCD_APP_NAME}'}, commonAnnotationsEnvsubst: true, \
                  replicas: [{name: web, count: 1}]}}";
    let app = scene.automated("overlaid", "overlays/prod", &target);
    assert!(app.contains(path));
    scene.apply(&app.replace(path, wishes));
    scene.start();
    scene.wait_synced("overlaid");
    let field = |object: &str, field: &str| {
        let get = format!("get {object} -n {target} -o jsonpath={{{field}}}");
        scene.kubectl(&get).expect("it is there")
    };
    assert_eq!(field("configmap/prod-settings-x", ".data.color"), "green");
    let deployment = "deployment/prod-web-x";
    assert_eq!(field(deployment, ".spec.replicas"), "1");
    assert_eq!(field(deployment, ".metadata.annotations.by"), "overlaid");
    let source_type = &scene.app("overlaid")["status"]["sourceType"];
    assert_eq!(source_type, "Kustomize");
    let generated = || {
        let names = scene.kubectl(&format!("get configmaps -n {target} -o name"));
        let names = names.expect("they can be listed");
        let found = names
            .lines()
            .find(|name| name.contains("prod-generated-x-"));
        found.map(str::to_owned)
    };
    let before = generated().expect("it is generated");
    // New content is a new name: the new one comes, the old one is pruned.
    write_overlay(&scene, &PROD.replace("size=small", "size=large"));
    scene.repository.publish("larger");
    scene.refresh("overlaid");
    scene.wait("the generated object is another one", || {
        generated().is_some_and(|name| name != before)
            && scene.kubectl(&format!("get {before} -n {target}")).is_err()
    });
    scene.wait_synced("overlaid");
}

#[test]
fn a_broken_kustomization_is_told_with_its_file_and_line_and_changes_nothing() {
    let mut scene = Scene::new(ControlPlane::shared(), "badoverlay");
    let target = scene.plane.namespace("badoverlay-target");
    write_overlay(&scene, PROD);
    scene.repository.publish("first");
    scene.apply(&scene.automated("misspelt", "overlays/prod", &target));
    scene.start();
    scene.wait_synced("misspelt");
    write_overlay(&scene, &PROD.replace("resources", "ressources"));
    scene.repository.publish("misspelt");
    scene.refresh("misspelt");
    scene.wait_condition(
        "misspelt",
        "ComparisonError",
        "overlays/prod/kustomization.yaml, line 1",
    );
    scene.wait_condition("misspelt", "ComparisonError", "did you mean");
    let there = scene.kubectl(&format!("get configmap prod-settings -n {target}"));
    there.expect("nothing is pruned");
}
