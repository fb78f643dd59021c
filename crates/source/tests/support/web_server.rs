//! A web server whose every answer a test writes as a function, and which can cut, stall and forward.

use super::http_server::{Request, read_request, stall};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Send so many bytes of the body, then close.
    pub cut_after: Option<usize>,
    /// Send nothing, and keep the connection.
    pub hang: bool,
}

impl Answer {
    pub fn of(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
            cut_after: None,
            hang: false,
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

type Handler = Box<dyn Fn(&Request) -> Answer + Send>;

/// A running server. It ends with the process.
pub struct WebServer {
    pub url: String,
    handler: Arc<Mutex<Handler>>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl WebServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let nothing: Handler = Box::new(|_| Answer::of(404, "nothing here"));
        let server = Self {
            url,
            handler: Arc::new(Mutex::new(nothing)),
            requests: Arc::default(),
        };
        let (handler, requests) = (server.handler.clone(), server.requests.clone());
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (handler, requests) = (handler.clone(), requests.clone());
                // A client that goes away is none of the test's business.
                std::thread::spawn(move || drop(serve(connection, &handler, &requests)));
            }
        });
        server
    }

    /// From now on, answer like this.
    pub fn answer(&self, handler: impl Fn(&Request) -> Answer + Send + 'static) {
        *self.handler.lock().unwrap() = Box::new(handler);
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// Takes the requests so far.
    pub fn take(&self) -> Vec<Request> {
        std::mem::take(&mut *self.requests.lock().unwrap())
    }

    /// Takes the requests so far, as `GET /path`.
    pub fn asked(&self) -> Vec<String> {
        let line = |request: &Request| format!("{} {}", request.method, request.target);
        self.take().iter().map(line).collect()
    }
}

fn serve(
    mut connection: TcpStream,
    handler: &Mutex<Handler>,
    requests: &Mutex<Vec<Request>>,
) -> std::io::Result<()> {
    let request = read_request(&mut connection)?;
    requests.lock().unwrap().push(request.clone());
    let answer = handler.lock().unwrap()(&request);
    if answer.hang {
        return stall(connection);
    }
    let mut head = format!("HTTP/1.1 {} X\r\nConnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.header("content-length").is_none() {
        head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    connection.write_all(format!("{head}\r\n").as_bytes())?;
    let end = answer.cut_after.unwrap_or(answer.body.len());
    connection.write_all(&answer.body[..end.min(answer.body.len())])
}

/// Asks another server the same.
pub fn forward(request: &Request, host: &str) -> Answer {
    let mut connection = TcpStream::connect(host).unwrap();
    let mut head = format!(
        "{} {} HTTP/1.0\r\nHost: {host}\r\n",
        request.method, request.target
    );
    for (name, value) in &request.headers {
        if !["host", "connection"].contains(&name.as_str()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let head = format!("{head}Connection: close\r\n\r\n");
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(&request.body).unwrap();
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let mut answer = Answer::of(status, &bytes[end + 4..]);
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        if !name.eq_ignore_ascii_case("connection") {
            answer = answer.with(name, value);
        }
    }
    answer
}
