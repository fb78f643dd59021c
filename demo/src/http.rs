//! Just enough HTTP for a request to a server on this machine.
//!
//! In: an address and a request. Out: the status and the body.

use anyhow::{Context, Result};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a server of ours may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks for a page.
pub fn get(server: SocketAddr, path: &str) -> Result<(u16, String)> {
    exchange(server, &format!("GET {path}"), &[], b"")
}

/// Sends a body.
pub fn post(
    server: SocketAddr,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<(u16, String)> {
    exchange(server, &format!("POST {path}"), headers, body)
}

fn exchange(
    server: SocketAddr,
    what: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Result<(u16, String)> {
    let mut head = format!("{what} HTTP/1.1\r\nHost: {server}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect_timeout(&server, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .context("the answer is no HTTP")?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok((status.context("the answer has no status")?, body.to_owned()))
}
