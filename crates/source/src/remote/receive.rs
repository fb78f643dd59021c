//! Receiving commits into a store.
//!
//! Comes in: the commits wanted and the commits had. Goes out: one pack in the store's folder. There
//! is no negotiation: we say at once what we have, and the server answers with the rest.

use super::{Conversation, Remote, RemoteError};
use gix::ObjectId;
use gix::odb::pack::{Bundle, bundle::write::Options as PackOptions, data::input::Mode};
use gix::protocol::fetch::negotiate::{Action, Round, one_round::State};
use gix::protocol::fetch::{Arguments, Context, Negotiate, Options, Response, Shallow, Tags};
use gix::protocol::transport::Protocol;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::Arc;

/// What to fetch, and where to.
pub(crate) struct Wanted<'a> {
    /// The commits asked for.
    pub commits: Vec<ObjectId>,
    /// Commits whose trees are complete here; the server leaves out what they hold.
    pub have: Vec<ObjectId>,
    /// How much history; none is all of it.
    pub depth: Option<NonZeroU32>,
    /// The folder of the store.
    pub folder: &'a Path,
    /// Where objects are looked up that the pack leaves out.
    pub known: gix::odb::HandleArc,
}

impl Remote<'_> {
    /// Fetches commits into a store.
    pub fn receive(&self, wanted: Wanted<'_>) -> Result<(), RemoteError> {
        let mut conversation = self.converse()?;
        let watch = conversation.wire.watch();
        let outcome = conversation.receive(wanted, self.limits.max_fetch_bytes);
        watch.abort();
        outcome
    }
}

impl Conversation {
    fn receive(&mut self, wanted: Wanted<'_>, max_bytes: u64) -> Result<(), RemoteError> {
        let shallow = match wanted.depth.filter(|_| self.can_be_shallow()) {
            Some(depth) => Shallow::DepthAtRemote(depth),
            None if wanted.folder.join("shallow").exists() => Shallow::undo(),
            None => Shallow::NoChange,
        };
        let wire = Arc::clone(&self.wire);
        let version = self.handshake.server_protocol_version;
        let hash = wanted.known.store_ref().object_hash();
        let packs = wanted.folder.join("objects/pack");
        let known = wanted.known;
        let mut asking = Asking {
            wants: wanted.commits,
            haves: wanted.have,
        };
        let context = Context {
            handshake: &mut self.handshake,
            transport: &mut self.transport,
            user_agent: super::agent(),
            trace_packetlines: false,
        };
        let options = Options {
            shallow_file: wanted.folder.join("shallow"),
            shallow: &shallow,
            tags: Tags::None,
            reject_shallow_remote: false,
        };
        gix::protocol::fetch(
            &mut asking,
            |pack, progress, interrupt| {
                let known = Some(known);
                let options = pack_options(max_bytes);
                let written = Bundle::write_to_directory(
                    pack,
                    Some(&packs),
                    progress,
                    interrupt,
                    known,
                    hash,
                    options,
                )?;
                // It would guard the pack until references lead to it; ours never do.
                written.keep_path.map(std::fs::remove_file).transpose().ok();
                Ok(true)
            },
            gix::progress::Discard,
            &wire.interrupt,
            context,
            options,
        )
        .map_err(|error| refusal(wire.reason(error), version))?;
        Ok(())
    }

    fn can_be_shallow(&self) -> bool {
        let capabilities = &self.handshake.capabilities;
        match self.handshake.server_protocol_version {
            Protocol::V2 => capabilities
                .capability("fetch")
                .and_then(|fetch| fetch.supports("shallow"))
                .unwrap_or(false),
            _ => capabilities.contains("shallow"),
        }
    }
}

/// A server of the present that knows not a commit has no reference leading to it either; an old
/// one may mean that the commit is no reference's tip.
fn refusal(error: RemoteError, version: Protocol) -> RemoteError {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        said.push_str(&error.to_string());
        cause = error.source();
    }
    match version == Protocol::V2 && said.contains("not our ref") {
        true => RemoteError::NoSuchCommit,
        false => error,
    }
}

fn pack_options(max_bytes: u64) -> PackOptions {
    PackOptions {
        thread_limit: Some(1),
        iteration_mode: Mode::Verify,
        alloc_limit_bytes: usize::try_from(max_bytes).ok(),
        ..PackOptions::default()
    }
}

/// One round: all we want, all we have, done.
struct Asking {
    wants: Vec<ObjectId>,
    haves: Vec<ObjectId>,
}

impl Negotiate for Asking {
    fn mark_complete_and_common_ref(&mut self) -> gix::Result<Action> {
        Ok(Action::MustNegotiate {
            remote_ref_target_known: Vec::new(),
        })
    }

    fn add_wants(&mut self, arguments: &mut Arguments, _: &[bool]) -> bool {
        self.wants.iter().for_each(|id| arguments.want(id));
        !self.wants.is_empty()
    }

    fn one_round(
        &mut self,
        _: &mut State,
        arguments: &mut Arguments,
        _: Option<&Response>,
    ) -> gix::Result<(Round, bool)> {
        self.haves.iter().for_each(|id| arguments.have(id));
        let round = Round {
            haves_sent: self.haves.len(),
            in_vain: 0,
            haves_to_send: self.haves.len(),
            previous_response_had_at_least_one_in_common: false,
        };
        Ok((round, true))
    }
}
