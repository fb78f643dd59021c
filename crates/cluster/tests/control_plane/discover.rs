//! What the server serves.

use model::{GroupKind, GroupVersionKind};

use crate::scene::Scene;

#[tokio::test]
async fn every_kind_is_found_with_its_preferred_version() {
    let Scene { connection, .. } = Scene::shared("discover").await;
    let before = connection.counters().total();
    let discovery = connection.discover().await.unwrap();
    assert_eq!(
        connection.counters().total() - before,
        2,
        "/api and /apis say it all"
    );
    assert!(
        discovery.failed_groups.is_empty(),
        "{:?}",
        discovery.failed_groups
    );
    let deployment = discovery
        .preferred(&GroupKind::new("apps", "Deployment"))
        .unwrap();
    assert_eq!(
        deployment.gvk,
        GroupVersionKind::from_api_version("apps/v1", "Deployment")
    );
    assert!(deployment.namespaced && deployment.is_watchable());
    assert!(deployment.subresources.contains(&"scale".into()));
    let role = discovery.preferred(&GroupKind::new("rbac.authorization.k8s.io", "ClusterRole"));
    assert!(!role.unwrap().namespaced);
    let review = GroupKind::new("authorization.k8s.io", "SubjectAccessReview");
    assert!(!discovery.preferred(&review).unwrap().is_watchable());
    let autoscaler = GroupKind::new("autoscaling", "HorizontalPodAutoscaler");
    assert_eq!(
        &*discovery.preferred(&autoscaler).unwrap().gvk.version,
        "v2"
    );
}

#[tokio::test]
async fn a_registered_api_that_nobody_serves_is_a_failed_group() {
    let scene = Scene::shared("stale").await;
    let service = r#"{"apiVersion":"apiregistration.k8s.io/v1","kind":"APIService",
        "metadata":{"name":"v1.nobody.caretaker.test"},"spec":{"group":"nobody.caretaker.test",
        "version":"v1","groupPriorityMinimum":100,"versionPriority":100,"insecureSkipTLSVerify":true,
        "service":{"name":"nobody","namespace":"default"}}}"#;
    let plane = testbed::ControlPlane::shared();
    plane.kubectl_stdin(&["apply", "-f", "-"], service).unwrap();
    let mut discovery = scene.connection.discover().await.unwrap();
    for _ in 0..100 {
        if !discovery.failed_groups.is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        discovery = scene.connection.discover().await.unwrap();
    }
    plane
        .kubectl(&["delete", "apiservice", "v1.nobody.caretaker.test"])
        .unwrap();
    assert_eq!(
        discovery.failed_groups[0].group_version,
        "nobody.caretaker.test/v1"
    );
    assert!(discovery.is_incomplete("nobody.caretaker.test"));
    assert!(
        discovery
            .preferred(&GroupKind::new("apps", "Deployment"))
            .is_some()
    );
}

#[tokio::test]
async fn the_version_is_read() {
    let Scene { connection, .. } = Scene::shared("version").await;
    assert_eq!(connection.version().await.unwrap().major, "1");
}
