//! Conversations with Git servers: list references, fetch commits.
//!
//! Comes in: an address, credentials, limits. Goes out: references, or a pack in a store. Every
//! conversation has a deadline and a byte budget, and fails with a reason in our own words.

mod error;
mod http;
mod http_answers;
mod http_exchange;
mod known_hosts;
mod listing;
mod network;
mod receive;
mod request;
mod ssh;
mod tls;
mod web_file;
mod wire;

pub use error::{Cause, RemoteError};
pub(crate) use http_answers::{authorization, refused};
pub(crate) use listing::Advertised;
pub(crate) use network::Network;
pub(crate) use receive::Wanted;
pub(crate) use request::{Authorization, Caller, Reply, Request, Sink};
pub use web_file::WebFileError;
pub(crate) use web_file::fetch as fetch_file;
use wire::Wire;

use crate::address::Address;
use crate::{Credentials, Limits};
use gix::protocol::Handshake;
use gix::protocol::transport::client::blocking_io::Transport;
use gix::protocol::transport::client::git::ConnectMode;
use gix::protocol::transport::client::git::blocking_io::Connection;
use gix::protocol::transport::{Protocol, Service};
use std::sync::Arc;

/// A server's repository, as one caller may see it.
pub(crate) struct Remote<'a> {
    pub address: &'a Address,
    pub credentials: &'a Credentials,
    pub limits: &'a Limits,
    pub network: &'a Network,
}

/// An open conversation after its first exchange.
struct Conversation {
    wire: Arc<Wire>,
    transport: Box<dyn Transport>,
    handshake: Handshake,
}

impl Remote<'_> {
    fn converse(&self) -> Result<Conversation, RemoteError> {
        let limits = self.limits;
        let runtime = self.network.runtime();
        let wire = Arc::new(Wire::new(
            runtime,
            limits.fetch_timeout,
            limits.max_fetch_bytes,
        ));
        let mut transport = self.transport(&wire)?;
        let nobody_to_ask = |_| Ok(None);
        let handshake = gix::protocol::handshake(
            &mut transport,
            Service::UploadPack,
            nobody_to_ask,
            Vec::new(),
            &mut gix::progress::Discard,
        )
        .map_err(|error| wire.reason(error))?;
        Ok(Conversation {
            wire,
            transport,
            handshake,
        })
    }

    fn transport(&self, wire: &Arc<Wire>) -> Result<Box<dyn Transport>, RemoteError> {
        let limits = self.limits;
        match self.address {
            Address::Http(address) => {
                let client = self
                    .network
                    .client(self.credentials, limits.connect_timeout)?;
                let carrier =
                    http::HttpCarrier::new(client, wire.clone(), address, self.credentials)?;
                let url = gix::url::parse(address.url.as_str()).map_err(|error| {
                    RemoteError::Protocol {
                        source: error.into(),
                    }
                })?;
                Ok(Box::new(
                    gix_transport::client::blocking_io::http::connect_http(
                        carrier,
                        url,
                        Protocol::V2,
                        false,
                    ),
                ))
            }
            Address::Ssh(address) => {
                let opened =
                    ssh::open(address, self.credentials, self.limits.connect_timeout, wire);
                let (read, write) =
                    opened.map_err(|error| wire.reason(gix::Error::from_error(error)))?;
                let path = address.path.as_str();
                let (no_daemon, mode) = (None::<(&str, _)>, ConnectMode::Process);
                let connection =
                    Connection::new(read, write, Protocol::V2, path, no_daemon, mode, false);
                Ok(Box::new(connection))
            }
            Address::Local(_) => unreachable!("local repositories are opened, not spoken to"),
        }
    }
}

/// How we name ourselves to servers.
fn agent() -> gix::protocol::command::Feature {
    (
        "agent",
        Some(concat!("git/caretaker-", env!("CARGO_PKG_VERSION")).to_owned()),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn urls_pass_through_the_git_library_unchanged() {
        for url in [
            "https://h/a%20b/_git/c",
            "https://h:8443/a.git",
            "http://h/%C3%A4/",
            "http://[::1]:1/a",
        ] {
            assert_eq!(gix::url::parse(url).unwrap().to_bstring(), url);
        }
    }
}
