//! An Application as the engine's app.
//!
//! Comes in: the custom resource as the API server gives it, and the installation's settings. Goes
//! out: an app, always: what is wrong with the definition is part of it.
//! Source: Argo CD 3.5: util/argo/argo.go (NormalizeApplicationSpec, ValidatePermissions).

mod automation;
mod deletion;
mod destination;
mod ignore;
mod operation;
mod remembered;
mod retry;
mod source;
mod sync_options;

pub use deletion::{finalizer_release_patch, hook_finalizers_patch};
pub(crate) use destination::IN_CLUSTER_NAME;
pub(crate) use source::{is_multiple, normalised};

use crate::fields::{Object, Problems};
use crate::{Settings, tracking};
use model::{App, AppId, Timestamp, Tracking};
use serde_json::{Value, json};
use std::sync::Arc;

pub(crate) const REFRESH_ANNOTATION: &str = "argocd.argoproj.io/refresh";
const SKIP_RECONCILE_ANNOTATION: &str = "argocd.argoproj.io/skip-reconcile";
const APPROVED_ANNOTATION: &str = "argocd.argoproj.io/deletion-approved";
const CLIENT_SIDE_MANAGER_ANNOTATION: &str =
    "argocd.argoproj.io/client-side-apply-migration-manager";
/// The field manager Argo CD's server-side applies have.
const FIELD_MANAGER: &str = "argocd-controller";
/// The project of apps that name none.
pub(crate) const DEFAULT_PROJECT: &str = "default";
const DEFAULT_HISTORY_LIMIT: usize = 10;

/// Translates an Application. Never fails as a whole: see [`App::invalid`] and
/// [`App::not_acted_on`].
pub fn translate(resource: &Value, settings: &Settings) -> App {
    let problems = Problems::default();
    let root = Object::root(resource, &problems);
    let (metadata, spec) = (root.object("metadata"), root.object("spec"));
    let policy = spec.object("syncPolicy");
    let mut told = Vec::new();

    let (namespace, name) = (metadata.text("namespace"), metadata.text("name"));
    let project = non_empty(spec.text("project"), DEFAULT_PROJECT);
    let destination = destination::read(&spec.object("destination"), &problems);
    let source = source::read(&spec, project, &problems, &mut told);
    let automated = automation::read(&policy.object("automated"));
    let options = sync_options::read(&policy, &mut told);
    let managed_namespace = policy.value("managedNamespaceMetadata");

    App {
        id: AppId::new(namespace, name),
        uid: metadata.text("uid").into(),
        project: project.into(),
        source: source.key,
        render: source.render,
        render_settings: settings.render.clone(),
        written_source: source.written,
        automated,
        retry: retry::of_policy(&policy, automated.is_some()),
        ignore: ignore::read(&spec, &mut told),
        namespace_metadata: managed_namespace.map(|value| Arc::new(value.clone())),
        history_limit: history_limit(&spec),
        tracking: tracking_of(namespace, name, settings),
        field_manager: FIELD_MANAGER.into(),
        requested: operation::requested(&root, project, &mut told),
        refresh: refresh(&metadata),
        approved_at: approved_at(&metadata),
        client_side_manager: client_side_manager(&metadata),
        deletion: deletion::read(&metadata),
        paused: metadata
            .object("annotations")
            .text(SKIP_RECONCILE_ANNOTATION)
            == "true",
        remembered: remembered::read(resource, project, &destination.cluster),
        options,
        destination,
        not_acted_on: told,
        invalid: problems.into_vec(),
    }
}

/// Merge patch that takes the operation off the resource, once it was taken in.
pub fn operation_taken_patch() -> Value {
    json!({"operation": null})
}

/// Merge patch that takes the refresh annotation off: clients wait for that.
pub fn refresh_done_patch() -> Value {
    json!({"metadata": {"annotations": {REFRESH_ANNOTATION: null}}})
}

/// Merge patch that writes down what Argo CD's controller writes down; none if nothing is to be:
/// an empty project becomes the default one.
pub fn normalisation_patch(resource: &Value) -> Option<Value> {
    let project = resource.get("spec")?.get("project");
    let patch = json!({"spec": {"project": DEFAULT_PROJECT}});
    project
        .is_some_and(|project| project == "")
        .then_some(patch)
}

fn refresh(metadata: &Object<'_>) -> Option<bool> {
    let annotation = metadata.object("annotations").value(REFRESH_ANNOTATION)?;
    Some(annotation == "hard")
}

/// When what waits for a confirmation was approved.
fn approved_at(metadata: &Object<'_>) -> Option<Timestamp> {
    Timestamp::parse_rfc3339(metadata.object("annotations").text(APPROVED_ANNOTATION))
}

fn client_side_manager(metadata: &Object<'_>) -> Option<Arc<str>> {
    let manager = metadata
        .object("annotations")
        .text(CLIENT_SIDE_MANAGER_ANNOTATION);
    (!manager.is_empty()).then(|| manager.into())
}

fn history_limit(spec: &Object<'_>) -> usize {
    match spec.whole("revisionHistoryLimit") {
        Some(limit) => usize::try_from(limit).unwrap_or(0),
        None => DEFAULT_HISTORY_LIMIT,
    }
}

fn tracking_of(namespace: &str, name: &str, settings: &Settings) -> Tracking {
    Tracking {
        method: settings.tracking_method,
        label_key: settings.label_key.clone(),
        installation_id: settings.installation_id.clone(),
        instance: tracking::instance(namespace, name, settings).into(),
    }
}

fn non_empty<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.is_empty() { default } else { text }
}
