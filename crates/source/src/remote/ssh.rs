//! Git over SSH, in process: no `ssh` program, no configuration file, no agent.
//!
//! Comes in: an address, a key or password, and the hosts we know. Goes out: two pipes to a
//! `git-upload-pack` on the other side.

use super::known_hosts::{KnownKeys, Verdict, line_for};
use super::{Cause, RemoteError, Wire};
use crate::Credentials;
use crate::address::SshAddress;
use bytes::Bytes;
use russh::client::{self, Handle};
use russh::keys::{
    HashAlg, PrivateKeyWithHashAlg, PublicKey, PublicKeyOrCertificate, decode_secret_key,
};
use russh::{ChannelMsg, ChannelReadHalf, ChannelWriteHalf, Preferred};
use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How much of what the server says on stderr is kept for an error.
const MAX_SAID: usize = 2000;

/// Opens a session and starts `git-upload-pack` in it.
pub(crate) fn open(
    address: &SshAddress,
    credentials: &Credentials,
    connect_timeout: Duration,
    wire: &Arc<Wire>,
) -> io::Result<(SshReader, SshWriter)> {
    let opening = open_channel(address, credentials, connect_timeout);
    let (session, channel) = wire.wait(opening)?.map_err(|error| wire.fail(error))?;
    let (read, write) = channel.split();
    let reader = SshReader {
        wire: wire.clone(),
        read,
        chunk: Bytes::new(),
        said: Vec::new(),
        _session: session,
    };
    Ok((
        reader,
        SshWriter {
            wire: wire.clone(),
            write,
        },
    ))
}

type Session = Handle<HostKeyCheck>;

async fn open_channel(
    address: &SshAddress,
    credentials: &Credentials,
    connect_timeout: Duration,
) -> Result<(Session, russh::Channel<client::Msg>), RemoteError> {
    let known = KnownKeys::of(&address.host, address.port, &credentials.known_hosts);
    let config = Arc::new(client::Config {
        preferred: preferring(&known),
        nodelay: true,
        ..client::Config::default()
    });
    let objection = Arc::new(Mutex::new(None));
    let check = HostKeyCheck {
        host: address.host.clone(),
        port: address.port,
        known,
        accept_any: credentials.insecure_ignore_host_key,
        objection: objection.clone(),
    };
    let host = format!("{}:{}", address.host, address.port);
    let unreachable = |source: Cause| RemoteError::Unreachable {
        host: host.clone(),
        source,
    };
    let target = (address.host.as_str(), address.port);
    let socket = tokio::time::timeout(connect_timeout, tokio::net::TcpStream::connect(target))
        .await
        .map_err(|_| unreachable("no answer in time".into()))?
        .map_err(|error| unreachable(error.into()))?;
    let connected = client::connect_stream(config, socket, check).await;
    let mut session = connected.map_err(|error| {
        let objection = objection.lock().expect("no panic while held").take();
        objection.unwrap_or_else(|| unreachable(error.into()))
    })?;
    authenticate(&mut session, address, credentials).await?;
    let channel = start(&session, address)
        .await
        .map_err(|error| RemoteError::Cut {
            source: error.into(),
        })?;
    Ok((session, channel))
}

/// Asks the server first for the kinds of host key that we know of it.
fn preferring(known: &KnownKeys) -> Preferred {
    let mut preferred = Preferred::default();
    let (mut first, rest): (Vec<_>, Vec<_>) = preferred.key.iter().cloned().partition(|offered| {
        let same = |algorithm: &russh::keys::Algorithm| {
            algorithm == offered || (algorithm.clone().is_rsa() && offered.clone().is_rsa())
        };
        known.algorithms().iter().any(same)
    });
    first.extend(rest);
    preferred.key = Cow::Owned(first);
    preferred
}

async fn authenticate(
    session: &mut Session,
    address: &SshAddress,
    credentials: &Credentials,
) -> Result<(), RemoteError> {
    let named = credentials
        .username
        .as_ref()
        .map(|name| name.expose().to_owned());
    let user = address
        .user
        .clone()
        .or(named)
        .unwrap_or_else(|| "git".to_owned());
    let cut = |error: russh::Error| RemoteError::Cut {
        source: error.into(),
    };
    let outcome = match (&credentials.ssh_private_key, &credentials.password) {
        (Some(key), _) => {
            let key = decode_secret_key(key.expose().trim(), None).map_err(|error| {
                RemoteError::Settings {
                    what: "SSH private key",
                    source: error.into(),
                }
            })?;
            let hash = match key.algorithm().is_rsa() {
                true => session
                    .best_supported_rsa_hash()
                    .await
                    .map_err(cut)?
                    .flatten(),
                false => None,
            };
            let hash = hash.or(Some(HashAlg::Sha256));
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), hash);
            session.authenticate_publickey(&user, key).await
        }
        (None, Some(password)) => {
            session
                .authenticate_password(&user, password.expose())
                .await
        }
        (None, None) => session.authenticate_none(&user).await,
    };
    match outcome.map_err(cut)?.success() {
        true => Ok(()),
        false => Err(RemoteError::Authentication {
            offered: credentials.offered(),
            answer: format!("permission denied for user {user:?}"),
        }),
    }
}

