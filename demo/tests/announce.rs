//! A push is told of as GitHub would: signed, with the files that changed, and its time is noted.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use testbed::GitRepository;

/// A request, as the subscriber got it.
struct Received {
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> &str {
        let beginning = format!("{name}: ");
        let value = self
            .headers
            .iter()
            .find_map(|line| line.strip_prefix(&beginning));
        value.unwrap_or_else(|| panic!("there is no header {name}"))
    }
}

/// Takes one request and is content with it.
fn receive(listener: &TcpListener) -> Received {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let lines = reader.by_ref().lines().map(Result::unwrap);
    let headers: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    let mut received = Received {
        headers,
        body: Vec::new(),
    };
    received
        .body
        .resize(received.header("Content-Length").parse().unwrap(), 0);
    reader.read_exact(&mut received.body).unwrap();
    reader
        .get_mut()
        .write_all(b"HTTP/1.1 200 OK\r\n\r\n")
        .unwrap();
    received
}

#[test]
fn a_push_is_announced() {
    let folder = tempfile::tempdir().unwrap();
    let repository = GitRepository::create(folder.path(), "shop");
    repository.write("web.yaml", "a: 1\n");
    repository.write("api.yaml", "a: 1\n");
    let before = repository.publish("one");
    repository.write("web.yaml", "a: 2\n");
    let after = repository.publish("two");
    let secret_file = folder.path().join("secret");
    std::fs::write(&secret_file, "s3cret").unwrap();

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut hook = Command::new(env!("CARGO_BIN_EXE_caretaker-demo"));
    hook.args([
        "announce",
        "--page",
        "https://git.example.com/shop",
        "--webhook",
    ]);
    hook.arg(listener.local_addr().unwrap().to_string())
        .arg("--secret-file")
        .arg(&secret_file);
    let hook = hook
        .current_dir(repository.bare_path())
        .stdin(Stdio::piped());
    let mut hook = hook.spawn().unwrap();
    let pushed = format!("{before} {after} refs/heads/main\n");
    hook.stdin
        .take()
        .unwrap()
        .write_all(pushed.as_bytes())
        .unwrap();
    let received = receive(&listener);
    assert!(hook.wait().unwrap().success());

    assert_eq!(received.header("X-GitHub-Event"), "push");
    let mut mac = Hmac::<Sha256>::new_from_slice(b"s3cret").unwrap();
    mac.update(&received.body);
    let digits = mac.finalize().into_bytes();
    let hex: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        received.header("X-Hub-Signature-256"),
        format!("sha256={hex}")
    );
    let payload: Value = serde_json::from_slice(&received.body).unwrap();
    assert_eq!(payload["ref"], "refs/heads/main");
    assert_eq!(payload["after"], after);
    assert_eq!(
        payload["repository"]["html_url"],
        "https://git.example.com/shop"
    );
    assert_eq!(payload["commits"][0]["modified"], json!(["web.yaml"]));
    let noted = std::fs::read_to_string(repository.bare_path().join("pushed-at")).unwrap();
    noted.parse::<u64>().unwrap();
}
