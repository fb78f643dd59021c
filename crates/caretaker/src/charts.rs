//! Charts of Helm repositories and registries as sources of Applications.
//!
//! In: a source that names a chart, and credentials. Out: the version it leads to, and its files as
//! a tree, which is rendered as a folder of a Git repository would be. A server is asked once where a
//! source leads, though that and the files are wanted one after the other.

use anyhow::{Context as _, Result};
use helm::chart::{Limits, unpack};
use model::{App, MemoryTree, Revision, SourceKey, TreePath};
use serde_json::Value;
use source::{ChartAddress, ChartVersion, Charts, Credentials};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Project, repository, chart and version: what one project found is no other's.
type Name = (Arc<str>, Arc<str>, Arc<str>, Revision);

/// Charts, and the versions that were found and not yet fetched.
pub struct ChartSources {
    charts: Charts,
    found: Mutex<HashMap<Name, ChartVersion>>,
}

/// More versions than this wait for nobody.
const MAX_FOUND: usize = 1024;

impl ChartSources {
    /// From where charts are kept.
    pub fn new(charts: Charts) -> Self {
        Self {
            charts,
            found: Mutex::default(),
        }
    }

    /// Where charts are kept.
    pub fn all(&self) -> &Charts {
        &self.charts
    }

    /// The version that a source leads to now.
    pub fn resolve(&self, source: &SourceKey, credentials: &Credentials) -> Result<Revision> {
        let version = resolve(&self.charts, source, None, credentials)?;
        let revision = Revision(version.version.clone());
        let mut found = self.found();
        if found.len() >= MAX_FOUND {
            found.clear();
        }
        found.insert(name(source, &revision), version);
        Ok(revision)
    }

    /// The files of a version; one that was just found is not looked for again.
    pub fn tree(
        &self,
        source: &SourceKey,
        revision: &Revision,
        credentials: &Credentials,
    ) -> Result<MemoryTree> {
        let found = self.found().remove(&name(source, revision));
        let version = match found {
            Some(version) => version,
            None => resolve(&self.charts, source, Some(revision), credentials)?,
        };
        tree(&self.charts, &version, credentials)
    }

    /// A version's files are there already.
    pub fn forget(&self, source: &SourceKey, revision: &Revision) {
        self.found().remove(&name(source, revision));
    }

    fn found(&self) -> MutexGuard<'_, HashMap<Name, ChartVersion>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(source: &SourceKey, revision: &Revision) -> Name {
    (
        source.project.clone(),
        source.repository.clone(),
        source.chart.clone(),
        revision.clone(),
    )
}

/// Does an app show its credentials to whatever host a chart repository names?
pub fn passes_credentials(app: &App) -> bool {
    app.render.pointer("/helm/passCredentials") == Some(&Value::Bool(true))
}

/// The version that a source leads to now; at a revision, that very version.
pub fn resolve(
    charts: &Charts,
    source: &SourceKey,
    revision: Option<&Revision>,
    credentials: &Credentials,
) -> Result<ChartVersion> {
    let version = revision.map_or(&source.reference.0, |revision| &revision.0);
    let address = ChartAddress {
        repository: source.repository.to_string(),
        chart: source.chart.to_string(),
        version: version.to_string(),
    };
    Ok(charts.resolve(&address, credentials)?)
}

/// A version's files.
pub fn tree(
    charts: &Charts,
    version: &ChartVersion,
    credentials: &Credentials,
) -> Result<MemoryTree> {
    let archive = charts.fetch(version, credentials)?;
    let unreadable = || format!("the archive of {} {}", version.chart, version.version);
    let files = unpack(&archive, &Limits::default()).with_context(unreadable)?;
    let mut tree = MemoryTree::new();
    for file in files {
        let path = TreePath::parse(&file.name).with_context(unreadable)?;
        tree.write(&path, &file.data);
    }
    Ok(tree)
}

#[cfg(test)]
mod tests;
