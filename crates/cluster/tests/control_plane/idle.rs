//! Nothing happens: nothing is sent.

use std::time::Duration;

use testbed::ControlPlane;

use crate::scene::Scene;

#[tokio::test]
async fn watches_without_news_send_no_request() {
    let plane = ControlPlane::shared();
    let scene = Scene::on(plane, "idle").await;
    let watches: Vec<_> = (0..60).map(|_| scene.watch()).collect();
    for watched in &watches {
        watched.until("listed", 1).await;
    }
    let (mark, before) = (plane.audit_mark(), scene.connection.counters().total());
    tokio::time::sleep(Duration::from_secs(8)).await;
    let ours = plane.audit_lines_since(mark, |line| line["userAgent"] == "caretaker-idle");
    assert!(ours.is_empty(), "{ours:?}");
    assert_eq!(scene.connection.counters().total(), before);
}
