//! An index written as JSON, which `helm repo index --json` makes because it is quick to read.
//!
//! Comes in: bytes. Goes out: all charts. Entries are taken one by one, so nothing but what is kept
//! is ever in memory.

use super::entry::{entry, sort};
use super::{Charts, Entry, IndexError, Versions};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

#[derive(serde::Deserialize)]
struct File {
    #[serde(default, rename = "apiVersion")]
    api_version: String,
    #[serde(default)]
    entries: Option<BTreeMap<Box<str>, Option<List>>>,
}

/// Reads an index; none if it is no JSON.
pub(crate) fn read(text: &[u8]) -> Option<Result<Charts, IndexError>> {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace())?;
    if *first != b'{' {
        return None;
    }
    let file: File = serde_json::from_slice(text).ok()?;
    if file.api_version.is_empty() {
        return Some(Err(IndexError::NoApiVersion));
    }
    let charts = file.entries.unwrap_or_default().into_iter();
    let versions = |list: Option<List>| list.map_or_else(Versions::default, |list| sort(list.0));
    Some(Ok(charts
        .map(|(name, list)| (name, versions(list)))
        .collect()))
}

struct List(Vec<Entry>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_seq(OneByOne)
    }
}

struct OneByOne;

impl<'de> Visitor<'de> for OneByOne {
    type Value = List;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of versions")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List, A::Error> {
        let mut entries = Vec::new();
        while let Some(value) = list.next_element::<Value>()? {
            entries.extend(entry(&value));
        }
        Ok(List(entries))
    }
}
