//! A server whose every answer a test chooses. It speaks HTTP/1.1, as some proxies do.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cluster::{ApiResource, Connection, RemoteAccess, WatchEvent, WatchHandle, WatchRequest};
use model::GroupVersionKind;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// An answer.
pub enum Answer {
    /// Status line, further headers (each with its line end) and body; then the connection closes.
    Whole(u16, &'static str, String),
    /// These lines of a watch; then silence.
    Open(Vec<String>),
    /// These lines of a watch; then the end.
    Ended(Vec<String>),
    /// No answer at all: the connection closes.
    Nothing,
}

pub fn ok(body: impl Into<String>) -> Answer {
    Answer::Whole(200, "", body.into())
}

pub fn status(code: u16, message: &str) -> Answer {
    Answer::Whole(
        code,
        "",
        format!(r#"{{"kind":"Status","code":{code},"message":"{message}"}}"#),
    )
}

/// What was asked so far, as `GET /path?query`.
#[derive(Clone, Default)]
pub struct Asked(Arc<Mutex<Vec<String>>>);

impl Asked {
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// Starts a server; `answer` gets the request and how many came before it.
pub async fn connect(
    answer: impl Fn(&str, usize) -> Answer + Send + Sync + 'static,
) -> (Connection, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = format!("http://{}", listener.local_addr().unwrap());
    let (asked, answer) = (Asked::default(), Arc::new(answer));
    let record = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, record.clone(), answer.clone()));
        }
    });
    let access = RemoteAccess {
        server,
        ..Default::default()
    };
    (
        Connection::connect_to(access, "caretaker/test")
            .await
            .unwrap(),
        asked,
    )
}

async fn serve(
    stream: TcpStream,
    asked: Asked,
    answer: Arc<impl Fn(&str, usize) -> Answer + Send + Sync + 'static>,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let request = read_request(&mut stream).await?;
    if request.is_empty() {
        return Ok(()); // The look at what the server speaks.
    }
    let earlier = {
        let mut lines = asked.0.lock().unwrap();
        lines.push(request.clone());
        lines.len() - 1
    };
    write_answer(stream.get_mut(), answer(&request, earlier)).await
}

async fn read_request(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if request.is_empty() {
            request = line.trim().trim_end_matches(" HTTP/1.1").to_owned();
        }
    }
    stream.read_exact(&mut vec![0; length]).await?;
    Ok(request)
}

async fn write_answer(stream: &mut TcpStream, answer: Answer) -> std::io::Result<()> {
    let (head, lines, stays) = match answer {
        Answer::Nothing => return Ok(()),
        Answer::Whole(code, headers, body) => {
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {code} X\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
            );
            (head, Vec::new(), false)
        }
        Answer::Open(lines) => (OPEN.to_owned(), lines, true),
        Answer::Ended(lines) => (OPEN.to_owned(), lines, false),
    };
    stream.write_all(head.as_bytes()).await?;
    for line in lines {
        stream.write_all(format!("{line}\n").as_bytes()).await?;
    }
    if stays {
        let _ = stream.read(&mut [0]).await;
    }
    stream.shutdown().await
}

const OPEN: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";

pub fn pods() -> ApiResource {
    ApiResource::new(
        GroupVersionKind::from_api_version("v1", "Pod"),
        "pods",
        true,
    )
}

/// One line of a watch.
pub fn line(kind: &str, name: &str, version: u64) -> String {
    format!(
        r#"{{"type":"{kind}","object":{{"kind":"Pod","metadata":{{"name":"{name}","resourceVersion":"{version}"}}}}}}"#
    )
}

/// The bookmark that ends a first list.
pub fn end_of_list(version: u64) -> String {
    format!(
        r#"{{"type":"BOOKMARK","object":{{"metadata":{{"resourceVersion":"{version}","annotations":{{"k8s.io/initial-events-end":"true"}}}}}}}}"#
    )
}

/// A watch on pods and what it told.
pub struct Watched {
    told: Arc<Mutex<Vec<String>>>,
    _handle: WatchHandle,
}

impl Watched {
    pub fn start(connection: &Connection) -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = told.clone();
        let request = WatchRequest::all(pods());
        let handle = connection.watch(request, move |event| {
            sink.lock().unwrap().push(words(event))
        });
        Self {
            told,
            _handle: handle,
        }
    }

    /// Waits until this many things were told.
    pub async fn first(&self, count: usize) -> Vec<String> {
        let begun = Instant::now();
        loop {
            let told = self.told.lock().unwrap().clone();
            if told.len() >= count {
                return told[..count].to_vec();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "only {told:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn words(event: WatchEvent) -> String {
    let name = |object: &[u8]| {
        let object: serde_json::Value = serde_json::from_slice(object).unwrap();
        format!(
            "{}/{}",
            object["kind"].as_str().unwrap(),
            object["metadata"]["name"].as_str().unwrap()
        )
    };
    match event {
        WatchEvent::Restarted => "restarted".into(),
        WatchEvent::Listed { .. } => "listed".into(),
        WatchEvent::Resumed => "resumed".into(),
        WatchEvent::Applied(object) => format!("+{}", name(&object)),
        WatchEvent::Deleted(object) => format!("-{}", name(&object)),
        WatchEvent::Failed { reason, error, .. } => format!("failed: {reason:?}: {error}"),
    }
}
