//! A Helm repository on loopback: an index and archives, and nothing else.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// The repository; it serves as long as the test runs.
pub struct ChartServer {
    address: String,
    files: Files,
}

impl ChartServer {
    /// Starts with no chart.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener
            .local_addr()
            .expect("it has an address")
            .to_string();
        let files = Files::default();
        let served = files.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let served = served.clone();
                std::thread::spawn(move || answer(stream, &served));
            }
        });
        Self { address, files }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Puts a version of a chart into the repository.
    pub fn publish(&self, chart: &str, version: &str, files: &[(&str, &str)]) {
        let metadata = format!("apiVersion: v2\nname: {chart}\nversion: {version}\n");
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (path, text) in [("Chart.yaml", metadata.as_str())].iter().chain(files) {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            let path = format!("{chart}/{path}");
            let added = archive.append_data(&mut header, path, text.as_bytes());
            added.expect("memory takes it");
        }
        let archive = archive.into_inner().and_then(GzEncoder::finish);
        let archive = archive.expect("memory takes it");
        let digest: String = Sha256::digest(&archive)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let file = format!("{chart}-{version}.tgz");
        let entry = format!(
            "  - {{name: {chart}, version: {version}, digest: {digest}, urls: [{file}]}}\n"
        );
        let mut all = self.files.lock().expect("nobody panics here");
        all.insert(format!("/{file}"), archive);
        let start = || format!("apiVersion: v1\nentries:\n  {chart}:\n").into_bytes();
        let index = all.entry("/index.yaml".to_owned()).or_insert_with(start);
        index.extend(entry.into_bytes());
    }
}

fn answer(mut stream: TcpStream, files: &Files) {
    let mut line = String::new();
    let mut reader = BufReader::new(&stream);
    if reader.read_line(&mut line).is_err() {
        return;
    }
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|length| length > 2) {
        header.clear();
    }
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let body = files
        .lock()
        .expect("nobody panics here")
        .get(&path)
        .cloned();
    let (status, body) = match body {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that went away wants no answer.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(&body));
}