async fn start(
    session: &Session,
    address: &SshAddress,
) -> Result<russh::Channel<client::Msg>, russh::Error> {
    let channel = session.channel_open_session().await?;
    // Servers that do not accept it speak the older protocol, which is understood too.
    channel.set_env(false, "GIT_PROTOCOL", "version=2").await?;
    channel
        .exec(true, format!("git-upload-pack {}", quoted(&address.path)))
        .await?;
    Ok(channel)
}

/// One word for the shell on the other side.
fn quoted(path: &str) -> String {
    format!("'{}'", path.replace('\'', r"'\''").replace('!', r"'\!'"))
}

/// Decides about the server's key and keeps the reason for a refusal.
struct HostKeyCheck {
    host: String,
    port: u16,
    known: KnownKeys,
    accept_any: bool,
    objection: Arc<Mutex<Option<RemoteError>>>,
}

impl HostKeyCheck {
    fn objection(&self, key: &PublicKey) -> Option<RemoteError> {
        let host = self.host.clone();
        match self.known.judge(key) {
            _ if self.accept_any => None,
            Verdict::Known => None,
            Verdict::Unknown => {
                let line = line_for(&self.host, self.port, key);
                Some(RemoteError::UnknownHostKey { host, line })
            }
            Verdict::Changed => {
                let offered = key.fingerprint(HashAlg::Sha256).to_string();
                Some(RemoteError::ChangedHostKey { host, offered })
            }
        }
    }
}

impl client::Handler for HostKeyCheck {
    type Error = russh::Error;

    async fn check_server_key(
        &mut self,
        shown: &PublicKeyOrCertificate,
    ) -> Result<bool, Self::Error> {
        // Certificates are not asked for, so a server does not show one.
        let PublicKeyOrCertificate::PublicKey { key, .. } = shown else {
            return Ok(false);
        };
        let objection = self.objection(key);
        let believed = objection.is_none();
        *self.objection.lock().expect("no panic while held") = objection;
        Ok(believed)
    }
}

/// What the server sends.
pub(crate) struct SshReader {
    wire: Arc<Wire>,
    read: ChannelReadHalf,
    chunk: Bytes,
    said: Vec<u8>,
    _session: Session,
}

impl SshReader {
    fn next_chunk(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            match self.wire.wait(self.read.wait())? {
                Some(ChannelMsg::Data { data }) => {
                    self.wire.received(data.len())?;
                    return Ok(Some(data));
                }
                Some(ChannelMsg::ExtendedData { data, .. }) => {
                    let room = MAX_SAID.saturating_sub(self.said.len());
                    self.said.extend(data.iter().take(room));
                }
                Some(ChannelMsg::ExitStatus { exit_status }) if exit_status != 0 => {
                    return Err(self.ended(&format!("exit status {exit_status}")));
                }
                Some(ChannelMsg::Failure) => return Err(self.ended("it runs no git-upload-pack")),
                Some(ChannelMsg::Close) | None => return Err(self.ended("it hung up")),
                Some(_) => {}
            }
        }
    }

    fn ended(&self, why: &str) -> io::Error {
        let said = crate::printable::printable(String::from_utf8_lossy(&self.said).trim());
        let said = if said.is_empty() {
            why.to_owned()
        } else {
            said
        };
        self.wire.fail(RemoteError::Said(said))
    }
}

impl Read for SshReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            match self.next_chunk()? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let amount = self.chunk.len().min(buffer.len());
        buffer[..amount].copy_from_slice(&self.chunk.split_to(amount));
        Ok(amount)
    }
}

/// What we send.
pub(crate) struct SshWriter {
    wire: Arc<Wire>,
    write: ChannelWriteHalf<client::Msg>,
}

impl Write for SshWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self
            .wire
            .wait(self.write.data_bytes(Bytes::copy_from_slice(bytes)))?
        {
            Ok(()) => Ok(bytes.len()),
            // The reader learns why.
            Err(error) => Err(io::Error::other(error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_one_word_for_the_shell() {
        assert_eq!(quoted("/a b"), "'/a b'");
        assert_eq!(quoted("a'; rm -rf $HOME"), r"'a'\''; rm -rf $HOME'");
        assert_eq!(quoted("a!b"), r"'a'\!'b'");
    }
}
