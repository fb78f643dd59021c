//! From drift to heal.
//!
//! Comes in: synced apps. Goes out: how long from sending a patch that nobody wanted until the watch
//! shows the old value again. Between any two drifts a bare round trip of the same kind is made,
//! so that both know the same minutes of this machine.

use crate::measures::round_trip::{CONFIG_VALUE, Probe, REPLICAS, patch};
use crate::objects::{COMMITTED, SET, Set, config_name};
use crate::scene::Scene;
use crate::sightings::Sightings;
use crate::{goals, kinds, peers};
use anyhow::Result;
use bench::progress::say;
use bench::quantiles::Quantiles;
use bench::row::Row;
use cluster::{ApiResource, Connection};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

const CONFIG_MAPS: u32 = 60;
const DEPLOYMENTS: u32 = 20;
/// From one drift to the next; the bare round trip comes half-way.
const APART: Duration = Duration::from_millis(500);
/// How long the last heals are waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct Heal {
    /// Of ConfigMaps.
    pub config_maps: Healed,
    /// Of Deployments, from 3 replicas back to 1.
    pub deployments: Healed,
}

/// One kind's part.
#[derive(Serialize, Clone, Debug)]
pub struct Healed {
    /// Drifts that were made.
    pub drifts: u32,
    /// From the patch to the old value, of those that were healed in time.
    pub heals: Option<Quantiles>,
    /// Bare round trips, interleaved.
    pub bare: Option<Quantiles>,
}

/// Makes drifts and waits for their ends.
pub async fn measure(scene: &Scene, set: &Set) -> Result<Heal> {
    let config_maps = Drifts {
        kind: kinds::config_map(),
        name: |at, set| config_name(at / set.apps % set.config_maps()),
        pointer: CONFIG_VALUE,
        value: |at| json!(format!("drifted {at}")),
        wanted: json!(COMMITTED),
        count: CONFIG_MAPS,
    };
    let deployments = Drifts {
        kind: kinds::deployment(),
        name: |_, _| "web".to_owned(),
        pointer: REPLICAS,
        value: |at| json!(3 + at % 2),
        wanted: json!(1),
        count: DEPLOYMENTS,
    };
    let connection = scene.new_connection().await?;
    let config_probe = Probe::config_map(&connection).await?;
    let deployment_probe = Probe::deployment(&connection).await?;
    Ok(Heal {
        config_maps: config_maps.make(&connection, set, &config_probe).await?,
        deployments: deployments
            .make(&connection, set, &deployment_probe)
            .await?,
    })
}

/// Drifts of one kind.
struct Drifts {
    kind: ApiResource,
    /// The object's name of the so-manieth drift.
    name: fn(u32, &Set) -> String,
    pointer: &'static str,
    /// What it is changed to.
    value: fn(u32) -> Value,
    /// What it is to be.
    wanted: Value,
    count: u32,
}

impl Drifts {
    async fn make(&self, connection: &Connection, set: &Set, probe: &Probe) -> Result<Healed> {
        let kind = &self.kind.gvk.group_kind.kind;
        say(format!(
            "heal: {} drifts of a {kind}, half a second apart",
            self.count
        ));
        let sightings = Sightings::start(connection, self.kind.clone(), SET).await?;
        let (mut open, mut bare) = (Vec::new(), Vec::new());
        let mut clock = tokio::time::interval(APART / 2);
        for at in 0..self.count {
            clock.tick().await;
            open.push(self.drift(connection, set, &sightings, at).await?);
            clock.tick().await;
            bare.push(probe.once((self.value)(at)).await?);
        }
        let times = ended(open).await;
        say(format!("heal: {} of {} healed", times.len(), self.count));
        Ok(Healed {
            drifts: self.count,
            heals: Quantiles::of(&times),
            bare: Quantiles::of(&bare),
        })
    }

    async fn drift(
        &self,
        connection: &Connection,
        set: &Set,
        sightings: &Sightings,
        at: u32,
    ) -> Result<(Instant, oneshot::Receiver<Instant>)> {
        let (app, name) = (set.app(spread(at, set.apps)), (self.name)(at, set));
        let drifted = (self.value)(at);
        let both = [drifted.clone(), self.wanted.clone()];
        let healed = sightings.expect(&app, &name, self.pointer, both);
        let begun = Instant::now();
        patch(
            connection,
            &self.kind,
            (&app, &name),
            self.pointer,
            &drifted,
        )
        .await?;
        Ok((begun, healed))
    }
}

/// Apps from the whole set, each once before any comes again.
fn spread(at: u32, apps: u32) -> u32 {
    let stride = (apps / CONFIG_MAPS).max(1);
    (at * stride) % apps
}

/// How long each took; those that do not end in time are left out.
async fn ended(open: Vec<(Instant, oneshot::Receiver<Instant>)>) -> Vec<Duration> {
    let until = tokio::time::Instant::now() + PATIENCE;
    let mut times = Vec::new();
    for (begun, healed) in open {
        if let Ok(Ok(healed)) = tokio::time::timeout_at(until, healed).await {
            times.push(healed.saturating_duration_since(begun));
        }
    }
    times
}

/// Its rows.
pub fn rows(heal: &Heal) -> Vec<Row> {
    let config_maps = of_kind(
        "ConfigMap",
        &heal.config_maps,
        [peers::HEAL_CONFIG_MAP_P50, peers::HEAL_CONFIG_MAP_P99],
    );
    let deployments = of_kind(
        "Deployment",
        &heal.deployments,
        [peers::HEAL_DEPLOYMENT_P50, peers::HEAL_DEPLOYMENT_P99],
    );
    config_maps.into_iter().chain(deployments).collect()
}

fn of_kind(kind: &str, healed: &Healed, [p50, p99]: [peers::Pair; 2]) -> [Row; 3] {
    let figure = |times: Option<Quantiles>, which: fn(Quantiles) -> f64| times.map(which);
    let row = |name: &str, which: fn(Quantiles) -> f64, peers: peers::Pair| {
        Row::new(
            format!("heal of a {kind}, {name}"),
            "s",
            figure(healed.heals, which),
        )
        .bare(figure(healed.bare, which))
        .peers(peers.0, peers.1)
    };
    let count = healed.heals.map_or(0, |heals| heals.count);
    let unhealed = f64::from(healed.drifts) - count as f64;
    let within = PATIENCE.as_secs();
    [
        row("p50", |times| times.p50, p50).goal(goals::HEAL_P50),
        row("p99", |times| times.p99, p99).goal(goals::HEAL_P99),
        Row::new(
            format!("heal of a {kind}, not healed within {within} s"),
            "drifts",
            unhealed,
        )
        .peers("0", "many took longer")
        .goal(bench::goal::Goal::Exactly(0.0)),
    ]
}
