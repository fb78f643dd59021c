//! Argo CD's projects, config maps and secrets: watched, read, put to use at once.

use super::applications;
use super::context::Context;
use super::credentials::CredentialStore;
use super::repository_secret::{RepositorySecret, SECRET_TYPE, decoded};
use crate::user_scripts;
use argo::project::AppProject;
use cluster::{ApiResource, WatchEvent, WatchHandle, WatchRequest};
use engine::Event;
use model::{GroupKind, GroupVersionKind, Project};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;

const CONFIG: &str = "argocd-cm";
const PARAMETERS: &str = "argocd-cmd-params-cm";
const SECRET: &str = "argocd-secret";
const SEED: &str = "server.secretkey";
const TLS_CERTIFICATES: &str = "argocd-tls-certs-cm";
const KNOWN_HOSTS: &str = "argocd-ssh-known-hosts-cm";
/// How often a cluster that lacks our kinds is asked again.
const KIND_POLL: Duration = Duration::from_secs(2);

type Objects = HashMap<String, Value>;

/// The watches; they end when this is dropped.
pub struct ControlWatches {
    _handles: Vec<WatchHandle>,
}

/// Starts the watches and waits until each has told all there is.
pub async fn start(context: &Arc<Context>) -> ControlWatches {
    let core = |kind: &str, plural: &str| {
        ApiResource::new(GroupVersionKind::from_api_version("v1", kind), plural, true)
    };
    let (config, config_listed) = kept(context, core("ConfigMap", "configmaps"), take_config);
    let (secrets, secrets_listed) = kept(context, core("Secret", "secrets"), take_secrets);
    let mut handles = vec![config, secrets];
    wait(config_listed).await;
    wait(secrets_listed).await;
    let (projects, projects_listed) =
        kept(context, served(context, "AppProject").await, take_projects);
    wait(projects_listed).await;
    let (tell, apps_listed) = watch::channel(false);
    let apps = applications::watch(context, served(context, "Application").await, tell);
    wait(apps_listed).await;
    handles.extend([projects, apps]);
    ControlWatches { _handles: handles }
}

/// One of Argo CD's kinds as served; waits, and says so, while its definition is not installed.
async fn served(context: &Arc<Context>, kind: &str) -> ApiResource {
    let mut told = false;
    loop {
        let group_kind = GroupKind::new("argoproj.io", kind);
        if let Some(resource) = context.kinds.resource(&group_kind, "v1alpha1") {
            return resource;
        }
        if !told {
            tracing::warn!(
                kind,
                "the cluster does not serve this kind; waiting for it: install it with \
                 `caretaker crds | kubectl apply --server-side -f -`"
            );
            told = true;
        }
        tokio::time::sleep(KIND_POLL).await;
        super::watching::rediscover(context).await;
    }
}

async fn wait(mut listed: watch::Receiver<bool>) {
    // An error means the watch ended, and then there is nothing to wait for.
    let _ = listed.wait_for(|listed| *listed).await;
}

/// Watches a kind in the control plane's namespace, keeps all of it, and calls `take` with the
/// whole whenever it changed.
fn kept(
    context: &Arc<Context>,
    kind: ApiResource,
    take: fn(&Context, &Objects),
) -> (WatchHandle, watch::Receiver<bool>) {
    let (tell, listed) = watch::channel(false);
    let shared = context.clone();
    let state: Mutex<(Objects, bool)> = Mutex::new((Objects::new(), false));
    let name = kind.gvk.group_kind.kind.clone();
    let request = WatchRequest {
        namespace: Some(context.namespace.clone()),
        ..WatchRequest::all(kind)
    };
    let handle = context.connection.watch(request, move |event| {
        let mut state = state.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match event {
            WatchEvent::Restarted => *state = (Objects::new(), true),
            WatchEvent::Applied(bytes) => {
                if let Some((name, object)) = relevant(&bytes) {
                    state.0.insert(name, object);
                    if !state.1 {
                        take(&shared, &state.0);
                    }
                }
            }
            WatchEvent::Deleted(bytes) => {
                if let Some((name, _)) = relevant(&bytes) {
                    state.0.remove(&name);
                    take(&shared, &state.0);
                }
            }
            WatchEvent::Listed { .. } => {
                state.1 = false;
                take(&shared, &state.0);
                // Nobody may be waiting any more.
                let _ = tell.send(true);
            }
            WatchEvent::Failed { error, .. } => {
                tracing::warn!(kind = %name, %error, "settings cannot be watched; it is tried again");
                // Settings we may not read count as absent; the rest goes on without them.
                let _ = tell.send(true);
            }
            WatchEvent::Resumed => {}
        }
    });
    (handle, listed)
}

