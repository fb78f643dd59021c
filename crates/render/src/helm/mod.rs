//! A folder with a chart.
//!
//! In: the folder, the options of `source.helm`, and what the destination cluster can do. Out: the
//! manifests that Helm would print, hooks among them. Source: Argo CD 3.5,
//! reposerver/repository (helmTemplate), util/helm/cmd.go.

mod dependencies;
mod options;
mod path_pattern;
mod value_files;
mod values;

pub use dependencies::DependencyError;
pub use value_files::ValueFileError;

use crate::environment::{Expander, Used};
use crate::manifests::{manifest, unroll};
use crate::recorder::Recorder;
use crate::remotes::RecordedRemotes;
use crate::{Charts, OptionsError, Problems, Request};
use ::helm::chart::{Chart, LoadError};
use ::helm::{TemplateError, capabilities};
use kustomize::load::ElsewhereError;
use model::{Manifest, Origin, TreeError};
use options::HelmOptions;
use serde_json::{Map, Value};
use std::error::Error;
use std::sync::Arc;

/// Why a chart could not be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HelmError {
    /// The source's options are wrong.
    #[error("the source's helm options cannot be followed")]
    Options(#[from] OptionsError),
    /// A Helm nobody has.
    #[error("helm version '{0}' is not supported; leave helm.version out")]
    Version(String),
    /// A version of Kubernetes nobody can read.
    #[error("could not parse kubernetes version {text}")]
    KubeVersion {
        /// As written.
        text: String,
        /// Why.
        source: capabilities::KubeVersionError,
    },
    /// A values file cannot be had.
    #[error("the source's values files cannot be used")]
    ValueFile(#[from] ValueFileError),
    /// A values file on the web cannot be had.
    #[error("the values file {url} cannot be fetched")]
    Web {
        /// Its address.
        url: String,
        /// The cause.
        source: ElsewhereError,
    },
    /// `valuesObject` is something else than a map.
    #[error("helm.valuesObject must be a map of values")]
    ValuesObject,
    /// The chart cannot be loaded.
    #[error("the chart cannot be loaded")]
    Load(#[source] Box<LoadError>),
    /// Charts it needs cannot be had.
    #[error("the charts it depends on cannot be had")]
    Dependency(#[from] DependencyError),
    /// Rendering failed, in Helm's words.
    #[error("{}", .0.problem.text())]
    Template(Box<TemplateError>),
    /// What was rendered are no manifests.
    #[error("{0}")]
    Broken(Problems),
}

impl HelmError {
    /// Did it fail for want of something that the caller does not let be fetched?
    pub(crate) fn wants_remote(&self) -> bool {
        let off = |error: &(dyn Error + 'static)| {
            matches!(error.downcast_ref(), Some(ElsewhereError::Off))
        };
        causes(self).any(off)
    }

    /// May it work later without a change of the source?
    pub(crate) fn is_transient(&self) -> bool {
        causes(self).any(|error| {
            let fetch = error.downcast_ref::<ElsewhereError>();
            matches!(fetch, Some(ElsewhereError::Failed(_)))
                || matches!(error.downcast_ref(), Some(TreeError::Store { .. }))
        })
    }
}

fn causes(error: &HelmError) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}

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
    if !version.is_empty() {
        let unreadable = |source| HelmError::KubeVersion {
            text: version.to_owned(),
            source,
        };
        let read = capabilities::KubeVersion::parse;
        let numbers = read(version).map_err(unreadable)?.normalized;
        all.kube_version = read(numbers.trim_start_matches('v')).map_err(unreadable)?;
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

/// CRDs come first and hooks last, as Helm prints them.
fn manifests(
    rendered: ::helm::Rendered,
    recorder: &Recorder<'_>,
) -> Result<Vec<Manifest>, HelmError> {
    let mut sorting = Sorting {
        recorder,
        manifests: Vec::new(),
        problems: Problems::default(),
    };
    for crd in rendered.crds {
        sorting.read(&crd.path, &crd.file.data);
    }
    for made in rendered.manifests {
        sorting.take(&made.path, made.value, 0);
    }
    for hook in rendered.hooks {
        sorting.take(&hook.path, hook.value, 0);
    }
    match sorting.problems.count() {
        0 => Ok(sorting.manifests),
        _ => Err(HelmError::Broken(sorting.problems)),
    }
}

struct Sorting<'a> {
    recorder: &'a Recorder<'a>,
    manifests: Vec<Manifest>,
    problems: Problems,
}

impl Sorting<'_> {
    /// Files of crds/ are no templates: they may hold any number of documents.
    fn read(&mut self, path: &str, text: &[u8]) {
        for document in yaml::documents(text, &yaml::Limits::default()) {
            match document {
                Ok(document) => self.take(path, document.value, document.line),
                Err(error) => {
                    let what = format!("{}; {}", error.problem, error.next_step());
                    self.problems.add(self.origin(path, error.line), what);
                }
            }
        }
    }

    fn take(&mut self, path: &str, value: Value, line: usize) {
        if value.is_null() {
            return;
        }
        let origin = self.origin(path, line);
        let (manifests, problems) = (&mut self.manifests, &mut self.problems);
        unroll(
            value,
            &mut |value, prefix| match manifest(value, origin.clone()) {
                Ok(manifest) => manifests.push(manifest),
                Err(what) => problems.add(origin.clone(), format!("{prefix}{what}")),
            },
        );
    }

    /// Helm names files from the chart on; users look for them in the repository.
    fn origin(&self, path: &str, line: usize) -> Origin {
        let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
        let path = match self.recorder.root().join(inside) {
            Ok(path) => Arc::from(path.as_str()),
            Err(_) => Arc::from(path),
        };
        Origin { path, line }
    }
}
