//! Probes: what the kubelet is told.

use crate::client::{Server, body, status};
use server::{Heartbeat, Metrics, Probe, status_router};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

struct Loop {
    heart: Heartbeat,
    begun: AtomicBool,
}

impl Probe for Loop {
    fn is_alive(&self) -> bool {
        self.heart.silent_for() < Duration::from_millis(200)
    }
    fn is_ready(&self) -> bool {
        self.begun.load(SeqCst)
    }
    fn waiting_for(&self) -> String {
        "the first list of Applications".into()
    }
}

#[tokio::test]
async fn alive_while_the_loop_turns_and_ready_once_it_began() {
    let probe = Arc::new(Loop {
        heart: Heartbeat::default(),
        begun: false.into(),
    });
    let server = Server::start(status_router(probe.clone(), Arc::new(Metrics::new("1")))).await;
    probe.heart.beat();
    let (alive, ready) = (server.get("/healthz").await, server.get("/readyz").await);
    assert_eq!((status(&alive), body(&alive)), (200, "ok\n"));
    assert_eq!(
        (status(&ready), body(&ready)),
        (503, "waiting for the first list of Applications\n")
    );
    probe.begun.store(true, SeqCst);
    assert_eq!(status(&server.get("/readyz").await), 200);
    tokio::time::sleep(Duration::from_millis(250)).await;
    let stuck = server.get("/healthz").await;
    assert_eq!(
        (status(&stuck), body(&stuck)),
        (503, "the loop does not answer\n")
    );
    probe.heart.beat();
    assert_eq!(status(&server.get("/healthz").await), 200);
}
