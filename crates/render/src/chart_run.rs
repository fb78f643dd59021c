//! Charts of kustomizations.
//!
//! In: a run of `helm template` as Kustomize would start it. Out: what Helm prints of it. Source:
//! Kustomize 5.8.1, api/types/helmchartargs.go (AsHelmArgs); Helm 4.2, pkg/cmd/template.go and
//! pkg/action/install.go (NameAndChart).

use crate::Charts;
use ::helm::capabilities::{Capabilities, KubeVersion, KubeVersionError};
use ::helm::chart::{Limits, LoadError, load};
use ::helm::values::{ValueFile, ValueInputs};
use ::helm::{NameTemplateError, Options, Release, TemplateError};
use kustomize::file::HelmChart;
use kustomize::load::{ChartRun, ChartValues};

/// Why a chart of a kustomization does not render.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChartRunError {
    /// A version of Kubernetes nobody can read.
    #[error("invalid kube version '{text}'")]
    KubeVersion {
        /// As written.
        text: String,
        /// Why.
        source: KubeVersionError,
    },
    /// The release has a name, and a template of one.
    #[error("cannot set --name-template and also specify a name")]
    TwoNames,
    /// The template of the release's name gives none.
    #[error("the nameTemplate gives no name")]
    Name(#[from] NameTemplateError),
    /// The chart cannot be loaded.
    #[error("the chart cannot be loaded")]
    Load(#[source] Box<LoadError>),
    /// Rendering failed, in Helm's words.
    #[error("{}", .0.problem.text())]
    Template(Box<TemplateError>),
}

/// What Helm prints.
pub(crate) fn print(run: &ChartRun<'_>, charts: &Charts) -> Result<String, ChartRunError> {
    let name = release_name(run.chart, charts)?;
    let chart = load(run.tree, run.folder, &Limits::default())
        .map_err(|error| ChartRunError::Load(Box::new(error)))?;
    let rendered = ::helm::template(&::helm::Request {
        chart: &chart,
        values: &ValueInputs {
            files: run.values.iter().map(value_file).collect(),
            ..ValueInputs::default()
        },
        release: Release {
            name: &name,
            namespace: match run.chart.namespace.as_str() {
                "" => "default",
                namespace => namespace,
            },
            revision: 1,
            is_upgrade: false,
        },
        capabilities: &capabilities(run.chart)?,
        options: &options(run.chart, charts),
        parsed: Some(&charts.templates),
        lookup: None,
    });
    let rendered = rendered.map_err(|error| ChartRunError::Template(Box::new(error)))?;
    Ok(rendered.to_yaml().unwrap_or_default())
}

/// Helm's flag for drawing a name has no effect on what it prints.
fn release_name(chart: &HelmChart, charts: &Charts) -> Result<String, ChartRunError> {
    let name = match (&*chart.release_name, &*chart.name_template) {
        ("", "") => "release-name".to_owned(),
        ("", template) => {
            let seed = [&charts.secret()[..], chart.name.as_bytes()].concat();
            ::helm::name_from(template, charts.clock, &seed)?
        }
        (name, "") => name.to_owned(),
        _ => return Err(ChartRunError::TwoNames),
    };
    Ok(name)
}

fn value_file(values: &ChartValues) -> ValueFile {
    match values {
        ChartValues::File { name, bytes } => ValueFile::Text {
            name: name.clone(),
            bytes: bytes.to_vec(),
        },
        ChartValues::Merged(fields) => ValueFile::Read(fields.clone()),
    }
}

/// A flag may hold several versions, with commas between them.
fn capabilities(chart: &HelmChart) -> Result<Capabilities, ChartRunError> {
    let mut all = Capabilities::default();
    if !chart.kube_version.is_empty() {
        let read = KubeVersion::parse(&chart.kube_version);
        all.kube_version = read.map_err(|source| ChartRunError::KubeVersion {
            text: chart.kube_version.clone(),
            source,
        })?;
    }
    let versions = chart.api_versions.iter().flat_map(|flag| flag.split(','));
    all.api_versions = all.api_versions.and(versions.map(str::to_owned));
    Ok(all)
}

fn options(chart: &HelmChart, charts: &Charts) -> Options {
    Options {
        include_crds: chart.include_crds,
        no_hooks: chart.skip_hooks,
        skip_tests: chart.skip_tests,
        clock: charts.clock,
        secret: charts.secret().to_vec(),
        ..Options::default()
    }
}
