//! How often a server is asked where a chart's version is.

use super::*;
use helm::chart::{Chart, load, pack};
use source::{ChartLimits, ContentDigest};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::time::Duration;

/// A registry with one chart in one version, which writes down what it is asked.
struct Registry {
    host: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn chart() -> Chart {
    let mut tree = MemoryTree::new();
    let path = |text| TreePath::parse(text).unwrap();
    let metadata = "apiVersion: v2\nname: app\nversion: 1.0.0\n";
    tree.write(&path("Chart.yaml"), metadata.as_bytes());
    tree.write(&path("templates/a.yaml"), b"kind: A\n");
    load(&tree, &TreePath::root(), &Limits::default()).unwrap()
}

impl Registry {
    fn start() -> Self {
        let archive = pack(&chart()).unwrap();
        let layer = ContentDigest::of(&archive);
        let (size, config) = (archive.len(), ContentDigest::of(b"{}"));
        let manifest = format!(
            r#"{{"schemaVersion":2,"config":{{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"{config}","size":2}},"layers":[{{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"{layer}","size":{size}}}]}}"#
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let seen = asked.clone();
        std::thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
                let first = lines.next().unwrap().unwrap();
                lines
                    .take_while(|line| line.as_ref().is_ok_and(|it| !it.is_empty()))
                    .count();
                seen.lock().unwrap().push(first.replace(" HTTP/1.1", ""));
                let body = match first.contains("/blobs/") {
                    true => archive.as_slice(),
                    false => manifest.as_bytes(),
                };
                let (digest, length) = (ContentDigest::of(manifest.as_bytes()), body.len());
                let head = format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nDocker-Content-Digest: {digest}\r\nContent-Length: {length}\r\n\r\n"
                );
                connection.write_all(head.as_bytes()).unwrap();
                if !first.starts_with("HEAD") {
                    connection.write_all(body).unwrap();
                }
            }
        });
        Self { host, asked }
    }

    fn asked(&self) -> Vec<String> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap());
        let method = |line: String| {
            let last = line.rsplit('/').nth(1).unwrap().to_owned();
            format!("{} {last}", line.split(' ').next().unwrap())
        };
        asked.into_iter().map(method).collect()
    }
}

#[test]
fn a_version_that_was_just_found_is_not_looked_for_again() {
    let (registry, folder) = (Registry::start(), tempfile::tempdir().unwrap());
    let limits = ChartLimits {
        index_freshness: Duration::ZERO,
        ..ChartLimits::default()
    };
    let charts = ChartSources::new(Charts::new(folder.path(), limits).unwrap());
    let source = SourceKey {
        repository: format!("{}/charts", registry.host).into(),
        chart: "app".into(),
        reference: model::Reference("1.0.0".into()),
        project: "default".into(),
        pass_credentials: false,
    };
    let credentials = Credentials {
        plain_http: true,
        proxy: Some(String::new()),
        ..Credentials::none()
    };
    let revision = charts.resolve(&source, &credentials).unwrap();
    assert_eq!(&*revision.0, "1.0.0");
    assert_eq!(registry.asked(), ["HEAD manifests"]);
    charts.tree(&source, &revision, &credentials).unwrap();
    assert_eq!(registry.asked(), ["GET manifests", "GET blobs"]);
    // Nobody found it now, nor for this project: the server is asked whether it shows it.
    charts.tree(&source, &revision, &credentials).unwrap();
    assert_eq!(registry.asked(), ["HEAD manifests"]);
    charts.resolve(&source, &credentials).unwrap();
    let other = SourceKey {
        project: "other".into(),
        ..source.clone()
    };
    charts.tree(&other, &revision, &credentials).unwrap();
    assert_eq!(registry.asked(), ["HEAD manifests"; 2]);
    // Files that are open need no version.
    charts.forget(&source, &revision);
    charts.tree(&source, &revision, &credentials).unwrap();
    assert_eq!(registry.asked(), ["HEAD manifests"]);
}
