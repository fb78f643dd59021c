//! A Git server over HTTP whose every answer a test decides: the real `git http-backend` behind a
//! few lines of HTTP that can refuse, redirect, stall and cut.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// How the server answers.
#[derive(Clone, Debug, Default)]
pub struct Manners {
    /// Ask for this `user:password` (in base64).
    pub login: Option<String>,
    /// Answer everything with this status.
    pub status: Option<u16>,
    /// Send whoever asks elsewhere.
    pub redirect: Option<String>,
    /// Never answer.
    pub hang: bool,
    /// Send so many bytes of a pack, then stall.
    pub stall_after: Option<usize>,
    /// Send so many bytes of a pack, then close.
    pub cut_after: Option<usize>,
    /// Speak only the protocol of Git before version 2.
    pub old_protocol: bool,
}

/// One request as it came in.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Request {
    /// Does it ask for a pack?
    pub fn is_fetch(&self) -> bool {
        self.method == "POST" && self.body.windows(5).any(|word| word == b"want ")
    }
}

/// A running server. It ends with the process.
pub struct HttpServer {
    pub url: String,
    state: Arc<State>,
    stalled: Mutex<Receiver<()>>,
}

struct State {
    root: PathBuf,
    manners: Mutex<Manners>,
    requests: Mutex<Vec<Request>>,
    sizes: Mutex<Vec<usize>>,
    stalls: Mutex<Sender<()>>,
}

impl HttpServer {
    /// Serves the repositories below `root`.
    pub fn start(root: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stalls, stalled) = channel();
        let state = Arc::new(State {
            root: root.to_owned(),
            manners: Mutex::default(),
            requests: Mutex::default(),
            sizes: Mutex::default(),
            stalls: Mutex::new(stalls),
        });
        let shared = state.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let state = shared.clone();
                // A client that goes away is none of the test's business.
                std::thread::spawn(move || drop(state.serve(connection)));
            }
        });
        Self {
            url,
            state,
            stalled: Mutex::new(stalled),
        }
    }

    pub fn url_of(&self, name: &str) -> String {
        format!("{}/{name}.git", self.url)
    }

    /// From now on, answer like this.
    pub fn behave(&self, manners: Manners) {
        *self.state.manners.lock().unwrap() = manners;
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state.requests.lock().unwrap().clone()
    }

    /// How many packs were asked for.
    pub fn fetches(&self) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.is_fetch())
            .count()
    }

    /// The size of the last answer.
    pub fn last_size(&self) -> usize {
        *self.state.sizes.lock().unwrap().last().unwrap()
    }

    /// Waits until an answer stalls.
    pub fn wait_for_stall(&self) {
        self.stalled.lock().unwrap().recv().unwrap();
    }
}

impl State {
    fn serve(&self, mut connection: TcpStream) -> std::io::Result<()> {
        let request = read_request(&mut connection)?;
        self.requests.lock().unwrap().push(request.clone());
        let manners = self.manners.lock().unwrap().clone();
        if manners.hang {
            return stall(connection);
        }
        if let Some(base) = manners.redirect {
            let head = format!(
                "HTTP/1.1 302 Found\r\nLocation: {base}{}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                request.target
            );
            return connection.write_all(head.as_bytes());
        }
        let login = manners.login.map(|login| format!("Basic {login}"));
        let refused = login.is_some() && request.headers.get("authorization") != login.as_ref();
        if let Some(status) = manners.status.or(refused.then_some(401)) {
            let head =
                format!("HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return connection.write_all(head.as_bytes());
        }
        let (head, body) = self.git(&request, manners.old_protocol)?;
        self.sizes.lock().unwrap().push(body.len());
        connection.write_all(head.as_bytes())?;
        let broken = request
            .is_fetch()
            .then_some(manners.stall_after.or(manners.cut_after));
        match broken.flatten() {
            None => connection.write_all(&body),
            Some(bytes) => {
                connection.write_all(&body[..bytes.min(body.len())])?;
                connection.flush()?;
                if manners.stall_after.is_some() {
                    self.stalls.lock().unwrap().send(()).ok();
                    return stall(connection);
                }
                Ok(())
            }
        }
    }

    fn git(&self, request: &Request, old_protocol: bool) -> std::io::Result<(String, Vec<u8>)> {
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
        let mut command = testbed::git_command();
        command
            .arg("http-backend")
            .env("GIT_PROJECT_ROOT", &self.root)
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("PATH_INFO", path)
            .env("QUERY_STRING", query)
            .env("REQUEST_METHOD", &request.method)
            .env("CONTENT_TYPE", header("content-type"))
            .env("CONTENT_LENGTH", request.body.len().to_string());
        if !old_protocol {
            command.env("GIT_PROTOCOL", header("git-protocol"));
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        child.stdin.take().unwrap().write_all(&request.body)?;
        let output = child.wait_with_output()?.stdout;
        let end = output
            .windows(4)
            .position(|end| end == b"\r\n\r\n")
            .unwrap_or(0);
        let mut head = String::from_utf8_lossy(&output[..end]).into_owned();
        let body = output[(end + 4).min(output.len())..].to_vec();
        let status = head
            .lines()
            .find_map(|line| line.strip_prefix("Status: "))
            .unwrap_or("200 OK")
            .to_owned();
        head = format!(
            "HTTP/1.1 {status}\r\n{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        Ok((head, body))
    }
}

pub fn read_request(connection: &mut TcpStream) -> std::io::Result<Request> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request {
        method,
        target,
        headers,
        body,
    })
}

/// Keeps the connection open until the client gives up.
pub fn stall(mut connection: TcpStream) -> std::io::Result<()> {
    std::io::copy(&mut connection, &mut std::io::sink()).map(drop)
}
