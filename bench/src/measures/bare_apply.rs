//! The bare limit of writing: the same objects, server-side applied by a loop that does no more.
//!
//! Comes in: a fresh scene. Goes out: objects per second, with sixteen in flight over the very
//! connection code Caretaker uses, so that what is left between the two is Caretaker's own work.

use crate::objects::{self, Object, Set};
use crate::patience::within;
use crate::scene::Scene;
use crate::sightings::Sightings;
use crate::{apply, kinds};
use anyhow::Result;
use bench::progress::say;
use bench::row::Row;
use bench::window::{Cost, Window};
use cluster::Connection;
use serde::Serialize;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::sync::oneshot::Receiver;

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct BareApply {
    /// Objects that were applied.
    pub objects: usize,
    /// Objects per second.
    pub rate: f64,
    /// What it cost: this program is `bench`.
    pub cost: Cost,
    /// Seconds until all Deployments were available too: controllers lag behind a bare loop, and an
    /// app is Healthy only when they are done.
    pub available_seconds: f64,
}

/// Applies all objects of a set.
pub async fn measure(scene: &Scene, set: &Set) -> Result<BareApply> {
    say(format!(
        "bare limit: applying {} objects, sixteen in flight",
        set.total()
    ));
    let connection = scene.new_connection().await?;
    let objects: Vec<_> = set
        .names()
        .into_iter()
        .flat_map(|app| of_app(set, app))
        .collect();
    let rollouts = Rollouts::follow(&scene.connection, set).await?;
    let processes = [
        ("bench", std::process::id()),
        ("kube-apiserver", scene.process("kube-apiserver")?),
    ];
    let limit = Duration::from_secs(60 + set.total() as u64 / 20);
    let window = Window::open(&processes)?;
    let begun = window.begun();
    within(limit, "the bare loop", apply::many(&connection, objects)).await?;
    let cost = window.close()?;
    within(limit, "all Deployments are available", rollouts.end()).await?;
    let available_seconds = begun.elapsed().as_secs_f64();
    let rate = set.total() as f64 / cost.seconds;
    say(format!(
        "bare limit: {rate:.0} objects/s in {:.1} s, all available at {available_seconds:.1} s",
        cost.seconds
    ));
    Ok(BareApply {
        objects: set.total(),
        rate,
        cost,
        available_seconds,
    })
}

fn of_app(set: &Set, app: String) -> impl Iterator<Item = (String, Object)> + use<> {
    let objects = set.objects(&app);
    objects.into_iter().map(move |object| (app.clone(), object))
}

/// The Deployments of a set, until each has its pod.
struct Rollouts {
    ends: Vec<Receiver<Instant>>,
    _sightings: Sightings,
}

impl Rollouts {
    async fn follow(connection: &Connection, set: &Set) -> Result<Self> {
        let sightings = Sightings::start(connection, kinds::deployment(), objects::SET).await?;
        let available =
            |app: &String| sightings.expect(app, "web", "/status/availableReplicas", [json!(1)]);
        let ends = set.names().iter().map(available).collect();
        Ok(Self {
            ends,
            _sightings: sightings,
        })
    }

    async fn end(self) -> Result<()> {
        for end in self.ends {
            end.await?;
        }
        Ok(())
    }
}

/// The mean of a figure of several loops; none of none.
pub fn mean(loops: &[BareApply], figure: fn(&BareApply) -> f64) -> Option<f64> {
    let sum: f64 = loops.iter().map(figure).sum();
    (!loops.is_empty()).then(|| sum / loops.len() as f64)
}

/// Its rows, for when there is nothing to stand beside.
pub fn rows(loops: &[BareApply]) -> Vec<Row> {
    let row = |name: &str, unit, figure| Row::new(name, unit, None).bare(mean(loops, figure));
    vec![
        row("server-side apply", "objects/s", |bare| bare.rate),
        row("server-side apply", "s", |bare| bare.cost.seconds),
        row("server-side apply and rollouts", "s", |bare| {
            bare.available_seconds
        }),
    ]
}
