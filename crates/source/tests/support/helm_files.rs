//! A Helm repository in a server of plain files.

use super::chart_world::ChartWorld;
use super::http_server::Request;
use super::web_server::{Answer, WebServer};
use std::collections::BTreeMap;

pub type Files = BTreeMap<String, Vec<u8>>;

/// The file asked for.
pub fn get(files: &Files, request: &Request) -> Answer {
    let path = request.target.split('?').next().unwrap();
    match files.get(path.trim_start_matches('/')) {
        Some(body) => Answer::of(200, body.clone()),
        None => Answer::of(404, "no such file"),
    }
}

/// Two charts in several versions.
pub fn published(world: &ChartWorld) -> Files {
    for (name, version) in [
        ("app", "1.0.0"),
        ("app", "1.10.0"),
        ("app", "1.9.0+build.5"),
        ("app", "2.0.0-rc.1"),
        ("library", "0.1.0"),
    ] {
        world.package(name, version);
    }
    world.index();
    files(world)
}

/// All files of a repository.
pub fn files(world: &ChartWorld) -> Files {
    let entries = std::fs::read_dir(world.packages()).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect()
}

/// From now on, serve these.
pub fn serve(server: &WebServer, files: &Files) {
    let files = files.clone();
    server.answer(move |request| get(&files, request));
}

/// The index with one text in place of another.
pub fn with_index(files: &Files, from: &str, to: &str) -> Files {
    let index = String::from_utf8(files["index.yaml"].clone()).unwrap();
    assert!(index.contains(from), "{index}");
    let mut files = files.clone();
    files.insert(
        "index.yaml".to_owned(),
        index.replace(from, to).into_bytes(),
    );
    files
}
