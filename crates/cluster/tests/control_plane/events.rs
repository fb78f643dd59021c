//! Events that kubectl shows.

use cluster::{EventKind, EventRecorder, NewEvent, ObjectReference};
use serde_json::json;

use crate::scene::{Scene, value};

#[tokio::test]
async fn an_event_is_described_and_its_repetition_counted() {
    let scene = Scene::shared("events").await;
    let applied = scene.apply("a", json!({})).await.unwrap();
    let uid = value(&applied.object)["metadata"]["uid"]
        .as_str()
        .unwrap()
        .to_owned();
    let recorder = EventRecorder::new(scene.connection.clone(), "caretaker");
    let event = |version: &str| NewEvent {
        about: ObjectReference {
            api_version: "v1".into(),
            kind: "ConfigMap".into(),
            namespace: scene.namespace.clone(),
            name: "a".into(),
            uid: uid.clone(),
            resource_version: version.into(),
        },
        kind: EventKind::Normal,
        reason: "OperationCompleted".into(),
        message: "Sync operation succeeded".into(),
    };
    for version in ["1", "2", "3"] {
        recorder.record(event(version)).await.unwrap();
    }
    let plane = testbed::ControlPlane::shared();
    let described = plane
        .kubectl(&["-n", &scene.namespace, "describe", "configmap", "a"])
        .unwrap();
    assert!(described.contains("OperationCompleted"), "{described}");
    assert!(described.contains("(x3 over"), "{described}");
    assert!(described.contains("caretaker"), "{described}");
}
