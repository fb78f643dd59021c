//! Taking over from kubectl: a field we stop declaring goes away.

use cluster::{
    ApplyOptions, LAST_APPLIED, PatchKind, PatchOptions, RequestError, migrate_client_side,
};
use serde_json::{Value, json};

use crate::scene::{Scene, by, config_maps, value};

async fn patch(scene: &Scene, steps: &Value) -> Result<Value, RequestError> {
    let (kind, options) = (config_maps(), PatchOptions::default());
    let body = steps.to_string().into();
    let patched = scene
        .connection
        .patch(
            &kind,
            &scene.namespace,
            "a",
            PatchKind::Json,
            body,
            &options,
        )
        .await;
    patched.map(|object| value(&object))
}

#[tokio::test]
async fn what_kubectl_applied_client_side_becomes_ours() {
    let scene = Scene::shared("migrate").await;
    let manifest = scene.config_map("a", json!({ "keep": "1", "drop": "1" }));
    let manifest = String::from_utf8(manifest.to_vec()).unwrap();
    testbed::ControlPlane::shared()
        .kubectl_stdin(&["apply", "-f", "-"], &manifest)
        .unwrap();
    let live = scene
        .connection
        .get(&config_maps(), &scene.namespace, "a")
        .await
        .unwrap();
    let live = value(&live.unwrap());
    let steps = migrate_client_side(&live, "argocd-controller").expect("kubectl applied it");

    let migrated = patch(&scene, &steps).await.unwrap();
    assert!(
        migrated["metadata"]["annotations"]
            .get(LAST_APPLIED)
            .is_none()
    );
    let entries = migrated["metadata"]["managedFields"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(
        (&entries[0]["manager"], &entries[0]["operation"]),
        (&json!("argocd-controller"), &json!("Apply"))
    );
    assert_eq!(migrate_client_side(&migrated, "argocd-controller"), None);

    let again = patch(&scene, &steps).await;
    assert!(
        matches!(again, Err(RequestError::Conflict { .. })),
        "{again:?}"
    );

    let body = scene.config_map("a", json!({ "keep": "2" }));
    let options: ApplyOptions = by("argocd-controller");
    let applied = scene
        .connection
        .apply(&config_maps(), &scene.namespace, "a", body, &options)
        .await;
    assert_eq!(
        value(&applied.unwrap().object)["data"],
        json!({ "keep": "2" })
    );
}
