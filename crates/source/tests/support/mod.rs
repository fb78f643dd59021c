//! What the tests share: a folder of repositories, a server for it, and a place for stores.

#![allow(dead_code, reason = "each test binary uses its part")]

pub mod chart_world;
pub mod helm_files;
pub mod http_server;
pub mod pushing;
pub mod signing;
pub mod web_server;

use http_server::HttpServer;
use model::{Revision, SourceTree, TreePath};
use source::{Credentials, GitTree, Limits, Repositories};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use testbed::GitRepository;

/// Repositories, a server, and our stores.
pub struct World {
    pub folder: TempDir,
    pub server: HttpServer,
}

impl World {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir(folder.path().join("repositories")).unwrap();
        let server = HttpServer::start(&folder.path().join("repositories"));
        Self { folder, server }
    }

    pub fn repository(&self, name: &str) -> GitRepository {
        GitRepository::create(&self.folder.path().join("repositories"), name)
    }

    pub fn cache(&self) -> PathBuf {
        self.folder.path().join("cache")
    }

    pub fn open(&self) -> Repositories {
        self.open_with(limits())
    }

    pub fn open_with(&self, limits: Limits) -> Repositories {
        Repositories::new(self.cache(), limits).unwrap()
    }
}

pub fn limits() -> Limits {
    Limits {
        allow_local: true,
        ..Limits::default()
    }
}

/// No login, and no proxy whatever the environment says.
pub fn nobody() -> Credentials {
    Credentials {
        proxy: Some(String::new()),
        ..Credentials::none()
    }
}

pub fn path(text: &str) -> TreePath {
    TreePath::parse(text).unwrap()
}

pub fn text(tree: &dyn SourceTree, file: &str) -> String {
    let blob = tree
        .read(&path(file))
        .unwrap_or_else(|error| panic!("{}", chain(&error)));
    String::from_utf8(blob.bytes.to_vec()).unwrap()
}

/// Resolves and fetches in one go.
pub fn tree_at(repositories: &Repositories, url: &str, reference: &str) -> Arc<GitTree> {
    let revision = repositories
        .resolve(url, reference, &nobody())
        .unwrap_or_else(|error| panic!("{}", chain(&error)));
    tree_of(repositories, url, &revision)
}

pub fn tree_of(repositories: &Repositories, url: &str, revision: &Revision) -> Arc<GitTree> {
    repositories
        .tree(url, "test", revision, &nobody())
        .unwrap_or_else(|error| panic!("{}", chain(&error)))
}

/// An error with its causes, as a printer shows it.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// All files below a folder, as text.
pub fn files_below(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files_below(&path)),
            false => found.push(path.display().to_string()),
        }
    }
    found.sort();
    found
}
