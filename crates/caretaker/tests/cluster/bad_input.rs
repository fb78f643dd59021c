//! Input that has broken others: each is told clearly, and stops nobody else.

use crate::scene::{Scene, config_map};
use testbed::ControlPlane;

/// Folders that cannot be rendered or applied, and what must be said of each.
fn hopeless() -> Vec<(&'static str, &'static str, String, &'static str)> {
    let map = |name: &str| config_map(name, "blue");
    vec![
        (
            "not-yaml",
            "a.yaml",
            "kind: [ConfigMap\napiVersion: v1\n".into(),
            "not-yaml/a.yaml",
        ),
        (
            "no-kind",
            "a.yaml",
            "apiVersion: v1\nmetadata: {name: a}\n".into(),
            "kind",
        ),
        (
            "no-name",
            "a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {labels: {a: b}}\n".into(),
            "metadata.name",
        ),
        (
            "nul-byte",
            "a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"a\0b\"}\n".into(),
            "nul-byte/a.yaml",
        ),
        ("alias-bomb", "a.yaml", alias_bomb(), "alias-bomb/a.yaml"),
        (
            "deep",
            "a.yaml",
            format!(
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\nx: {}{}\n",
                "[".repeat(5000),
                "]".repeat(5000)
            ),
            "deep/a.yaml",
        ),
        (
            "kustomized",
            "kustomization.yaml",
            "resources: [a.yaml]\n".into(),
            "'a.yaml' doesn't exist",
        ),
        (
            "chart",
            "Chart.yaml",
            "apiVersion: v2\nname: chart\n".into(),
            "chart.metadata.version is required",
        ),
        ("odd-name", "a.yaml", map(&"a".repeat(300)), "ConfigMap"),
        (
            "no-such-kind",
            "a.yaml",
            "apiVersion: nobody.example.org/v1\nkind: Nothing\nmetadata: {name: a}\n".into(),
            "CRD is installed",
        ),
        (
            "bad-field",
            "a.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 70000}]}\n"
                .into(),
            "70000",
        ),
    ]
}

fn alias_bomb() -> String {
    let mut text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nl0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = level - 1;
        let aliases = vec![format!("*l{before}"); 10].join(", ");
        text.push_str(&format!("l{level}: &l{level} [{aliases}]\n"));
    }
    text
}

/// Everything that is said of an app: conditions and the operation's message.
fn said(scene: &Scene<'_>, name: &str) -> String {
    let status = &scene.app(name)["status"];
    let results = &status["operationState"]["syncResult"]["resources"];
    format!(
        "{} {} {}",
        status["conditions"], status["operationState"]["message"], results
    )
}

#[test]
fn every_hopeless_folder_is_told_and_stops_nobody_else() {
    let mut scene = Scene::new(ControlPlane::shared(), "bad");
    let target = scene.plane.namespace("bad-target");
    scene
        .repository
        .write("apps/good/one.yaml", config_map("good-one", "blue"));
    for (folder, file, text, _) in hopeless() {
        scene
            .repository
            .write(&format!("apps/{folder}/{file}"), text);
        scene.repository.write(
            &format!("apps/{folder}/fine.yaml"),
            config_map(&format!("fine-{folder}"), "blue"),
        );
    }
    scene.repository.publish("first");
    for (folder, ..) in hopeless() {
        scene.apply(&scene.automated(&format!("bad-{folder}"), &format!("apps/{folder}"), &target));
    }
    scene.apply(&scene.automated("bad-path", "apps/../../etc", &target));
    scene.apply(&scene.automated("bad-missing", "apps/nowhere", &target));
    scene.apply(&scene.automated("bad-good", "apps/good", &target));
    scene.start();
    scene.wait_synced("bad-good");
    for (folder, _, _, expected) in hopeless() {
        let name = format!("bad-{folder}");
        scene.wait(&format!("{name} says {expected:?}"), || {
            said(&scene, &name).contains(expected)
        });
        let status = &scene.app(&name)["status"]["sync"]["status"];
        assert_ne!(*status, "Synced", "{name}");
    }
    for (name, expected) in [("bad-path", "outside"), ("bad-missing", "apps/nowhere")] {
        scene.wait(&format!("{name} says {expected:?}"), || {
            said(&scene, name).contains(expected)
        });
    }
    // An object that the server refuses leaves its neighbours alone.
    scene
        .kubectl(&format!("get configmap fine-bad-field -n {target}"))
        .expect("it was applied");
    assert!(!scene.log().contains("panicked"), "{}", scene.log());
}

#[test]
fn a_malformed_application_is_told_and_stops_nobody_else() {
    let mut scene = Scene::new(ControlPlane::shared(), "badapp");
    let target = scene.plane.namespace("badapp-target");
    scene
        .repository
        .write("apps/good/one.yaml", config_map("one", "blue"));
    scene.repository.publish("first");
    let wrong_duration = scene.automated("wrong-duration", "apps/good", &target)
        + "    retry: {limit: 2, backoff: {duration: soon}}\n";
    scene.apply(&wrong_duration);
    let no_such_project = scene
        .automated("no-project", "apps/good", &target)
        .replace("project: default", "project: nobody");
    scene.apply(&no_such_project);
    let both = scene
        .automated("both-destinations", "apps/good", &target)
        .replace("{server: ", "{name: in-cluster, server: ");
    scene.apply(&both);
    scene.apply(&scene.automated("badapp-good", "apps/good", &target));
    scene.start();
    scene.wait_synced("badapp-good");
    for (name, expected) in [
        ("wrong-duration", "soon"),
        ("no-project", "nobody"),
        ("both-destinations", "name"),
    ] {
        scene.wait_condition(name, "InvalidSpecError", expected);
    }
}
