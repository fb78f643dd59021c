//! What conversations share: a small runtime of their own, and HTTP clients by settings.
//!
//! The Git library blocks, the network libraries do not. One worker thread drives all sockets;
//! callers' threads wait on it.

use super::{RemoteError, tls};
use crate::Credentials;
use model::Digest;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};

/// Clients kept; beyond it all are let go and made anew as needed.
const MAX_CLIENTS: usize = 64;

pub(crate) struct Network {
    runtime: Option<Runtime>,
    clients: Mutex<HashMap<Digest, reqwest::Client>>,
}

impl Network {
    pub fn new() -> std::io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(4)
            .thread_name("source-network")
            .enable_all()
            .build()?;
        Ok(Self {
            runtime: Some(runtime),
            clients: Mutex::default(),
        })
    }

    pub fn runtime(&self) -> Handle {
        self.runtime
            .as_ref()
            .expect("taken only when dropped")
            .handle()
            .clone()
    }

    /// The HTTP client for some settings. Connections are kept alive between polls.
    pub fn client(
        &self,
        credentials: &Credentials,
        connect_timeout: Duration,
    ) -> Result<reqwest::Client, RemoteError> {
        let key = credentials.connection_fingerprint();
        let mut clients = self.clients.lock().expect("no panic while held");
        if let Some(client) = clients.get(&key) {
            return Ok(client.clone());
        }
        let client = build(credentials, connect_timeout)?;
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        clients.insert(key, client.clone());
        Ok(client)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        // Callers may be inside a runtime of their own, where waiting is not allowed.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn build(
    credentials: &Credentials,
    connect_timeout: Duration,
) -> Result<reqwest::Client, RemoteError> {
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls::configuration(credentials)?)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout)
        .pool_max_idle_per_host(1)
        .referer(false);
    match credentials.proxy.as_deref() {
        Some("") => builder = builder.no_proxy(),
        Some(url) => builder = builder.proxy(proxy(url, credentials.no_proxy.as_deref())?),
        None => {}
    }
    builder.build().map_err(|error| RemoteError::Settings {
        what: "HTTP settings",
        source: error.into(),
    })
}

fn proxy(url: &str, except: Option<&str>) -> Result<reqwest::Proxy, RemoteError> {
    let proxy = reqwest::Proxy::all(url).map_err(|error| RemoteError::Settings {
        what: "proxy",
        source: error.without_url().into(),
    })?;
    Ok(proxy.no_proxy(except.and_then(reqwest::NoProxy::from_string)))
}
