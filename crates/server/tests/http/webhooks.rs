//! Webhooks: what reaches the sink, and what does not.

use crate::client::{Server, answer, body, post, status};
use server::{WebhookReply, WebhookSink, webhook_router};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::AsyncWriteExt;

const LIMIT: usize = 1000;

/// Headers and body.
type Received = (Vec<(String, String)>, Vec<u8>);

/// Remembers what it was given; works slowly on `slow`, panics on `panic`.
#[derive(Default)]
struct Sink {
    received: Mutex<Vec<Received>>,
    at_work: AtomicUsize,
    most_at_work: AtomicUsize,
}

impl WebhookSink for Sink {
    fn receive(&self, headers: &[(String, String)], body: &[u8]) -> WebhookReply {
        let now = self.at_work.fetch_add(1, SeqCst) + 1;
        self.most_at_work.fetch_max(now, SeqCst);
        if body == b"slow" {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.at_work.fetch_sub(1, SeqCst);
        assert_ne!(body, b"panic");
        self.received
            .lock()
            .unwrap()
            .push((headers.to_vec(), body.to_vec()));
        WebhookReply {
            status: 202,
            body: "taken\n".into(),
        }
    }
}

async fn start() -> (Arc<Sink>, Server) {
    let sink = Arc::new(Sink::default());
    let server = Server::start(webhook_router(sink.clone(), LIMIT)).await;
    (sink, server)
}

#[tokio::test]
async fn headers_in_lower_case_and_the_body_reach_the_sink() {
    let (sink, server) = start().await;
    let answer = server
        .post("X-GitHub-Event: push\r\nX-Odd: caf\u{e9}\r\n", "{}")
        .await;
    assert_eq!((status(&answer), body(&answer)), (202, "taken\n"));
    let received = sink.received.lock().unwrap();
    let (headers, bytes) = &received[0];
    assert!(
        headers.contains(&("x-github-event".into(), "push".into())),
        "{headers:?}"
    );
    assert!(
        headers.contains(&("x-odd".into(), "caf\u{e9}".into())),
        "{headers:?}"
    );
    assert_eq!(bytes, b"{}");
}

#[tokio::test]
async fn other_methods_and_paths_are_not_known() {
    let (_, server) = start().await;
    assert_eq!(status(&server.get("/api/webhook").await), 405);
    assert_eq!(status(&server.get("/").await), 404);
}

#[tokio::test]
async fn a_body_announced_too_large_is_refused_before_it_is_sent() {
    let (sink, server) = start().await;
    let mut stream = server.connect().await;
    let head = "POST /api/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 1001\r\n\
                connection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(status(&answer(stream).await), 413);
    assert!(sink.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_body_of_no_announced_length_is_cut_at_the_limit() {
    let (sink, server) = start().await;
    let head = "POST /api/webhook HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\
                connection: close\r\n\r\n";
    let chunk = format!("258\r\n{}\r\n", "x".repeat(600));
    let answer = server
        .send(format!("{head}{chunk}{chunk}0\r\n\r\n").as_bytes())
        .await;
    assert_eq!(status(&answer), 413);
    assert!(sink.received.lock().unwrap().is_empty());
    let answer = server
        .send(format!("{head}{chunk}0\r\n\r\n").as_bytes())
        .await;
    assert_eq!(status(&answer), 202);
}

#[tokio::test]
async fn a_storm_is_worked_off_a_few_at_a_time() {
    let (sink, server) = start().await;
    let server = Arc::new(server);
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let server = server.clone();
            tokio::spawn(async move { status(&server.post("", "slow").await) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), 202);
    }
    assert_eq!(sink.received.lock().unwrap().len(), 200);
    assert!(sink.most_at_work.load(SeqCst) <= 4);
}

#[tokio::test]
async fn bodies_that_never_end_do_not_keep_others_out() {
    let (_, server) = start().await;
    let mut slow = Vec::new();
    for _ in 0..100 {
        let mut stream = server.connect().await;
        let request = post("", &"x".repeat(900));
        stream.write_all(&request.as_bytes()[..200]).await.unwrap();
        slow.push(stream);
    }
    assert_eq!(status(&server.post("", "{}").await), 202);
}

#[tokio::test]
async fn a_sink_that_panics_harms_only_its_request() {
    let (_, server) = start().await;
    assert_eq!(status(&server.post("", "panic").await), 500);
    assert_eq!(status(&server.post("", "{}").await), 202);
}
