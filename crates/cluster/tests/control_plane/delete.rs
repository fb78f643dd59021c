//! Deleting only what was meant.

use bytes::Bytes;
use cluster::{DeleteOptions, Deleted, RequestError};
use serde_json::json;

use crate::scene::{Scene, by, config_maps, value};

#[tokio::test]
async fn another_object_of_the_same_name_is_not_deleted() {
    let scene = Scene::shared("delete").await;
    let applied = scene.apply("a", json!({})).await.unwrap();
    let uid = value(&applied.object)["metadata"]["uid"]
        .as_str()
        .map(str::to_owned);
    let delete = async |options: DeleteOptions| {
        scene
            .connection
            .delete(&config_maps(), &scene.namespace, "a", &options)
            .await
    };
    let of_another = DeleteOptions {
        uid: Some("not-it".into()),
        ..Default::default()
    };
    assert!(matches!(
        delete(of_another).await,
        Err(RequestError::Conflict { .. })
    ));
    let of_older = DeleteOptions {
        resource_version: Some("1".into()),
        uid: uid.clone(),
        ..Default::default()
    };
    assert!(matches!(
        delete(of_older).await,
        Err(RequestError::Conflict { .. })
    ));
    let dry = DeleteOptions {
        uid: uid.clone(),
        dry_run: true,
        ..Default::default()
    };
    delete(dry).await.unwrap();
    let of_it = DeleteOptions {
        uid,
        propagation: model::PropagationPolicy::Background,
        ..Default::default()
    };
    assert_eq!(delete(of_it.clone()).await.unwrap(), Deleted::Done);
    assert_eq!(delete(of_it).await.unwrap(), Deleted::NotThere);
}

#[tokio::test]
async fn a_finalizer_makes_it_wait() {
    let scene = Scene::shared("finalizer").await;
    let apply = async |finalizers: &[&str]| {
        let metadata = json!({ "name": "a", "finalizers": finalizers });
        let body = json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata });
        let body = Bytes::from(body.to_string());
        scene
            .connection
            .apply(&config_maps(), &scene.namespace, "a", body, &by("m"))
            .await
            .unwrap()
    };
    apply(&["caretaker.test/hold"]).await;
    let options = DeleteOptions::default();
    let deleted = scene
        .connection
        .delete(&config_maps(), &scene.namespace, "a", &options)
        .await;
    assert!(matches!(deleted.unwrap(), Deleted::Waiting(_)));
    apply(&[]).await;
}
