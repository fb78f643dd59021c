//! A folder with a chart.
//!
//! In: the folder, the options of `source.helm`, and what the destination cluster can do. Out: the
//! manifests that Helm would print, hooks among them. Source: Argo CD 3.5,
//! reposerver/repository (helmTemplate), util/helm/cmd.go.

mod dependencies;
mod error;
mod manifests;
mod options;
mod path_pattern;
mod value_files;
mod values;

pub use dependencies::DependencyError;
pub use error::HelmError;
pub use value_files::ValueFileError;

use crate::capabilities::numbers;
use crate::environment::{Expander, Used};
use crate::recorder::Recorder;
use crate::remotes::RecordedRemotes;
use crate::{Charts, Request};
use ::helm::capabilities;
use ::helm::chart::Chart;
use manifests::manifests;
use model::Manifest;
use options::HelmOptions;
use serde_json::{Map, Value};

/// What came of it.
pub(crate) struct Built {
    pub manifests: Vec<Manifest>,
    pub warnings: Vec<String>,
    pub variables: Used,
}

/// Renders the chart in the folder the recorder was opened at.
pub(crate) fn build(
    request: &Request,
    source: &Map<String, Value>,
    recorder: &Recorder<'_>,
    remotes: &RecordedRemotes<'_>,
    charts: &Charts,
) -> Result<Built, HelmError> {
    let options = HelmOptions::read(source)?;
    if !matches!(options.version.as_str(), "" | "v3" | "v4") {
        return Err(HelmError::Version(options.version));
    }
    let variables = Expander::new(&request.environment);
    let chart = load(recorder, remotes)?;
    let context = values::Context {
        recorder,
        remotes,
        variables: &variables,
        schemes: schemes(&request.settings),
    };
    let read_file = |path: &str| context.content(path);
    let mut inputs = values::inputs(&options, &context)?;
    inputs.read_file = Some(&read_file);
    let rendered = ::helm::template(&::helm::Request {
        chart: &chart,
        values: &inputs,
        release: release(&options, request),
        capabilities: &capabilities(&options, request)?,
        options: &flags(&options, charts),
        parsed: Some(&charts.templates),
        lookup: None,
    })
    .map_err(|error| HelmError::Template(Box::new(error)))?;
    let warnings = rendered.warnings.iter().map(|line| line.message.clone());
    Ok(Built {
        warnings: warnings.collect(),
        manifests: manifests(rendered, recorder)?,
        variables: variables.into_used(),
    })
}

fn load(recorder: &Recorder<'_>, remotes: &RecordedRemotes<'_>) -> Result<Chart, HelmError> {
    let limits = ::helm::chart::Limits::default();
    let chart = ::helm::chart::load(recorder, recorder.root(), &limits)
        .map_err(|error| HelmError::Load(Box::new(error)))?;
    Ok(dependencies::complete(chart, recorder, remotes, &limits)?)
}

fn release<'a>(options: &'a HelmOptions, request: &'a Request) -> ::helm::Release<'a> {
    let first = |texts: [&'a str; 2], otherwise: &'a str| {
        let mut given = texts.into_iter().filter(|text| !text.is_empty());
        given.next().unwrap_or(otherwise)
    };
    ::helm::Release {
        name: first([&options.release_name, &request.app_name], "release-name"),
        namespace: first(
            [&options.namespace, &request.environment.namespace],
            "default",
        ),
        revision: 1,
        is_upgrade: false,
    }
}

/// The destination's, unless the source says otherwise. Argo CD passes the version's numbers alone.
fn capabilities(
    options: &HelmOptions,
    request: &Request,
) -> Result<capabilities::Capabilities, HelmError> {
    let cluster = &request.capabilities;
    let version = match options.kube_version.as_str() {
        "" => &cluster.kube_version,
        given => given,
    };
    let mut all = capabilities::Capabilities::default();
    let unreadable = |source| HelmError::KubeVersion {
        text: version.to_owned(),
        source,
    };
    let numbers = numbers(version).map_err(unreadable)?;
    if !numbers.is_empty() {
        all.kube_version = capabilities::KubeVersion::parse(&numbers).map_err(unreadable)?;
    }
    let versions = match options.api_versions.is_empty() {
        true => &cluster.api_versions,
        false => &options.api_versions,
    };
    all.api_versions = all.api_versions.and(versions.iter().cloned());
    Ok(all)
}

fn flags(options: &HelmOptions, charts: &Charts) -> ::helm::Options {
    ::helm::Options {
        include_crds: !options.skip_crds,
        skip_tests: options.skip_tests,
        skip_schema_validation: options.skip_schema_validation,
        clock: charts.clock,
        secret: charts.secret().to_vec(),
        ..::helm::Options::default()
    }
}

/// What addresses values files may have: the setting `helm.valuesFileSchemes`.
fn schemes(settings: &Value) -> Vec<&str> {
    let set = settings
        .get("helm.valuesFileSchemes")
        .and_then(Value::as_str);
    let all = set.unwrap_or("https, http").split(',').map(str::trim);
    all.filter(|scheme| !scheme.is_empty()).collect()
}
