//! A control plane to measure on, always made the same way.
//!
//! Comes in: which namespaces. Goes out: a fresh control plane with Argo CD's kinds and settings,
//! those namespaces, and nothing else under way. The bare limit and Caretaker each get one of
//! their own, so that both begin at the same state: on one and the same plane whoever came second
//! would find twice the objects in etcd, in the API server's caches and in every first list.

use crate::census::{self, Census};
use crate::patience::within;
use crate::{apply, in_flight, kinds, objects, webhook};
use anyhow::{Context, Result};
use bench::progress::say;
use cluster::{ConnectOptions, Connection, RequestError, WatchRequest};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;
use testbed::ControlPlane;

/// Where the Applications are.
pub const CONTROL_NAMESPACE: &str = "argocd";
/// Where objects are that nobody manages.
pub const PROBE_NAMESPACE: &str = "bench-probe";
/// The user Caretaker connects as: audit lines name it.
pub const CARETAKER_USER: &str = "caretaker";

const PREPARED_WITHIN: Duration = Duration::from_secs(300);
/// What controllers still do for new namespaces ends in this time.
const SETTLE: Duration = Duration::from_secs(3);

/// A control plane, and this program's connection to it.
pub struct Scene {
    /// The control plane; it ends when this is dropped.
    pub plane: ControlPlane,
    /// As the user `bench`.
    pub connection: Connection,
}

impl Scene {
    /// Starts one and prepares it.
    pub async fn prepare(namespaces: &[String]) -> Result<Self> {
        say(format!(
            "a fresh control plane with {} namespaces",
            namespaces.len()
        ));
        let plane = tokio::task::spawn_blocking(ControlPlane::own).await?;
        let connection = connect(plane.kubeconfig_for("bench", &["system:masters"])).await?;
        let scene = Self { plane, connection };
        within(
            PREPARED_WITHIN,
            "preparing the control plane",
            scene.furnish(namespaces),
        )
        .await?;
        tokio::time::sleep(SETTLE).await;
        Ok(scene)
    }

    /// A connection of its own, with nothing learnt and nothing under way.
    pub async fn new_connection(&self) -> Result<Connection> {
        connect(self.plane.kubeconfig_for("bench", &["system:masters"])).await
    }

    /// Caretaker's kubeconfig. As in a cluster's own service account with all rights; requests of
    /// masters are exempt from priority and fairness, ours and the bare loop's alike.
    pub fn caretaker_kubeconfig(&self) -> PathBuf {
        self.plane
            .kubeconfig_for(CARETAKER_USER, &["system:masters"])
    }

    /// The process of a part of the control plane.
    pub fn process(&self, component: &str) -> Result<u32> {
        let pid = self.plane.state()["components"][component]["pid"].as_u64();
        let pid = pid.with_context(|| format!("{component} does not run"))?;
        Ok(u32::try_from(pid)?)
    }

    async fn furnish(&self, namespaces: &[String]) -> Result<()> {
        for definition in argo::crds() {
            apply::value(&self.connection, &kinds::definition(), "", &definition).await?;
        }
        let own = [CONTROL_NAMESPACE, PROBE_NAMESPACE].map(str::to_owned);
        let all: Vec<String> = own.into_iter().chain(namespaces.iter().cloned()).collect();
        self.make_namespaces(&all).await?;
        self.settings().await?;
        self.project().await?;
        self.probes().await?;
        // Each namespace, the plane's own ones too, gets its default account a moment later.
        let there = census::count(&self.connection, &[kinds::namespace()], "").await?;
        default_accounts(&self.connection).reaches(there).await
    }

    async fn make_namespaces(&self, names: &[String]) -> Result<()> {
        let connection = self.connection.clone();
        in_flight::each(names.to_vec(), move |name| {
            let connection = connection.clone();
            let metadata = json!({ "name": name });
            let body = json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": metadata });
            async move { apply::value(&connection, &kinds::namespace(), "", &body).await }
        })
        .await
    }

    /// Argo CD's settings as shipped, and the secret webhooks are signed with.
    async fn settings(&self) -> Result<()> {
        let labels = json!({ "app.kubernetes.io/part-of": "argocd" });
        let metadata = |name: &str| json!({ "name": name, "labels": labels });
        let config =
            json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata("argocd-cm") });
        let data = json!({ "webhook.github.secret": webhook::SECRET });
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "metadata": metadata("argocd-secret"), "stringData": data,
        });
        apply::value(
            &self.connection,
            &kinds::config_map(),
            CONTROL_NAMESPACE,
            &config,
        )
        .await?;
        apply::value(
            &self.connection,
            &kinds::secret(),
            CONTROL_NAMESPACE,
            &secret,
        )
        .await
    }

    /// The default project. Its kind is served only a moment after its definition was made.
    async fn project(&self) -> Result<()> {
        let spec = json!({
            "sourceRepos": ["*"],
            "destinations": [{ "server": "*", "namespace": "*" }],
            "clusterResourceWhitelist": [{ "group": "*", "kind": "*" }],
        });
        let project = json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject",
            "metadata": { "name": "default" }, "spec": spec,
        });
        loop {
            let applied = apply::value(
                &self.connection,
                &kinds::project(),
                CONTROL_NAMESPACE,
                &project,
            )
            .await;
            match applied {
                Err(error) if is_not_found(&error) => tokio::time::sleep(SETTLE / 10).await,
                applied => return applied,
            }
        }
    }

    /// A ConfigMap and a Deployment for bare round trips.
    async fn probes(&self) -> Result<()> {
        let set = objects::Set {
            name: "probe",
            apps: 1,
            objects: 6,
        };
        let probes = [set.config_map(0, objects::COMMITTED), objects::deployment()];
        for mut probe in probes {
            probe.body["metadata"]["labels"] = json!({ objects::SET: set.name });
            apply::value(&self.connection, &probe.kind, PROBE_NAMESPACE, &probe.body).await?;
        }
        Ok(())
    }
}

async fn connect(kubeconfig: PathBuf) -> Result<Connection> {
    let options = ConnectOptions {
        kubeconfig: Some(kubeconfig),
        context: None,
        user_agent: "caretaker-bench".to_owned(),
    };
    Connection::connect(options)
        .await
        .context("the testbed's API server cannot be reached")
}

fn default_accounts(connection: &Connection) -> Census {
    let request = WatchRequest {
        field_selector: Some("metadata.name=default".to_owned()),
        metadata_only: true,
        ..WatchRequest::all(kinds::service_account())
    };
    Census::start(connection, vec![request])
}

fn is_not_found(error: &anyhow::Error) -> bool {
    matches!(
        error.downcast_ref::<RequestError>(),
        Some(RequestError::NotFound { .. })
    )
}

/// How a value is set at a place of an object, and where it is looked for.
pub fn merge_patch(pointer: &str, value: &Value) -> Value {
    let segments = pointer.split('/').filter(|segment| !segment.is_empty());
    segments
        .rev()
        .fold(value.clone(), |inner, segment| json!({ segment: inner }))
}
