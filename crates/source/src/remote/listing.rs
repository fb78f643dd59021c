//! Listing a server's references, without fetching anything.

use super::{Conversation, Remote, RemoteError};
use gix::ObjectId;
use gix::protocol::LsRefsCommand;
use gix::protocol::handshake::Ref;
use gix::protocol::ls_refs::RefPrefixes;

/// A reference as the server shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Advertised {
    /// Its full name, like `refs/heads/main` or `HEAD`.
    pub name: String,
    /// What it leads to in the end, tags peeled.
    pub commit: ObjectId,
}

impl Remote<'_> {
    /// The references whose names start with one of `prefixes`; all of them if there is none. Old
    /// servers show all in any case.
    pub fn references(&self, prefixes: &[String]) -> Result<Vec<Advertised>, RemoteError> {
        let mut conversation = self.converse()?;
        let refs = match conversation.handshake.refs.take() {
            Some(refs) => refs,
            None => conversation.list(prefixes)?,
        };
        let limit = self.limits.max_references;
        match refs.len() > limit {
            true => Err(RemoteError::TooManyReferences { limit }),
            false => Ok(refs.into_iter().filter_map(advertised).collect()),
        }
    }
}

impl Conversation {
    fn list(&mut self, prefixes: &[String]) -> Result<Vec<Ref>, RemoteError> {
        let mut wanted = RefPrefixes::new();
        wanted.extend(prefixes.iter().map(|prefix| prefix.as_str().into()));
        let wanted = (!prefixes.is_empty()).then_some(wanted);
        let capabilities = &self.handshake.capabilities;
        LsRefsCommand::new(wanted, capabilities, super::agent())
            .invoke_blocking(&mut self.transport, &mut gix::progress::Discard, false)
            .map_err(|error| self.wire.reason(error))
    }
}

fn advertised(reference: Ref) -> Option<Advertised> {
    let (name, commit) = match reference {
        Ref::Peeled {
            full_ref_name,
            object,
            ..
        }
        | Ref::Direct {
            full_ref_name,
            object,
        }
        | Ref::Symbolic {
            full_ref_name,
            object,
            ..
        } => (full_ref_name, object),
        Ref::Unborn { .. } => return None,
    };
    // A name that is not UTF-8 cannot be asked for in a manifest.
    Some(Advertised {
        name: String::from_utf8(name.into()).ok()?,
        commit,
    })
}
