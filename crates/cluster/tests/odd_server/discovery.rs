//! Discovery of a server that does not aggregate.

use model::GroupKind;

use crate::server::{connect, ok, status};

#[tokio::test]
async fn groups_are_asked_one_by_one_and_a_failing_one_is_kept_as_a_fact() {
    let (connection, _) = connect(|request, _| match request {
        "GET /api" => ok(r#"{"kind":"APIVersions","versions":["v1"]}"#),
        "GET /api/v1" => ok(
            r#"{"resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["get","list","watch"]},
                {"name":"pods/status","kind":"Pod","namespaced":true,"verbs":["get"]}]}"#,
        ),
        "GET /apis" => ok(
            r#"{"kind":"APIGroupList","groups":[{"name":"broken.io","versions":[{"groupVersion":"broken.io/v1"}],
                "preferredVersion":{"groupVersion":"broken.io/v1"}}]}"#,
        ),
        _ => status(503, "nobody there"),
    })
    .await;
    let discovery = connection.discover().await.unwrap();
    let pod = discovery.preferred(&GroupKind::new("", "Pod")).unwrap();
    assert!(pod.namespaced && pod.is_watchable());
    assert_eq!(discovery.failed_groups[0].group_version, "broken.io/v1");
    assert_eq!(
        discovery.failed_groups[0].error,
        "unavailable: nobody there"
    );
}

#[tokio::test]
async fn without_a_root_there_is_no_discovery() {
    let (connection, _) = connect(|_, _| status(403, "not you")).await;
    let error = connection.discover().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the server's list of API groups (/api) cannot be had"
    );
}
