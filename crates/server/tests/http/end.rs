//! The end: nothing new is taken, what is under way gets its answer.

use crate::client::{Server, answer, status};
use server::{WebhookReply, WebhookSink, webhook_router};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

struct Slow;

impl WebhookSink for Slow {
    fn receive(&self, _: &[(String, String)], _: &[u8]) -> WebhookReply {
        std::thread::sleep(Duration::from_millis(300));
        WebhookReply {
            status: 200,
            body: String::new(),
        }
    }
}

#[tokio::test]
async fn requests_under_way_are_answered_and_idle_connections_closed() {
    let mut server = Server::start(webhook_router(Arc::new(Slow), 1000)).await;
    let idle = server.connect().await;
    let mut busy = server.connect().await;
    let request = "POST /api/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";
    busy.write_all(request.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.take().unwrap().send(()).unwrap();
    assert_eq!(status(&answer(busy).await), 200);
    assert_eq!(answer(idle).await, "");
    tokio::time::timeout(Duration::from_secs(5), server.task)
        .await
        .unwrap()
        .unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
