//! Server-side apply, and the other verbs that write.

use cluster::{
    Answer, ApiResource, ApplyOptions, CreateOptions, FieldValidation, ListOptions, Outcome,
    PatchKind, PatchOptions, RequestError, Verb,
};
use model::GroupVersionKind;
use serde_json::json;

use crate::scene::{Scene, by, config_maps, value};

#[tokio::test]
async fn an_apply_creates_then_changes_then_does_nothing() {
    let scene = Scene::shared("apply").await;
    let created = scene.apply("a", json!({ "k": "1" })).await.unwrap();
    let changed = scene.apply("a", json!({ "k": "2" })).await.unwrap();
    let same = scene.apply("a", json!({ "k": "2" })).await.unwrap();
    assert!(created.created && !changed.created);
    assert_ne!(created.resource_version, changed.resource_version);
    assert_eq!(changed.resource_version, same.resource_version);
    let live = scene
        .connection
        .get(&config_maps(), &scene.namespace, "a")
        .await
        .unwrap();
    assert_eq!(value(&live.unwrap())["data"], json!({ "k": "2" }));
    assert_eq!(
        scene.connection.counters().get(Verb::Apply, Outcome::Done),
        3
    );
}

#[tokio::test]
async fn a_conflict_names_the_field_and_its_owner_and_force_takes_it() {
    let scene = Scene::shared("conflict").await;
    scene.apply("a", json!({ "k": "1" })).await.unwrap();
    let apply = async |options: ApplyOptions| {
        let body = scene.config_map("a", json!({ "k": "2" }));
        scene
            .connection
            .apply(&config_maps(), &scene.namespace, "a", body, &options)
            .await
    };
    let Err(RequestError::Conflict { causes, .. }) = apply(by("other")).await else {
        panic!("a field of another manager is a conflict");
    };
    assert_eq!(causes[0].field, ".data.k");
    assert!(causes[0].message.contains("caretaker"), "{causes:?}");
    let applied = apply(ApplyOptions {
        force: true,
        ..by("other")
    })
    .await
    .unwrap();
    assert_eq!(value(&applied.object)["data"]["k"], "2");
}

#[tokio::test]
async fn a_dry_run_shows_what_would_be_and_changes_nothing() {
    let scene = Scene::shared("dry-run").await;
    let body = scene.config_map("a", json!({ "k": "1" }));
    let options = ApplyOptions {
        dry_run: true,
        ..by("caretaker")
    };
    let shown = scene
        .connection
        .apply(&config_maps(), &scene.namespace, "a", body, &options)
        .await;
    assert_eq!(value(&shown.unwrap().object)["data"]["k"], "1");
    let live = scene
        .connection
        .get(&config_maps(), &scene.namespace, "a")
        .await
        .unwrap();
    assert!(live.is_none());
}

#[tokio::test]
async fn a_field_that_the_schema_does_not_have_is_invalid() {
    let scene = Scene::shared("schema").await;
    let body = json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "a" },
        "colour": "red" });
    for field_validation in [FieldValidation::Strict, FieldValidation::Ignore] {
        let options = ApplyOptions {
            field_validation,
            ..by("caretaker")
        };
        let body = body.to_string().into();
        let applied = scene
            .connection
            .apply(&config_maps(), &scene.namespace, "a", body, &options)
            .await;
        let Err(RequestError::Invalid { message, .. }) = applied else {
            panic!("{field_validation:?}: {applied:?}");
        };
        assert!(message.contains("colour"), "{message}");
    }
}

#[tokio::test]
async fn a_field_given_twice_is_refused_or_warned_of_as_asked() {
    let scene = Scene::shared("strict").await;
    let apply = async |field_validation| {
        let body = r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},
            "data":{"twice":"1","twice":"2"}}"#;
        let options = ApplyOptions {
            field_validation,
            ..by("caretaker")
        };
        let (kind, namespace, body) = (config_maps(), &scene.namespace, body.into());
        scene
            .connection
            .apply(&kind, namespace, "a", body, &options)
            .await
    };
    let refused = apply(FieldValidation::Strict).await;
    assert!(
        matches!(&refused, Err(RequestError::Invalid { message, .. }) if message.contains("twice")),
        "{refused:?}"
    );
    let warned = apply(FieldValidation::Warn).await.unwrap().warnings;
    assert!(warned[0].contains("twice"), "{warned:?}");
    assert!(
        apply(FieldValidation::Ignore)
            .await
            .unwrap()
            .warnings
            .is_empty()
    );
}

#[tokio::test]
async fn an_answer_may_be_metadata_alone() {
    let scene = Scene::shared("metadata").await;
    let options = ApplyOptions {
        answer: Answer::Metadata,
        ..by("caretaker")
    };
    let body = scene.config_map("a", json!({ "k": "1" }));
    let applied = scene
        .connection
        .apply(&config_maps(), &scene.namespace, "a", body, &options)
        .await;
    let applied = applied.unwrap();
    assert_eq!(value(&applied.object)["kind"], "PartialObjectMetadata");
    assert!(!applied.resource_version.is_empty());
}

#[tokio::test]
async fn create_patch_replace_and_list_do_what_they_say() {
    let scene = Scene::shared("verbs").await;
    let (kind, namespace) = (config_maps(), &scene.namespace);
    let connection = &scene.connection;
    let create = async |dry_run| {
        let options = CreateOptions {
            dry_run,
            ..Default::default()
        };
        let body = scene.config_map("a", json!({ "k": "1" }));
        connection.create(&kind, namespace, body, &options).await
    };
    create(true).await.unwrap();
    let created = value(&create(false).await.unwrap());
    assert!(matches!(
        create(false).await,
        Err(RequestError::AlreadyExists { .. })
    ));
    let patch = r#"{"data":{"k":"2"}}"#.into();
    let options = PatchOptions::default();
    connection
        .patch(&kind, namespace, "a", PatchKind::Merge, patch, &options)
        .await
        .unwrap();
    let options = CreateOptions::default();
    let stale = connection.replace(&kind, namespace, "a", created.to_string().into(), &options);
    assert!(matches!(stale.await, Err(RequestError::Conflict { .. })));
    let mut listed = Vec::new();
    let options = ListOptions {
        namespace: Some(namespace.clone()),
        field_selector: Some("metadata.name=a".into()),
        ..Default::default()
    };
    connection
        .list(&kind, &options, |object| listed.push(value(&object)))
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (&listed[0]["kind"], &listed[0]["data"]["k"]),
        (&json!("ConfigMap"), &json!("2"))
    );
}

#[tokio::test]
async fn a_refused_secret_is_not_quoted() {
    let scene = Scene::shared("secret").await;
    let secrets = ApiResource::new(
        GroupVersionKind::from_api_version("v1", "Secret"),
        "secrets",
        true,
    );
    let body = json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "a" },
        "data": { "key": "hunter2!" }, "type": { "hunter2!": 1 } });
    let body = body.to_string().into();
    let refused = scene
        .connection
        .apply(&secrets, &scene.namespace, "a", body, &by("m"))
        .await;
    let words = format!("{:?}", refused.unwrap_err());
    assert!(!words.contains("hunter2"), "{words}");
}
