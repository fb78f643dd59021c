//! Settings of an installation.
//!
//! Comes in: the data of `argocd-cm` and `argocd-cmd-params-cm`. Goes out: what applications are
//! translated with, and a warning for each setting that is broken or not acted on. A broken
//! setting never stops the rest: its default holds instead.
//! Source: Argo CD 3.5: util/settings/settings.go.

mod compare_options;
mod customizations;
mod not_acted_on;
mod reconciliation;
mod resource_filter;

pub use compare_options::CompareOptions;
pub use customizations::{Actions, Customization, Customizations, IgnoredFields, KnownTypeField};
pub use reconciliation::Reconciliation;
pub use resource_filter::ResourceFilter;

use model::{GroupKind, TrackingMethod};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// The namespace Argo CD is installed in, unless told otherwise.
pub const DEFAULT_NAMESPACE: &str = "argocd";
/// The label that carries an app's name, unless told otherwise.
pub const DEFAULT_LABEL_KEY: &str = "app.kubernetes.io/instance";

/// The settings acted on.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// The namespace of the installation.
    pub controller_namespace: Arc<str>,
    /// Further namespaces whose Applications are served, as globs (`application.namespaces`).
    pub application_namespaces: Vec<String>,
    /// How objects are marked (`application.resourceTrackingMethod`).
    pub tracking_method: TrackingMethod,
    /// The label's key (`application.instanceLabelKey`).
    pub label_key: Arc<str>,
    /// Tells installations in one cluster apart (`installationID`).
    pub installation_id: Option<Arc<str>>,
    /// How often apps are looked at again (`timeout.reconciliation`, its jitter).
    pub reconciliation: Reconciliation,
    /// How long an operation may take (`controller.sync.timeout.seconds`); none is for ever.
    pub sync_timeout: Option<Duration>,
    /// The largest webhook payload, in bytes (`webhook.maxPayloadSizeMB`).
    pub webhook_payload_limit: usize,
    /// What every render is told: those keys of `argocd-cm`, as they are written there.
    pub render: Arc<Value>,
    /// Which kinds are left alone (`resource.exclusions`, `resource.inclusions`).
    pub resources: ResourceFilter,
    /// What users say of kinds (`resource.customizations`).
    pub customizations: Arc<Customizations>,
    /// What does not count when objects are compared (`resource.compareoptions`).
    pub compare: CompareOptions,
    /// Annotations of Secrets that nobody may see (`resource.sensitive.mask.annotations`).
    pub masked_annotations: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::from_config_maps(&BTreeMap::new(), &BTreeMap::new()).0
    }
}

impl Settings {
    /// Reads both config maps' data. The second part says what was broken or is not acted on.
    pub fn from_config_maps(
        cm: &BTreeMap<String, String>,
        params: &BTreeMap<String, String>,
    ) -> (Self, Vec<String>) {
        let mut warnings = Vec::new();
        let settings = Self {
            controller_namespace: DEFAULT_NAMESPACE.into(),
            application_namespaces: comma_list(params.get("application.namespaces")),
            tracking_method: tracking_method(cm, &mut warnings),
            label_key: text(cm, "application.instanceLabelKey")
                .unwrap_or(DEFAULT_LABEL_KEY)
                .into(),
            installation_id: text(cm, "installationID").map(Into::into),
            reconciliation: Reconciliation::read(cm, &mut warnings),
            sync_timeout: sync_timeout(params, &mut warnings),
            webhook_payload_limit: webhook_payload_limit(cm, &mut warnings),
            render: Arc::new(render_settings(cm)),
            resources: ResourceFilter::read(cm, &mut warnings),
            customizations: Arc::new(Customizations::read(cm, &mut warnings)),
            compare: CompareOptions::read(cm, &mut warnings),
            masked_annotations: comma_list(cm.get("resource.sensitive.mask.annotations")),
        };
        warnings.extend(not_acted_on::among(cm, params));
        (settings, warnings)
    }

    /// The same settings for an installation in another namespace.
    pub fn in_namespace(self, namespace: &str) -> Self {
        Self {
            controller_namespace: namespace.into(),
            ..self
        }
    }

    /// Is the kind left alone in that cluster (given by its server URL)?
    pub fn is_excluded(&self, kind: &GroupKind, cluster: &str) -> bool {
        self.resources.is_excluded(kind, cluster)
    }

    /// Are Applications of that namespace served?
    pub fn serves_namespace(&self, namespace: &str) -> bool {
        *namespace == *self.controller_namespace
            || self
                .application_namespaces
                .iter()
                .any(|glob| model::glob::matches(glob, namespace))
    }
}

/// The settings that renderers follow, by their keys. One that is there and empty says something, too.
fn render_settings(cm: &BTreeMap<String, String>) -> Value {
    const KEYS: [&str; 2] = ["helm.valuesFileSchemes", "kustomize.buildOptions"];
    let given = KEYS.into_iter().filter_map(|key| Some((key, cm.get(key)?)));
    given
        .map(|(key, text)| (key.to_owned(), Value::from(text.as_str())))
        .collect()
}

fn text<'a>(data: &'a BTreeMap<String, String>, key: &str) -> Option<&'a str> {
    data.get(key)
        .map(String::as_str)
        .filter(|text| !text.is_empty())
}

/// A flag in any of the spellings Go reads.
fn go_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

fn comma_list(text: Option<&String>) -> Vec<String> {
    let parts = text.into_iter().flat_map(|text| text.split(','));
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn tracking_method(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> TrackingMethod {
    match text(cm, "application.resourceTrackingMethod") {
        None | Some("annotation") => TrackingMethod::Annotation,
        Some("label") => TrackingMethod::Label,
        Some("annotation+label") => TrackingMethod::AnnotationAndLabel,
        Some(other) => {
            warnings.push(format!(
                "application.resourceTrackingMethod: found {other:?}, expected annotation, label \
                 or annotation+label; annotation is used"
            ));
            TrackingMethod::Annotation
        }
    }
}

fn sync_timeout(params: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> Option<Duration> {
    const KEY: &str = "controller.sync.timeout.seconds";
    let seconds = text(params, KEY)?.parse().ok();
    if seconds.is_none() {
        warnings.push(format!(
            "{KEY}: expected a whole number of seconds; operations may take as long as they do"
        ));
    }
    seconds
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs)
}

fn webhook_payload_limit(cm: &BTreeMap<String, String>, warnings: &mut Vec<String>) -> usize {
    const DEFAULT_MEGABYTES: usize = 50;
    const KEY: &str = "webhook.maxPayloadSizeMB";
    let megabytes = text(cm, KEY).map_or(Some(DEFAULT_MEGABYTES), |text| text.parse().ok());
    let megabytes = megabytes.filter(|megabytes| (1..=1024).contains(megabytes));
    if megabytes.is_none() {
        warnings.push(format!(
            "{KEY}: expected a whole number from 1 to 1024; 50 is used"
        ));
    }
    megabytes.unwrap_or(DEFAULT_MEGABYTES) << 20
}
