//! A folder with a kustomization.
//!
//! In: the folder, and the options of `source.kustomize` and of the installation. Out: the manifests
//! that `kustomize build` would print, with the Application's wishes written into the kustomization
//! first, in memory. Source: Argo CD 3.5, util/kustomize/kustomize.go.

mod build_options;
mod components;
mod edits;
mod options;

pub use build_options::BuildOptionsError;
pub use components::ComponentsError;

use crate::capabilities::numbers;
use crate::environment::{Expander, Used};
use crate::manifests::{manifest, unroll};
use crate::recorder::Recorder;
use crate::remotes::RecordedRemotes;
use crate::{OptionsError, Problems, Request};
use ::helm::capabilities::KubeVersionError;
use ::kustomize::edit::EditError;
use ::kustomize::generate::HelmSettings;
use ::kustomize::load::{ElsewhereError, Restrictions};
use ::kustomize::{BuildError, Options, Order, ParsedFiles};
use build_options::BuildOptions;
use model::{Manifest, Origin, TreeError};
use options::KustomizeOptions;
use serde_json::{Map, Value};
use std::error::Error;

/// Why a kustomization could not be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KustomizeError {
    /// The source's options are wrong.
    #[error("the source's kustomize options cannot be followed")]
    Options(#[from] OptionsError),
    /// The installation's build options are wrong.
    #[error("the setting kustomize.buildOptions cannot be followed")]
    BuildOptions(#[from] BuildOptionsError),
    /// The options do not go with the kustomization.
    #[error("the source's kustomize options do not go with its kustomization")]
    Edit(#[from] EditError),
    /// The components to add cannot be told.
    #[error("the source's components cannot be added")]
    Components(#[from] ComponentsError),
    /// A version of Kubernetes nobody can read.
    #[error("could not parse kubernetes version {text}")]
    KubeVersion {
        /// As written.
        text: String,
        /// Why.
        source: KubeVersionError,
    },
    /// The build failed; told with the chain of files that led there.
    #[error("{}", .0.report())]
    Build(Box<BuildError>),
    /// What was built are no manifests.
    #[error("{0}")]
    Broken(Problems),
}

impl KustomizeError {
    /// Did it fail for want of something that the caller does not let be fetched?
    pub(crate) fn wants_remote(&self) -> bool {
        let off = |error: &(dyn Error + 'static)| {
            matches!(error.downcast_ref(), Some(ElsewhereError::Off))
        };
        matches!(self, Self::Build(error) if causes(error).any(off))
    }

    /// May it work later without a change of the source?
    pub(crate) fn is_transient(&self) -> bool {
        let outside = |error: &(dyn Error + 'static)| {
            let fetch = error.downcast_ref::<ElsewhereError>();
            matches!(fetch, Some(ElsewhereError::Failed(_)))
                || matches!(error.downcast_ref(), Some(TreeError::Store { .. }))
        };
        match self {
            Self::Components(error) => error.source().is_some_and(outside),
            Self::Build(error) => causes(error).any(outside),
            _ => false,
        }
    }
}

fn causes(error: &BuildError) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |error| (*error).source())
}

/// What came of it.
pub(crate) struct Built {
    pub manifests: Vec<Manifest>,
    pub warnings: Vec<String>,
    pub variables: Used,
}

/// Builds the folder the recorder was opened at.
pub(crate) fn build(
    request: &Request,
    source: &Map<String, Value>,
    recorder: &Recorder<'_>,
    remotes: &RecordedRemotes<'_>,
    parsed: Option<&ParsedFiles>,
) -> Result<Built, KustomizeError> {
    let options = KustomizeOptions::read(source)?;
    let flags = request.settings.get("kustomize.buildOptions");
    let flags = BuildOptions::read(flags.and_then(Value::as_str).unwrap_or_default())?;
    let components = components::to_add(&options, recorder)?;
    let variables = Expander::new(&request.environment);
    let edit =
        |kustomization: &mut _| edits::apply(kustomization, &options, &components, &variables);
    let built = ::kustomize::build(&::kustomize::Request {
        tree: recorder,
        folder: recorder.root(),
        options: &build_options(&flags, helm_settings(&flags, &options, request)?),
        elsewhere: remotes,
        parsed,
        edit: Some(&edit),
    })
    .map_err(|error| KustomizeError::Build(Box::new(error)))?;
    let mut warnings: Vec<String> = built.warnings.iter().map(ToString::to_string).collect();
    warnings.extend(not_followed(&options));
    Ok(Built {
        manifests: manifests(built)?,
        warnings,
        variables: variables.into_used(),
    })
}

fn build_options(flags: &BuildOptions, helm: HelmSettings) -> Options {
    Options {
        restrictions: match flags.unrestricted {
            true => Restrictions::None,
            false => Restrictions::RootOnly,
        },
        order: match flags.reorder {
            Some(false) => Order::AsRead,
            _ => Order::Legacy,
        },
        managed_by_label: flags.managed_by_label,
        helm,
        ..Options::default()
    }
}

/// What charts are told: the flags' version gives way to the source's or the destination's, whose
/// kinds come behind those of the flags.
fn helm_settings(
    flags: &BuildOptions,
    options: &KustomizeOptions,
    request: &Request,
) -> Result<HelmSettings, KustomizeError> {
    let cluster = &request.capabilities;
    let version = match options.kube_version.as_str() {
        "" => &cluster.kube_version,
        given => given,
    };
    let known = numbers(version).map_err(|source| KustomizeError::KubeVersion {
        text: version.to_owned(),
        source,
    })?;
    let kinds = match options.api_versions.is_empty() {
        true => &cluster.api_versions,
        false => &options.api_versions,
    };
    let flagged = flags.helm_api_versions.iter();
    Ok(HelmSettings {
        enabled: flags.enable_helm,
        kube_version: match known.is_empty() {
            true => flags.helm_kube_version.clone(),
            false => known,
        },
        api_versions: flagged.chain(kinds).cloned().collect(),
    })
}

/// The version of Kustomize that is built in.
const VERSION: &str = "5.8.1";

fn not_followed(options: &KustomizeOptions) -> Option<String> {
    let version = options.version.trim_start_matches('v');
    (!version.is_empty() && version != VERSION).then(|| {
        format!(
            "kustomize.version: {} is asked for; Caretaker renders as {VERSION}",
            options.version
        )
    })
}

fn manifests(built: ::kustomize::Built) -> Result<Vec<Manifest>, KustomizeError> {
    let (mut manifests, mut problems) = (Vec::new(), Problems::default());
    for object in built.objects {
        let origin = object.place.map_or_else(Origin::default, |place| Origin {
            path: place.file,
            line: place.line as usize,
        });
        unroll(
            object.value,
            &mut |value, prefix| match manifest(value, origin.clone()) {
                Ok(manifest) => manifests.push(manifest),
                Err(what) => problems.add(origin.clone(), format!("{prefix}{what}")),
            },
        );
    }
    match problems.count() {
        0 => Ok(manifests),
        _ => Err(KustomizeError::Broken(problems)),
    }
}
