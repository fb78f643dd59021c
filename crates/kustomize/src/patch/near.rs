//! Resources that a patch was perhaps meant for.
//!
//! Comes in: an id that no resource has. Goes out: a few ids like it: of the same name, or of the same
//! kind and a name that starts or ends alike.

use crate::resource::{ResId, ResMap};
use crate::schema::Schema;
use std::fmt;

/// How many are named.
const MOST: usize = 3;

/// Ids that were perhaps meant, the likeliest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Candidates(Vec<ResId>);

impl Candidates {
    /// Finds ids like this one.
    pub fn find(wanted: &ResId, resources: &ResMap, schema: &Schema) -> Self {
        let ids = resources.resources.iter().map(|one| one.current_id(schema));
        let mut rated: Vec<_> = ids
            .map(|id| (likeness(wanted, &id), id))
            .filter(|(likeness, _)| *likeness > 0)
            .collect();
        rated.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        rated.truncate(MOST);
        Self(rated.into_iter().map(|(_, id)| id).collect())
    }
}

fn likeness(wanted: &ResId, id: &ResId) -> usize {
    match (wanted.gvk.kind == id.gvk.kind, wanted.name == id.name) {
        (false, false) => 0,
        (_, true) => usize::MAX,
        (true, false) => {
            1 + alike(wanted.name.bytes(), id.name.bytes())
                + alike(wanted.name.bytes().rev(), id.name.bytes().rev())
        }
    }
}

fn alike(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

impl fmt::Display for Candidates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<_> = self.0.iter().map(ResId::to_string).collect();
        match ids.is_empty() {
            true => Ok(()),
            false => write!(f, "; near it: {}", ids.join(", ")),
        }
    }
}
