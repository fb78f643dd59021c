//! Watches on a server that behaves.

use cluster::{ApiResource, WatchRequest};
use model::GroupVersionKind;
use serde_json::json;

use crate::scene::{Scene, Watched, config_maps};

#[tokio::test]
async fn a_first_list_is_followed_by_every_change() {
    let scene = Scene::shared("watch").await;
    scene.apply("before", json!({})).await.unwrap();
    let watched = scene.watch();
    watched.until("listed", 1).await;
    let first = watched.told();
    assert_eq!(first.first().map(String::as_str), Some("restarted"));
    assert!(first.contains(&"+before".to_owned()), "{first:?}");
    scene.apply("after", json!({})).await.unwrap();
    watched.until("+after", 1).await;
    let options = Default::default();
    scene
        .connection
        .delete(&config_maps(), &scene.namespace, "after", &options)
        .await
        .unwrap();
    watched.until("-after", 1).await;
    assert_eq!(
        (watched.count("restarted"), watched.count("listed")),
        (1, 1)
    );
}

#[tokio::test]
async fn metadata_alone_is_enough_for_a_tree() {
    let scene = Scene::shared("metadata-watch").await;
    scene.apply("a", json!({ "k": "v" })).await.unwrap();
    let request = WatchRequest {
        namespace: Some(scene.namespace.clone()),
        metadata_only: true,
        ..WatchRequest::all(config_maps())
    };
    let watched = Watched::start(&scene.connection, request);
    watched.until("+PartialObjectMetadata/a", 1).await;
}

#[tokio::test]
async fn a_hundred_and_fifty_watches_leave_room_for_requests() {
    let scene = Scene::shared("many").await;
    let watches: Vec<_> = (0..150).map(|_| scene.watch()).collect();
    for watched in &watches {
        watched.until("listed", 1).await;
    }
    scene.apply("a", json!({})).await.unwrap();
    for watched in &watches {
        watched.until("+a", 1).await;
    }
}

#[tokio::test]
async fn a_kind_that_goes_away_and_comes_back_is_followed() {
    let scene = Scene::shared("crd").await;
    let plane = testbed::ControlPlane::shared();
    let definition = json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": { "name": "passings.watch.caretaker.test" },
        "spec": { "group": "watch.caretaker.test", "scope": "Namespaced",
            "names": { "kind": "Passing", "plural": "passings" },
            "versions": [{ "name": "v1", "served": true, "storage": true, "schema": {
                "openAPIV3Schema": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } }] }
    })
    .to_string();
    let define = || {
        plane
            .kubectl_stdin(&["apply", "-f", "-"], &definition)
            .unwrap()
    };
    define();
    plane
        .kubectl(&[
            "wait",
            "--for=condition=Established",
            "crd/passings.watch.caretaker.test",
        ])
        .unwrap();
    let kind = GroupVersionKind::from_api_version("watch.caretaker.test/v1", "Passing");
    let watched = Watched::start(
        &scene.connection,
        WatchRequest::all(ApiResource::new(kind, "passings", true)),
    );
    let other = scene.watch();
    watched.until("listed", 1).await;
    plane
        .kubectl(&["delete", "crd", "passings.watch.caretaker.test"])
        .unwrap();
    watched.until("failed: NotServed", 1).await;
    scene.apply("a", json!({})).await.unwrap();
    other.until("+a", 1).await;
    define();
    watched.until("listed", 2).await;
    plane
        .kubectl(&["delete", "crd", "passings.watch.caretaker.test"])
        .unwrap();
}

#[tokio::test]
async fn a_kind_we_may_not_watch_fails_alone() {
    let plane = testbed::ControlPlane::shared();
    let scene = Scene::shared("forbidden").await;
    let kubeconfig = plane.kubeconfig_for("nobody", &[]);
    let nobody = crate::scene::connect(kubeconfig, "caretaker-nobody").await;
    let watched = Watched::start(&nobody, WatchRequest::all(config_maps()));
    watched.until("failed: Forbidden", 1).await;
    let error = nobody
        .get(&config_maps(), &scene.namespace, "a")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("cannot get"), "{error}");
}