/// Keeps only what the control plane reads; other objects of the namespace are none of ours.
fn relevant(bytes: &[u8]) -> Option<(String, Value)> {
    let object: Value = serde_json::from_slice(bytes).ok()?;
    let metadata = object.get("metadata")?;
    let name = metadata.get("name")?.as_str()?.to_owned();
    let labelled = metadata
        .get("labels")
        .and_then(|labels| labels.get(SECRET_TYPE))
        .is_some();
    let spec = object.get("spec").is_some();
    let ours = [CONFIG, PARAMETERS, SECRET, TLS_CERTIFICATES, KNOWN_HOSTS].contains(&&*name);
    (labelled || spec || ours).then_some((name, object))
}

fn data_of(objects: &Objects, name: &str) -> BTreeMap<String, String> {
    let data = objects
        .get(name)
        .and_then(|object| object.get("data"))
        .and_then(Value::as_object);
    let text = |(key, value): (&String, &Value)| Some((key.clone(), value.as_str()?.to_owned()));
    data.into_iter().flatten().filter_map(text).collect()
}

fn take_config(context: &Context, objects: &Objects) {
    let (settings, warnings) =
        argo::Settings::from_config_maps(&data_of(objects, CONFIG), &data_of(objects, PARAMETERS));
    for warning in warnings {
        tracing::warn!(%warning, "setting");
    }
    let settings = settings.in_namespace(&context.namespace);
    let before = context.settings.load_full();
    let changed = format!("{settings:?}") != format!("{before:?}");
    let checks = settings
        .customizations
        .checks_changed_since(&before.customizations);
    if settings.customizations != before.customizations {
        take_scripts(context, &settings.customizations);
    }
    if context.wanted.govern(&settings) {
        context.tell(Event::RulesChanged);
    }
    context.settings.store(Arc::new(settings));
    let trust = CredentialStore::clone(&context.credentials.load()).with_trust(
        &data_of(objects, TLS_CERTIFICATES),
        &data_of(objects, KNOWN_HOSTS),
    );
    context.credentials.store(Arc::new(trust));
    if !checks.is_empty() {
        context.checks_changed(&checks);
    }
    if changed {
        context.applications.tell_all(context);
    }
}

fn take_scripts(context: &Context, customizations: &argo::Customizations) {
    let (scripts, broken) = user_scripts::compile(customizations);
    for error in broken {
        tracing::warn!(%error, "a script of resource.customizations");
    }
    context.scripts.store(Arc::new(scripts));
}

/// What charts draw at random is drawn from the key that Argo CD signs its sessions with: it stays
/// what it is, and whoever can read it can read what is drawn anyway.
fn seed_charts(context: &Context, own: &BTreeMap<String, String>) {
    match own.get(SEED).filter(|secret| !secret.is_empty()) {
        Some(secret) => context.renders.set_secret(secret.as_bytes()),
        None => context.seed_charts_for_now(),
    }
}

fn take_secrets(context: &Context, objects: &Objects) {
    let limit = context.settings.load().webhook_payload_limit;
    let own = objects.get(SECRET).map(decoded).unwrap_or_default();
    let secrets = argo::webhook::WebhookSecrets::from_secret(&own, limit);
    context.webhook_secrets.store(Arc::new(secrets));
    seed_charts(context, &own);
    let labelled = objects.values().filter_map(RepositorySecret::read);
    let store = CredentialStore::clone(&context.credentials.load()).with_secrets(labelled);
    context.credentials.store(Arc::new(store));
}

fn take_projects(context: &Context, objects: &Objects) {
    for (name, object) in objects {
        let (project, warnings) = AppProject::from_resource(object);
        for warning in warnings {
            tracing::warn!(project = %name, %warning, "project");
        }
        let project: Arc<dyn Project> = Arc::new(project);
        context.tell(Event::Project(name.as_str().into(), Some(project)));
    }
    let known = context.projects_told(objects.keys().cloned().collect());
    for gone in known {
        context.tell(Event::Project(gone.as_str().into(), None));
    }
}
