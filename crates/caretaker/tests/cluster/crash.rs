//! Processes that die: ours between any two writes, and the API server in the middle of a sync.

use crate::scene::{Scene, config_map};
use std::time::Duration;
use testbed::{Component, ControlPlane};

const OBJECTS: usize = 40;

fn fill(scene: &Scene<'_>, color: &str) {
    for at in 0..OBJECTS {
        let name = format!("object-{at}");
        scene
            .repository
            .write(&format!("apps/a/{name}.yaml"), config_map(&name, color));
    }
}

fn count(scene: &Scene<'_>, target: &str, color: &str) -> usize {
    let colors = scene.kubectl(&format!(
        "get configmap -n {target} -o jsonpath={{.items[*].data.color}}"
    ));
    colors
        .unwrap_or_default()
        .split_whitespace()
        .filter(|found| *found == color)
        .count()
}

#[test]
fn killed_again_and_again_it_converges_and_deletes_nothing() {
    let mut scene = Scene::new(ControlPlane::shared(), "kill");
    let target = scene.plane.namespace("kill-target");
    fill(&scene, "blue");
    scene.repository.publish("first");
    scene.apply(&scene.automated("killed", "apps/a", &target));
    let mark = scene.plane.audit_mark();
    // Lives of different lengths end at different places of the sync.
    for life in [300, 350, 400, 450, 500, 600] {
        scene.start();
        std::thread::sleep(Duration::from_millis(life));
        scene.kill();
    }
    fill(&scene, "green");
    scene.repository.publish("second");
    for life in [400, 500, 600] {
        scene.start();
        std::thread::sleep(Duration::from_millis(life));
        scene.kill();
    }
    scene.start();
    scene.wait_synced("killed");
    assert_eq!(count(&scene, &target, "green"), OBJECTS);
    let deletions = scene.plane.audit_lines_since(mark, |line| {
        line["verb"] == "delete" && line["objectRef"]["namespace"] == target.as_str()
    });
    assert!(deletions.is_empty(), "{deletions:?}");
}

#[test]
fn an_api_server_that_dies_in_the_middle_of_a_sync_is_waited_for() {
    let plane = ControlPlane::own();
    let mut scene = Scene::new(&plane, "api");
    let target = scene.plane.namespace("api-target");
    fill(&scene, "blue");
    scene.repository.publish("first");
    scene.apply(&scene.automated("restarted", "apps/a", &target));
    scene.start();
    scene.wait("the sync has begun", || count(&scene, &target, "blue") > 0);
    plane.restart(Component::ApiServer);
    scene.wait_synced("restarted");
    assert_eq!(count(&scene, &target, "blue"), OBJECTS);
    // It still watches: drift is seen and set back.
    let patch = r#"{"data":{"color":"red"}}"#;
    let patched = plane.kubectl(&[
        "patch",
        "configmap",
        "object-3",
        "-n",
        &target,
        "--type",
        "merge",
        "-p",
        patch,
    ]);
    patched.expect("it patches");
    scene.wait("drift is set back", || {
        count(&scene, &target, "blue") == OBJECTS
    });
}
