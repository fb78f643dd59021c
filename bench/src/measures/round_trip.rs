//! The bare limit of seeing: a patch is sent, and a watch shows it.
//!
//! Comes in: an object nobody manages. Goes out: how long from sending the patch until the event
//! is here. What Caretaker heals takes at least two of these: the drift must be seen, then its end.

use crate::kinds;
use crate::objects::{self, config_name};
use crate::scene::{PROBE_NAMESPACE, Scene, merge_patch};
use crate::sightings::Sightings;
use anyhow::{Context, Result};
use bench::progress::say;
use bench::quantiles::Quantiles;
use cluster::{ApiResource, Connection, PatchKind, PatchOptions};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const TIMES: usize = 200;
const PATIENCE: Duration = Duration::from_secs(30);

/// An object nobody manages, and the place in it that is changed.
pub struct Probe {
    kind: ApiResource,
    name: String,
    pointer: &'static str,
    connection: Connection,
    sightings: Sightings,
}

/// Where a ConfigMap is changed.
pub const CONFIG_VALUE: &str = "/data/value";
/// Where a Deployment is changed.
pub const REPLICAS: &str = "/spec/replicas";

impl Probe {
    /// On a ConfigMap.
    pub async fn config_map(connection: &Connection) -> Result<Self> {
        Self::on(
            connection,
            kinds::config_map(),
            &config_name(0),
            CONFIG_VALUE,
        )
        .await
    }

    /// On a Deployment.
    pub async fn deployment(connection: &Connection) -> Result<Self> {
        Self::on(connection, kinds::deployment(), "web", REPLICAS).await
    }

    async fn on(
        connection: &Connection,
        kind: ApiResource,
        name: &str,
        pointer: &'static str,
    ) -> Result<Self> {
        let sightings = Sightings::start(connection, kind.clone(), objects::SET).await?;
        let (name, connection) = (name.to_owned(), connection.clone());
        Ok(Self {
            kind,
            name,
            pointer,
            connection,
            sightings,
        })
    }

    /// Patches it to this value, and waits until the watch shows it.
    pub async fn once(&self, value: Value) -> Result<Duration> {
        let seen =
            self.sightings
                .expect(PROBE_NAMESPACE, &self.name, self.pointer, [value.clone()]);
        let begun = Instant::now();
        let place = (PROBE_NAMESPACE, self.name.as_str());
        patch(&self.connection, &self.kind, place, self.pointer, &value).await?;
        let seen = tokio::time::timeout(PATIENCE, seen).await;
        let seen = seen.context("the watch does not show a patch")??;
        Ok(seen.saturating_duration_since(begun))
    }
}

/// Round trips one after the other on a ConfigMap.
pub async fn measure(scene: &Scene) -> Result<Option<Quantiles>> {
    say(format!(
        "bare limit: {TIMES} patches, each until the watch shows it"
    ));
    let probe = Probe::config_map(&scene.new_connection().await?).await?;
    let mut times = Vec::with_capacity(TIMES);
    for at in 0..TIMES {
        times.push(probe.once(json!(format!("value {at}"))).await?);
    }
    Ok(Quantiles::of(&times))
}

/// Sets a value at a place of an object, given by namespace and name, as a passer-by would.
pub async fn patch(
    connection: &Connection,
    kind: &ApiResource,
    (namespace, name): (&str, &str),
    pointer: &str,
    value: &Value,
) -> Result<()> {
    let body = merge_patch(pointer, value).to_string().into();
    let options = PatchOptions {
        field_manager: "passer-by".to_owned(),
        ..Default::default()
    };
    let patched = connection
        .patch(kind, namespace, name, PatchKind::Merge, body, &options)
        .await;
    patched
        .map(drop)
        .with_context(|| format!("patching {namespace}/{name}"))
}
