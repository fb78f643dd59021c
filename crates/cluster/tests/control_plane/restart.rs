//! The API server goes away and comes back, with and without memory of where we were.

use std::time::Duration;

use cluster::{Outcome, Verb};
use serde_json::json;
use testbed::{Component, ControlPlane};

use crate::scene::Scene;

#[tokio::test(flavor = "multi_thread")]
async fn watches_and_requests_go_on_after_a_restart() {
    let plane = ControlPlane::own();
    let scene = Scene::on(&plane, "restart").await;
    scene.apply("before", json!({})).await.unwrap();
    let watches: Vec<_> = (0..90).map(|_| scene.watch()).collect();
    for watched in &watches {
        watched.until("listed", 1).await;
    }
    plane.kill(Component::ApiServer);
    watches[0].until("failed: Unreachable", 1).await;
    let error = scene.apply("during", json!({})).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    plane.start(Component::ApiServer);
    while scene.apply("after", json!({})).await.is_err() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for watched in &watches {
        watched.until("+after", 1).await;
    }
    // The new server's cache begins later than where we were: it answers 410, and all is told anew.
    assert!(watches.iter().all(|watched| watched.count("+before") >= 1));
    assert!(
        scene
            .connection
            .counters()
            .get(Verb::Watch, Outcome::Unreachable)
            > 0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_the_server_forgot_leads_to_a_new_first_list() {
    let plane = ControlPlane::own();
    let scene = Scene::on(&plane, "forgot").await;
    scene.apply("kept", json!({})).await.unwrap();
    let watched = scene.watch();
    watched.until("listed", 1).await;
    // Other kinds move the store's version on, which this watch does not see.
    for number in 0..5 {
        plane
            .kubectl(&["create", "namespace", &format!("forgot-{number}")])
            .unwrap();
    }
    plane.restart(Component::ApiServer);
    watched.until("restarted", 2).await;
    watched.until("listed", 2).await;
    assert_eq!(watched.count("+kept"), 2);
    assert_eq!(
        scene
            .connection
            .counters()
            .get(Verb::Watch, Outcome::Conflict),
        0
    );
}
