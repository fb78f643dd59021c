//! kube's `Config` -> byte streams to the API server: TCP, a proxy's tunnel if one is configured,
//! and TLS by rustls with aws-lc-rs. Also finds out whether the server speaks HTTP/2.

use std::net::IpAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{
    FixedServerNameResolver, HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream,
};
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connection as _, HttpConnector};
use hyper_util::rt::TokioIo;
use kube::Config;
use kube::client::ConfigExt;
use tokio::net::TcpStream;
use tower::Service;

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Between TCP's own probes; HTTP/2 pings find a dead peer sooner.
const KEEP_ALIVE: Duration = Duration::from_secs(60);

/// Opens streams to one API server.
#[derive(Clone)]
pub(crate) enum Connector {
    Direct(HttpsConnector<HttpConnector>),
    Tunnelled(HttpsConnector<Tunnel<HttpConnector>>),
}

impl Connector {
    /// May run an exec plugin that hands out a client certificate: call it where blocking is fine.
    pub(crate) fn new(config: &Config) -> Result<Self, BoxError> {
        install_provider();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEP_ALIVE));
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        match config
            .proxy_url
            .as_ref()
            .filter(|_| !goes_direct(&config.cluster_url))
        {
            None => Ok(Self::Direct(with_tls(config, tcp)?)),
            Some(proxy) if proxy.scheme_str() == Some("http") => Ok(Self::Tunnelled(with_tls(
                config,
                Tunnel::new(proxy.clone(), tcp),
            )?)),
            Some(proxy) => Err(format!("proxy {proxy}: only http:// proxies are supported").into()),
        }
    }
}

/// One provider for the process: whoever comes first installs the same.
fn install_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    }
}

fn with_tls<C>(config: &Config, inner: C) -> Result<HttpsConnector<C>, BoxError> {
    let builder = HttpsConnectorBuilder::new()
        .with_tls_config(config.rustls_client_config()?)
        .https_or_http();
    let builder = match &config.tls_server_name {
        None => builder,
        Some(name) => builder
            .with_server_name_resolver(FixedServerNameResolver::new(name.clone().try_into()?)),
    };
    Ok(builder.enable_all_versions().wrap_connector(inner))
}

/// Loopback never goes through a proxy, nor do the hosts and domains of `NO_PROXY`.
fn goes_direct(server: &Uri) -> bool {
    let host = server.host().unwrap_or_default().trim_matches(['[', ']']);
    let loopback = host
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    let listed = ["NO_PROXY", "no_proxy"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    host == "localhost" || loopback || listed.is_some_and(|list| is_listed(&list, host))
}

fn is_listed(list: &str, host: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
        .any(|entry| {
            let domain = entry.trim_start_matches("*.").trim_start_matches('.');
            entry == "*"
                || host == domain
                || host.strip_suffix(domain).is_some_and(|h| h.ends_with('.'))
        })
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        match self {
            Self::Direct(inner) => inner.poll_ready(cx),
            Self::Tunnelled(inner) => inner.poll_ready(cx),
        }
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let opening: Self::Future = match self {
            Self::Direct(inner) => Box::pin(inner.call(server)),
            Self::Tunnelled(inner) => Box::pin(inner.call(server)),
        };
        // TCP has its own limit; this one is for a TLS handshake that never ends.
        Box::pin(async { tokio::time::timeout(CONNECT_TIMEOUT * 2, opening).await? })
    }
}

/// Opens one stream to see what the server agrees to, and closes it again.
pub(crate) async fn speaks_http2(connector: &Connector, server: &Uri) -> Result<bool, BoxError> {
    let mut connector = connector.clone();
    std::future::poll_fn(|cx| connector.poll_ready(cx)).await?;
    let stream = connector.call(server.clone()).await?;
    Ok(stream.connected().is_negotiated_h2())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_need_no_proxy() {
        for (list, host, direct) in [
            ("10.0.0.1,.svc", "kubernetes.default.svc", true),
            ("example.com", "api.example.com", true),
            ("*.example.com", "api.example.com", true),
            ("example.com", "notexample.com", false),
            ("*", "anything", true),
            ("", "anything", false),
        ] {
            assert_eq!(is_listed(list, host), direct, "{list} {host}");
        }
        assert!(goes_direct(&"https://127.0.0.1:6443".parse().unwrap()));
        assert!(goes_direct(&"https://[::1]:6443".parse().unwrap()));
    }
}
