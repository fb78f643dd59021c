//! Repositories on our own disk: read in place, never copied.
//!
//! Comes in: a path. Goes out: references and objects. Only what Git keeps as data is read; of the
//! repository's configuration just its format.

use crate::remote::{Advertised, RemoteError};
use crate::store::Store;
use std::path::Path;

/// The references of a repository on disk.
pub(crate) fn references(path: &Path) -> Result<Vec<Advertised>, RemoteError> {
    let repository = open(path)?;
    let failed = |error: gix::Error| RemoteError::Local {
        source: error.into(),
    };
    let mut found = Vec::new();
    if let Ok(head) = repository.head_id() {
        found.push(Advertised {
            name: "HEAD".to_owned(),
            commit: head.detach(),
        });
    }
    let platform = repository.references().map_err(failed)?;
    for reference in platform.all().map_err(failed)? {
        let Ok(mut reference) = reference else {
            continue;
        };
        let name = reference.name().as_bstr().to_string();
        // A reference that leads nowhere is as good as none.
        if let Ok(commit) = reference.peel_to_id() {
            found.push(Advertised {
                name,
                commit: commit.detach(),
            });
        }
    }
    Ok(found)
}

/// The objects of a repository on disk.
pub(crate) fn store(path: &Path) -> Result<Store, RemoteError> {
    let repository = open(path)?;
    let objects = repository.objects.store_ref().path().to_owned();
    Store::borrow(objects, repository.object_hash()).map_err(|error| RemoteError::Local {
        source: error.into(),
    })
}

fn open(path: &Path) -> Result<gix::Repository, RemoteError> {
    gix::open_opts(path, gix::open::Options::isolated()).map_err(|error| RemoteError::Local {
        source: error.into(),
    })
}
