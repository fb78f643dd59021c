//! Loading: a folder or an archive becomes a [`Chart`].
//!
//! Both become a list of files first; [`assemble`] makes a chart of it, whatever it was before.
//! Source: Helm 4.2, pkg/chart/loader, pkg/chart/v2/loader.

mod archive;
mod assemble;
mod budget;
mod folder;
mod ignore;
mod path;

use super::decode::read_api_version;
use super::{Chart, File, Limits, LoadError};
use assemble::assemble;
use budget::Budget;
use model::{EntryKind, SourceTree, TreePath};

/// Loads a chart from a folder of a source tree, or from an archive that lies there.
pub fn load(tree: &dyn SourceTree, path: &TreePath, limits: &Limits) -> Result<Chart, LoadError> {
    let unreadable = |source| LoadError::Tree {
        path: path.to_string(),
        source,
    };
    if tree.kind(path).map_err(unreadable)? == EntryKind::Folder {
        return load_folder(tree, path, limits);
    }
    let blob = tree.read(path).map_err(unreadable)?;
    archive::check_kind(path.name(), &blob.bytes)?;
    load_archive(&blob.bytes, limits)
}

/// The files of an archive, named from the chart's folder on: what unpacking it would write.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Vec<File>, LoadError> {
    let files = archive::read(bytes, &mut Budget::new(limits));
    files.map_err(|source| LoadError::Archive(Box::new(source)))
}

/// Loads a chart from a gzipped tar archive.
pub fn load_archive(bytes: &[u8], limits: &Limits) -> Result<Chart, LoadError> {
    let mut budget = Budget::new(limits);
    let files = archive::read(bytes, &mut budget);
    let files = files.map_err(|source| LoadError::Archive(Box::new(source)))?;
    let first = files.iter().find(|file| &*file.name == "Chart.yaml");
    check_format(first.ok_or(LoadError::NoChartYaml)?)?;
    finish(files, &mut budget)
}

fn load_folder(
    tree: &dyn SourceTree,
    path: &TreePath,
    limits: &Limits,
) -> Result<Chart, LoadError> {
    let mut budget = Budget::new(limits);
    let name = path.child("Chart.yaml");
    let blob = tree
        .read(&name)
        .map_err(|source| LoadError::NoChart(path.clone(), source))?;
    check_format(&File {
        name: "Chart.yaml".into(),
        data: blob.bytes,
    })?;
    let files = folder::read(tree, path, &mut budget)?;
    finish(files, &mut budget)
}

/// Loads a folder whatever format Chart.yaml names, as `helm lint` does.
pub(crate) fn load_any_format(
    tree: &dyn SourceTree,
    path: &TreePath,
    limits: &Limits,
) -> Result<Chart, LoadError> {
    let mut budget = Budget::new(limits);
    let files = folder::read(tree, path, &mut budget)?;
    assemble(files, &mut budget, 0)
}

fn finish(files: Vec<File>, budget: &mut Budget<'_>) -> Result<Chart, LoadError> {
    let chart = assemble(files, budget, 0)?;
    match chart.metadata.api_version.as_str() {
        "v3" => Err(LoadError::ApiVersion3),
        _ => Ok(chart),
    }
}

fn check_format(file: &File) -> Result<(), LoadError> {
    let version = read_api_version(&file.data).map_err(|source| LoadError::Unreadable {
        file: "Chart.yaml",
        source: Box::new(source),
    })?;
    match version.as_str() {
        "" | "v1" | "v2" | "v3" => Ok(()),
        _ => Err(LoadError::UnsupportedVersion),
    }
}
