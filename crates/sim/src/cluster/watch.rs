//! What a watch tells: every change since a version, while the server still remembers it.

use super::Cluster;
use super::refusal::{Reason, Refusal};
use model::{GroupKind, ObjectKey};
use serde_json::Value;
use std::sync::Arc;

/// What happened to an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Happened {
    /// It was made.
    Added,
    /// It was changed.
    Modified,
    /// It is gone.
    Deleted,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// The version it made.
    pub version: u64,
    /// What happened.
    pub happened: Happened,
    /// To what.
    pub key: ObjectKey,
    /// The object then.
    pub object: Arc<Value>,
}

/// What a watch tells at once.
#[derive(Clone, PartialEq, Debug)]
pub struct Watched {
    /// What happened, oldest first.
    pub events: Vec<Told>,
    /// The version up to which all was told: what a bookmark says.
    pub bookmark: u64,
}

/// So many changes are remembered.
const REMEMBERED: usize = 10_000;

impl Cluster {
    /// What happened to objects of a kind after a version; refused when that is too long ago.
    pub fn watch(&self, kind: &GroupKind, after: u64) -> Result<Watched, Refusal> {
        self.kind(kind)?;
        if after < self.forgotten {
            let said = format!("too old resource version: {after} ({})", self.forgotten);
            return Err(Refusal::new(Reason::Expired, said));
        }
        let news = self
            .told
            .iter()
            .filter(|told| told.version > after && told.key.group_kind == *kind);
        Ok(Watched {
            events: news.cloned().collect(),
            bookmark: self.version,
        })
    }

    /// Forgets what happened until now, as compaction does.
    pub fn forget(&mut self) {
        self.told.clear();
        self.forgotten = self.version;
    }

    pub(super) fn tell(&mut self, happened: Happened, key: ObjectKey, object: Arc<Value>) {
        self.told.push_back(Told {
            version: self.version,
            happened,
            key,
            object,
        });
        if self.told.len() > REMEMBERED
            && let Some(oldest) = self.told.pop_front()
        {
            self.forgotten = oldest.version;
        }
    }
}
