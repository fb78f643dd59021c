//! Two candidates and one lease.

use std::time::{Duration, Instant};

use cluster::{Election, ElectionOptions, ElectionTimes, Leadership};

use crate::scene::{Scene, connect};

const TIMES: ElectionTimes = ElectionTimes {
    lease: Duration::from_secs(2),
    renew_within: Duration::from_millis(1500),
    retry: Duration::from_millis(200),
};

fn stand(scene: &Scene, identity: &str) -> Election {
    let (namespace, identity) = (scene.namespace.clone(), identity.to_owned());
    let options = ElectionOptions {
        namespace,
        name: "leader".into(),
        identity,
        times: TIMES,
    };
    Election::start(&scene.connection, options)
}

async fn until(election: &Election, wanted: Leadership) -> Duration {
    let begun = Instant::now();
    let mut leadership = election.leadership();
    let wait = leadership.wait_for(|known| *known == wanted);
    let found = tokio::time::timeout(Duration::from_secs(20), wait)
        .await
        .map(drop);
    found.unwrap_or_else(|_| panic!("never {wanted:?}"));
    begun.elapsed()
}

#[tokio::test]
async fn one_leads_the_other_waits_and_a_release_is_taken_at_once() {
    let scene = Scene::shared("election").await;
    let first = stand(&scene, "first");
    until(&first, Leadership::Ours).await;
    let second = stand(&scene, "second");
    until(&second, Leadership::Other("first".into())).await;
    tokio::time::sleep(TIMES.lease * 2).await;
    assert!(
        first.is_ours() && !second.is_ours(),
        "a leader that renews stays"
    );
    first.release().await;
    assert!(
        until(&second, Leadership::Ours).await < TIMES.lease,
        "nobody waits for a released lease"
    );
}

#[tokio::test]
async fn a_leader_that_dies_is_followed_once_its_lease_has_run_out() {
    let scene = Scene::shared("election-death").await;
    let first = stand(&scene, "first");
    until(&first, Leadership::Ours).await;
    let second = stand(&scene, "second");
    until(&second, Leadership::Other("first".into())).await;
    drop(first);
    assert!(until(&second, Leadership::Ours).await > TIMES.lease / 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_that_cannot_reach_the_server_steps_down_before_its_lease_runs_out() {
    let plane = testbed::ControlPlane::own();
    let namespace = plane.namespace("cut-off");
    let connection = connect(plane.kubeconfig(), "caretaker-cut-off").await;
    let leader = stand(
        &Scene {
            connection,
            namespace,
        },
        "leader",
    );
    until(&leader, Leadership::Ours).await;
    plane.freeze(testbed::Component::ApiServer);
    let took = until(&leader, Leadership::Unknown).await;
    assert!(took < TIMES.lease, "stepped down after {took:?}");
    plane.thaw(testbed::Component::ApiServer);
    until(&leader, Leadership::Ours).await;
}
