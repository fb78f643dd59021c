//! An OCI registry, with its contents in memory.
//!
//! In: how it is to let people in. Out: an address to push to and pull from. The server is the CNCF distribution registry.

use crate::child::BoundChild;
use crate::program;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// How a [`RegistryServer`] is to be; the default is HTTP without a login.
#[derive(Clone, Debug, Default)]
pub struct RegistryOptions {
    /// Require basic authentication with this user and password.
    pub login: Option<(String, String)>,
    /// Serve HTTPS, by a certificate whose authority is [`RegistryServer::file`] `ca.crt`.
    pub tls: bool,
    /// Let in only who shows the certificate `client.crt` with the key `client.key`.
    pub client_certificates: bool,
}

/// A running registry; dropping it ends it.
pub struct RegistryServer {
    url: String,
    files: TempDir,
    _child: BoundChild,
}

impl RegistryServer {
    /// Starts an empty registry.
    ///
    /// # Panics
    /// If it cannot be started, with the reason.
    pub fn start(options: RegistryOptions) -> RegistryServer {
        let files = tempfile::Builder::new()
            .prefix("testbed-registry-")
            .tempdir()
            .expect("a temporary folder");
        let mut serve = Command::new(program("registry"));
        serve
            .args(["-until-stdin-closes", "-files"])
            .arg(files.path());
        if let Some((user, password)) = &options.login {
            serve.args(["-user", user, "-password", password]);
        }
        if options.tls {
            serve.arg("-tls");
        }
        if options.client_certificates {
            serve.arg("-client-certificates");
        }
        let (child, line) =
            BoundChild::start(&mut serve).unwrap_or_else(|error| panic!("no registry: {error}"));
        let url = line
            .strip_prefix("listening ")
            .unwrap_or_else(|| panic!("the registry said {line:?}"));
        RegistryServer {
            url: url.to_owned(),
            files,
            _child: child,
        }
    }

    /// The address, such as `http://127.0.0.1:34567`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Host and port, as references name it.
    pub fn host(&self) -> &str {
        self.url
            .split_once("://")
            .map_or(&self.url, |(_, host)| host)
    }

    /// A file it wrote, such as `ca.crt`.
    pub fn file(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }
}
