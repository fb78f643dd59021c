//! Plain HTTP to a port of this machine: probes, metrics, webhooks.

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;

const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a page; anything but a 2xx is an error.
pub async fn get(address: SocketAddr, path: &str) -> Result<String> {
    exchange(address, Method::GET, path, &[], Bytes::new()).await
}

/// Posts a body; anything but a 2xx is an error.
pub async fn post(
    address: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> Result<String> {
    exchange(address, Method::POST, path, headers, body).await
}

async fn exchange(
    address: SocketAddr,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: Bytes,
) -> Result<String> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", address.to_string());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answered = send(address, request.body(Full::new(body))?);
    let answered = tokio::time::timeout(PATIENCE, answered).await;
    let what = || format!("http://{address}{path}");
    answered.with_context(what)?.with_context(what)
}

async fn send(address: SocketAddr, request: Request<Full<Bytes>>) -> Result<String> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // Its end shows at the request.
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status();
    let text = response.into_body().collect().await?.to_bytes();
    let text = String::from_utf8_lossy(&text).into_owned();
    ensure!(status.is_success(), "answered {status}: {text}");
    Ok(text)
}
