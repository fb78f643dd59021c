//! Charts of Helm repositories and registries as sources of Applications.
//!
//! In: a source that names a chart, and credentials. Out: the version it leads to, and its files as
//! a tree, which is rendered as a folder of a Git repository would be.

use anyhow::{Context as _, Result};
use helm::chart::{Limits, unpack};
use model::{MemoryTree, Revision, SourceKey, TreePath};
use source::{ChartAddress, ChartVersion, Charts, Credentials};

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
