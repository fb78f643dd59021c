//! Git over HTTP or HTTPS, which a test can break.
//!
//! In: a folder of bare repositories. Out: an address to clone from and push to, and every request that was made. The
//! server is `testbed git-serve`, around the real `git http-backend`.

use crate::child::BoundChild;
use crate::program;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// How a [`GitServer`] is to be; the default is HTTP without a login.
#[derive(Clone, Debug, Default)]
pub struct GitServerOptions {
    /// Require basic authentication with this user and password.
    pub login: Option<(String, String)>,
    /// Serve HTTPS, by a certificate whose authority is [`GitServer::ca_file`].
    pub tls: bool,
}

/// What a server can be told to do instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitFault {
    /// Answer 500.
    Refuse,
    /// Take the request and never answer.
    Hang,
    /// Send half of the answer and close the connection.
    Cut,
}

/// A running server; dropping it ends it.
pub struct GitServer {
    url: String,
    root: PathBuf,
    files: TempDir,
    options: GitServerOptions,
    /// None while it is stopped.
    child: Option<BoundChild>,
}

impl GitServer {
    /// Serves every repository below `root`; those that are created later too.
    ///
    /// # Panics
    /// If it cannot be started, with the reason.
    pub fn start(root: &Path, options: GitServerOptions) -> GitServer {
        let files = tempfile::Builder::new()
            .prefix("testbed-git-")
            .tempdir()
            .expect("a temporary folder");
        let mut server = GitServer {
            url: String::new(),
            root: root.to_owned(),
            files,
            options,
            child: None,
        };
        server.listen("127.0.0.1:0");
        server
    }

    /// From now on, refuse connections.
    pub fn stop(&mut self) {
        self.child = None;
    }

    /// Serves again, at the same address.
    ///
    /// # Panics
    /// If it cannot be started, with the reason: while it was stopped, another program may have taken the port.
    pub fn start_again(&mut self) {
        let address = self
            .url
            .split_once("://")
            .map(|(_, address)| address.to_owned());
        self.child = None;
        self.listen(&address.expect("an address has a scheme"));
    }

    fn listen(&mut self, address: &str) {
        let mut serve = Command::new(program("testbed"));
        serve
            .args([
                "git-serve",
                "--until-stdin-closes",
                "--listen",
                address,
                "--root",
            ])
            .arg(&self.root);
        serve
            .arg("--fault-file")
            .arg(self.files.path().join("fault"));
        serve
            .arg("--request-log")
            .arg(self.files.path().join("requests"));
        if let Some((user, password)) = &self.options.login {
            serve.args(["--user", user, "--password", password]);
        }
        if self.options.tls {
            serve.arg("--tls-dir").arg(self.files.path().join("tls"));
        }
        let (child, line) =
            BoundChild::start(&mut serve).unwrap_or_else(|error| panic!("no Git server: {error}"));
        let url = line
            .strip_prefix("listening ")
            .unwrap_or_else(|| panic!("the Git server said {line:?}"));
        self.url = url.to_owned();
        self.child = Some(child);
    }

    /// The address, such as `http://127.0.0.1:34567`; a repository is at `{url}/{name}.git`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address of the repository that was created by this name.
    pub fn url_of(&self, name: &str) -> String {
        format!("{}/{name}.git", self.url)
    }

    /// The authority to trust, if the server speaks HTTPS.
    pub fn ca_file(&self) -> Option<PathBuf> {
        self.options
            .tls
            .then(|| self.files.path().join("tls/ca.crt"))
    }

    /// From now on, break every request like this.
    ///
    /// # Panics
    /// If the server cannot be told.
    pub fn break_with(&self, fault: GitFault) {
        let text = match fault {
            GitFault::Refuse => "refuse",
            GitFault::Hang => "hang",
            GitFault::Cut => "cut",
        };
        let (partial, whole) = (
            self.files.path().join("fault.partial"),
            self.files.path().join("fault"),
        );
        std::fs::write(&partial, text)
            .and_then(|()| std::fs::rename(&partial, &whole))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", whole.display()));
    }

    /// From now on, answer again.
    ///
    /// # Panics
    /// If the server cannot be told.
    pub fn mend(&self) {
        match std::fs::remove_file(self.files.path().join("fault")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                panic!("cannot mend the Git server: {error}")
            }
            _ => (),
        }
    }

    /// Every request that has been answered, in order: `method`, `path`, `query`, `gitProtocol`, `userAgent`, `status`
    /// (0 if none was sent), `bytes`.
    ///
    /// # Panics
    /// If the log cannot be read.
    pub fn requests(&self) -> Vec<Value> {
        let text =
            std::fs::read_to_string(self.files.path().join("requests")).unwrap_or_else(|error| {
                panic!("cannot read the Git server's log of requests: {error}")
            });
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }
}
