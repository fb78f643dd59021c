//! `helmCharts`, `helmGlobals`, and the form they had before.
//!
//! Comes in: their places. Goes out: their fields, or why a chart cannot be rendered. Source:
//! Kustomize 5.8.1, api/types/helmchartargs.go,
//! api/internal/builtins/HelmChartInflationGenerator.go.

use crate::file::decode::{Field, Fields, coerced, field, same_folded};
use crate::file::fault::Problem;
use crate::file::types::{HelmChart, HelmGlobals};
use serde_json::{Map, Value};

impl Fields for HelmGlobals {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("chartHome", &mut self.chart_home),
            field("configHome", &mut self.config_home),
        ]
    }
}

impl Fields for HelmChart {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("name", &mut self.name),
            field("version", &mut self.version),
            field("repo", &mut self.repo),
            field("releaseName", &mut self.release_name),
            field("namespace", &mut self.namespace),
            field("additionalValuesFiles", &mut self.additional_values_files),
            field("valuesFile", &mut self.values_file),
            field("valuesInline", &mut self.values_inline),
            field("valuesMerge", &mut self.values_merge),
            field("includeCRDs", &mut self.include_crds),
            field("skipHooks", &mut self.skip_hooks),
            field("apiVersions", &mut self.api_versions),
            field("kubeVersion", &mut self.kube_version),
            field("nameTemplate", &mut self.name_template),
            field("skipTests", &mut self.skip_tests),
            field("debug", &mut self.debug),
            field("devel", &mut self.devel),
        ]
    }
}

/// The fields of a chart that are texts, and those that are lists of them.
const TEXTS: [&str; 9] = [
    "name",
    "version",
    "repo",
    "releaseName",
    "namespace",
    "valuesFile",
    "valuesMerge",
    "kubeVersion",
    "nameTemplate",
];
const LISTS: [&str; 2] = ["additionalValuesFiles", "apiVersions"];

impl HelmChart {
    /// Looks whether it can be rendered, and brings its values into the form upstream's generator
    /// sees: a value called as a field of the chart is read as if it were that field, so a number
    /// under `version` is a text.
    pub(crate) fn settle(&mut self) -> Result<(), Problem> {
        self.values_inline.iter_mut().for_each(as_chart_fields);
        if self.name.is_empty() {
            return Err(Problem::NoChartName);
        }
        match self.values_merge.as_str() {
            "" | "merge" | "override" | "replace" => Ok(()),
            other => Err(Problem::ValuesMerge(other.to_owned())),
        }
    }
}

fn as_chart_fields(values: &mut Map<String, Value>) {
    let one_of = |names: &[&str], key: &str| names.iter().any(|name| same_folded(name, key));
    for (key, value) in values {
        match value {
            Value::Array(items) if one_of(&LISTS, key) => items.iter_mut().for_each(as_text),
            value if one_of(&TEXTS, key) => as_text(value),
            _ => {}
        }
    }
}

fn as_text(value: &mut Value) {
    if let Some(text) = coerced(value) {
        *value = text.into();
    }
}

/// An entry of `helmChartInflationGenerator`, the form charts had before.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct HelmEntry {
    chart: HelmChart,
    globals: HelmGlobals,
    /// Read and never used, as upstream.
    unused: Unused,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Unused {
    repository_name: String,
    binary: String,
    namespace: String,
    arguments: Vec<String>,
}

impl Fields for HelmEntry {
    fn fields(&mut self) -> Vec<Field<'_>> {
        vec![
            field("chartName", &mut self.chart.name),
            field("chartVersion", &mut self.chart.version),
            field("chartRepoUrl", &mut self.chart.repo),
            field("chartHome", &mut self.globals.chart_home),
            field("chartRepoName", &mut self.unused.repository_name),
            field("helmBin", &mut self.unused.binary),
            field("helmHome", &mut self.globals.config_home),
            field("values", &mut self.chart.values_file),
            field("valuesLocal", &mut self.chart.values_inline),
            field("valuesMerge", &mut self.chart.values_merge),
            field("releaseName", &mut self.chart.release_name),
            field("releaseNamespace", &mut self.unused.namespace),
            field("extraArgs", &mut self.unused.arguments),
        ]
    }
}

impl HelmEntry {
    /// The chart, and what holds for all charts: of that the last that says something counts.
    pub fn split(self, globals: &mut HelmGlobals) -> HelmChart {
        if !self.globals.chart_home.is_empty() {
            globals.chart_home = self.globals.chart_home;
        }
        if !self.globals.config_home.is_empty() {
            globals.config_home = self.globals.config_home;
        }
        self.chart
    }
}
