//! Helm charts.
//!
//! Comes in: a chart as a kustomization names it. Goes out: what Helm prints of it. The chart lies
//! below `chartHome`, or it is fetched and taken to lie there; whoever answers for what lies
//! elsewhere renders it. Source: Kustomize 5.8.1,
//! api/internal/builtins/HelmChartInflationGenerator.go.

mod error;
#[cfg(test)]
mod tests;
mod values;

pub use error::ChartError;

use super::GenerateError;
use crate::file::{HelmChart, HelmGlobals};
use crate::load::{ChartRun, ChartWish, Loader};
use crate::schema::Schema;
use model::{EntryKind, TreeError};
use std::sync::Arc;

/// What a build says of charts: the flags of `kustomize build` that start with `--helm` and
/// `--enable-helm`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HelmSettings {
    /// Charts are rendered; else each is an error.
    pub enabled: bool,
    /// The cluster's version, for charts that name none.
    pub kube_version: String,
    /// What the cluster serves, for charts that name nothing.
    pub api_versions: Vec<String>,
}

/// The manifests of a chart, as YAML. What it is told that the cluster serves is in it already.
pub fn helm_chart(
    mut chart: HelmChart,
    globals: &HelmGlobals,
    settings: &HelmSettings,
    loader: &Loader<'_>,
    schema: &Schema,
) -> Result<Arc<[u8]>, GenerateError> {
    if !settings.enabled {
        return Err(GenerateError::HelmIsOff);
    }
    if chart.kube_version.is_empty() {
        chart.kube_version.clone_from(&settings.kube_version);
    }
    manifests(&chart, globals, loader, schema)
        .map_err(|source| GenerateError::Helm(chart.name, Box::new(source)))
}

fn manifests(
    chart: &HelmChart,
    globals: &HelmGlobals,
    loader: &Loader<'_>,
    schema: &Schema,
) -> Result<Arc<[u8]>, ChartError> {
    let more = values::additional(chart, loader)?;
    let path = path_of(chart, globals);
    let loader = with_chart(chart, &path, loader)?;
    let mut values = vec![values::main(chart, &path, &loader, schema)?];
    check_name(&chart.name)?;
    values.extend(more);
    let (tree, folder) = loader.anywhere(&path)?;
    let run = ChartRun {
        chart,
        tree,
        folder: &folder,
        values,
    };
    let printed = loader.elsewhere().template(&run);
    printed.map_err(ChartError::Render)
}

/// Where the chart's folder is: a version of a repository has a folder of its own.
fn path_of(chart: &HelmChart, globals: &HelmGlobals) -> String {
    let home = match globals.chart_home.as_str() {
        "" => "charts",
        home => home,
    };
    let HelmChart { name, version, .. } = chart;
    match version.is_empty() || chart.repo.is_empty() {
        true => format!("{home}/{name}"),
        false => format!("{home}/{name}-{version}/{name}"),
    }
}

/// Upstream writes the values into a file called after the chart, and makes no folder for it.
fn check_name(name: &str) -> Result<(), ChartError> {
    let mut folders = name.rsplit('/').skip(1);
    match folders.all(|folder| matches!(folder, "" | "." | "..")) {
        true => Ok(()),
        false => Err(ChartError::Name(name.to_owned())),
    }
}

/// The loader, which finds the chart at its path.
fn with_chart<'a>(
    chart: &HelmChart,
    path: &str,
    loader: &Loader<'a>,
) -> Result<Loader<'a>, ChartError> {
    let (tree, folder) = loader.anywhere(path)?;
    match tree.kind(&folder) {
        Ok(EntryKind::Folder) => return Ok(loader.clone()),
        Ok(_) | Err(TreeError::NotFound(_)) => {}
        Err(source) => {
            let place = loader.place_of(path);
            return Err(ChartError::Folder { place, source });
        }
    }
    if chart.repo.is_empty() {
        return Err(ChartError::NoRepository(loader.place_of(path)));
    }
    let files = loader.elsewhere().chart(&wish(chart));
    let files = files.map_err(|source| ChartError::Fetch {
        name: chart.name.clone(),
        repository: chart.repo.clone(),
        source,
    })?;
    Ok(loader.with_files(folder, files))
}

/// The chart as its repository knows it.
fn wish(chart: &HelmChart) -> ChartWish {
    let version = match (chart.version.as_str(), chart.devel) {
        ("", true) => ">0.0.0-0",
        (version, _) => version,
    };
    let repository = match chart.repo.starts_with("oci://") {
        true => chart.repo.trim_end_matches('/'),
        false => &chart.repo,
    };
    ChartWish {
        repository: repository.to_owned(),
        name: chart.name.clone(),
        version: version.to_owned(),
    }
}
