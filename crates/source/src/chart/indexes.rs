//! The indexes in use: what was read, and by what the server can tell whether it is still the same.

use super::digest::ContentDigest;
use super::error::ChartError;
use super::index::Index;
use super::shelf::Draft;
use crate::flight::Flights;
use crate::remote::{Reply, Sink};
use model::Digest;
use reqwest::header::{
    ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Indexes held open; beyond it all are let go and opened anew as needed.
const MAX_INDEXES: usize = 256;

/// The indexes in use.
#[derive(Default)]
pub(crate) struct Indexes {
    known: Mutex<HashMap<Digest, Known>>,
    pub asking: Flights<Digest, Result<Arc<Read>, ChartError>>,
}

#[derive(Clone)]
pub(crate) struct Known {
    pub read: Arc<Read>,
    pub asked: Instant,
}

/// An index that was read, and what the server said of it.
pub(crate) struct Read {
    pub index: Index,
    pub head: Head,
}

impl Read {
    /// The SHA-256 of the whole file.
    pub fn digest(&self) -> &str {
        &self.head.digest
    }
}

/// What is noted beside an index on disk.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Head {
    etag: Option<String>,
    last_modified: Option<String>,
    digest: String,
    pub bytes: u64,
}

impl Indexes {
    /// An index that was asked for before.
    pub fn known(&self, key: &Digest) -> Option<Known> {
        let known = self.known.lock().expect("no panic while held");
        known.get(key).cloned()
    }

    /// Keeps an index that was just asked for.
    pub fn remember(&self, key: Digest, read: Arc<Read>) {
        let mut known = self.known.lock().expect("no panic while held");
        if known.len() >= MAX_INDEXES {
            known.clear();
        }
        let asked = Instant::now();
        known.insert(key, Known { read, asked });
    }
}

impl Head {
    /// What the head of an answer says of its body.
    pub fn of(reply: &Reply, sink: &Hashed) -> io::Result<Self> {
        let text = |name: HeaderName| {
            let value = reply.headers.get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        Ok(Self {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
            digest: sink.digest(),
            bytes: sink.draft.file.metadata()?.len(),
        })
    }

    /// The headers that ask whether anything changed.
    pub fn conditions(&self) -> HeaderMap {
        let conditions = [
            (IF_NONE_MATCH, &self.etag),
            (IF_MODIFIED_SINCE, &self.last_modified),
        ];
        let header = |(name, text): (HeaderName, &Option<String>)| {
            let value = HeaderValue::from_str(text.as_deref()?).ok()?;
            Some((name, value))
        };
        conditions.into_iter().filter_map(header).collect()
    }
}

/// A file in the making whose digest is known when it is made.
pub(crate) struct Hashed {
    pub draft: Draft,
    hash: Sha256,
}

impl Hashed {
    /// Begins with an empty file.
    pub fn new(draft: Draft) -> Self {
        let hash = Sha256::new();
        Self { draft, hash }
    }

    fn digest(&self) -> String {
        let bytes = self.hash.clone().finalize();
        ContentDigest::of_sha256(&bytes).to_string()
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.draft.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.draft.flush()
    }
}

impl Sink for Hashed {
    fn restart(&mut self) -> io::Result<()> {
        self.hash = Sha256::new();
        self.draft.restart()
    }
}
