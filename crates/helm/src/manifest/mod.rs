//! Rendered files, sorted into manifests and hooks.
//!
//! Comes in: the text of every rendered file. Goes out: the objects of the release in the order in
//! which Helm installs them, and the hooks, each with the text Helm prints for it. Source: Helm
//! 4.2, pkg/release/v1/util/manifest_sorter.go.

mod head;
mod hook;
mod kinds;
mod split;

use crate::Dialect;
use crate::warning::Warning;
use serde_json::Value;
use thiserror::Error;

pub use head::{Head, HeadError};
pub use hook::{Hook, HookEvent};
pub use split::split;

use hook::Role;

/// An object of the release.
#[derive(Clone, PartialEq, Debug)]
pub struct Manifest {
    /// The file it comes from: `chart/templates/service.yaml`.
    pub path: String,
    /// Its text.
    pub content: String,
    /// Its value; null if the text has nothing but comments.
    pub value: Value,
    /// Its kind and name.
    pub head: Head,
}

/// All that came of the rendered files.
#[derive(Default)]
pub struct Sorted {
    /// The objects, in the order of installing.
    pub manifests: Vec<Manifest>,
    /// The hooks, in the same order of kinds.
    pub hooks: Vec<Hook>,
    /// What Helm mentions on the way.
    pub warnings: Vec<Warning>,
}

/// A document that Helm cannot read.
#[derive(Debug, Error)]
#[error("YAML parse error on {path}")]
pub struct ManifestError {
    /// The file it comes from.
    pub path: String,
    /// Which document of the file, from 1.
    pub document: usize,
    /// Why.
    pub source: HeadError,
}

/// Sorts rendered files: pairs of path and text.
pub fn sort<'f>(
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
    limits: &yaml::Limits,
    dialect: Dialect,
) -> Result<Sorted, ManifestError> {
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    let mut sorted = Sorted::default();
    for (path, text) in files {
        let text = str::from_utf8(text).map_err(|error| ManifestError {
            path: path.to_owned(),
            document: 1,
            source: HeadError::not_utf8(&text[error.valid_up_to()..]),
        })?;
        for (at, document) in split(text, dialect).into_iter().enumerate() {
            let (value, head) =
                head::read(document, limits, dialect).map_err(|source| ManifestError {
                    path: path.to_owned(),
                    document: at + 1,
                    source,
                })?;
            sorted.take(path, document, value, head);
        }
    }
    let rank = |head: &Head| {
        let (at, name) = kinds::rank(&head.kind, dialect);
        (at, name.to_owned())
    };
    sorted.manifests.sort_by_cached_key(|it| rank(&it.head));
    sorted.hooks.sort_by_cached_key(|it| rank(&it.head));
    Ok(sorted)
}

impl Sorted {
    fn take(&mut self, path: &str, content: &str, value: Value, head: Head) {
        match Role::of(&head) {
            Role::Plain => self.manifests.push(Manifest {
                path: path.to_owned(),
                content: content.to_owned(),
                value,
                head,
            }),
            Role::Hook(events) => {
                let hook = Hook::new(path, content, value, head, events);
                self.hooks.push(hook);
            }
            Role::Unknown(written) => {
                let warning = Warning::info("skipping unknown hooks");
                self.warnings.push(warning.with("hookTypes", written));
            }
        }
    }
}
