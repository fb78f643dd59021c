//! Which renderer a source needs.
//!
//! In: the source with its overrides and the listing of the app's folder. Out: a [`Renderer`] and
//! what made it so. A block of the source decides; else the files, of which the last in the order
//! of names counts, as in Argo CD: with both a chart and a kustomization it is Kustomize.

use crate::options::{self, DirectoryOptions, OptionsError};
use model::{Entry, EntryKind, TreePath};
use serde_json::{Map, Value};

/// How manifests are made from a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Renderer {
    /// Its files are the manifests.
    Directory,
    /// A kustomization.
    Kustomize,
    /// A chart.
    Helm,
    /// A config management plugin. Not supported yet.
    Plugin,
}

impl Renderer {
    /// Argo CD's name for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Directory => "Directory",
            Self::Kustomize => "Kustomize",
            Self::Helm => "Helm",
            Self::Plugin => "Plugin",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "Kustomize" => Self::Kustomize,
            "Helm" => Self::Helm,
            "Plugin" => Self::Plugin,
            _ => Self::Directory,
        }
    }
}

/// A renderer, and what made it so.
pub(crate) struct Detected {
    pub renderer: Renderer,
    /// A file, or a field of the source.
    pub because: String,
    pub directory: DirectoryOptions,
}

/// Names that make a folder a kustomization.
const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Finds out.
pub(crate) fn detect(
    source: &Map<String, Value>,
    folder: &TreePath,
    entries: &[Entry],
) -> Result<Detected, OptionsError> {
    let directory = options::directory(source)?;
    let found = |renderer, because: String| Detected {
        renderer,
        because,
        directory,
    };
    if let Some((block, name)) = options::explicit(source)? {
        return Ok(found(Renderer::named(name), format!("source.{block}")));
    }
    if source
        .get("chart")
        .and_then(Value::as_str)
        .is_some_and(|chart| !chart.is_empty())
    {
        return Ok(found(Renderer::Helm, "source.chart".to_owned()));
    }
    let files = entries
        .iter()
        .filter(|entry| entry.kind != EntryKind::Folder);
    let mut telling =
        files.filter_map(|entry| Some((by_file(&entry.name)?, folder.child(&entry.name))));
    Ok(match telling.next_back() {
        Some((renderer, path)) => found(renderer, path.to_string()),
        None => found(Renderer::Directory, folder.to_string()),
    })
}

fn by_file(name: &str) -> Option<Renderer> {
    if KUSTOMIZATIONS.contains(&name) {
        Some(Renderer::Kustomize)
    } else if name.ends_with("Chart.yaml") {
        Some(Renderer::Helm)
    } else {
        None
    }
}
