//! The first sync of many apps.
//!
//! Comes in: a running Caretaker that has nothing to do, and a repository with a folder an app. Goes
//! out: how long from the first Application's creation until the last is Synced and Healthy, and
//! what that cost.

use crate::applications::{self, Board};
use crate::audit::{self, Requests};
use crate::caretaker::Caretaker;
use crate::measures::bare_apply::{self, BareApply};
use crate::objects::{self, Set};
use crate::scene::Scene;
use crate::{census, goals, kinds, peers};
use anyhow::{Result, ensure};
use bench::processes::Memory;
use bench::progress::say;
use bench::quantiles::Quantiles;
use bench::row::Row;
use bench::window::{Cost, Window};
use serde::Serialize;
use std::time::Duration;

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct FirstSync {
    /// Objects that are there in the end.
    pub objects: usize,
    /// Objects per second, all in all.
    pub rate: f64,
    /// Seconds until all Applications were created: a part of the whole.
    pub creating_seconds: f64,
    /// Seconds until each app was Synced and Healthy.
    pub apps: Option<Quantiles>,
    /// What it cost.
    pub cost: Cost,
    /// Caretaker's memory, right after.
    pub memory: Memory,
    /// Renders.
    pub renders: f64,
    /// Caretaker's requests of the API server.
    pub requests: Requests,
}

/// Creates the Applications of a set and waits until all are done.
pub async fn measure(
    scene: &Scene,
    caretaker: &Caretaker,
    set: &Set,
    repository_url: &str,
) -> Result<FirstSync> {
    say(format!(
        "first sync: {} apps of {} objects",
        set.apps, set.objects
    ));
    let board = Board::start(&scene.connection, set);
    let limit = Duration::from_secs(120 + u64::from(set.apps));
    let mut processes = vec![("caretaker", caretaker.process())];
    for component in ["kube-apiserver", "etcd", "kube-controller-manager"] {
        processes.push((component, scene.process(component)?));
    }
    let mark = scene.plane.audit_mark();
    let window = Window::open(&processes)?;
    let begun = window.begun();
    applications::create(&scene.connection, set, repository_url).await?;
    let creating_seconds = begun.elapsed().as_secs_f64();
    board.all_done(limit).await?;
    let cost = window.close()?;
    let rate = set.total() as f64 / cost.seconds;
    say(format!(
        "first sync: done in {:.1} s, {rate:.0} objects/s",
        cost.seconds
    ));
    Ok(FirstSync {
        objects: all_there(scene, set).await?,
        rate,
        creating_seconds,
        apps: Quantiles::of(&board.times_since(begun)),
        cost,
        memory: caretaker.memory()?,
        renders: caretaker.counter("caretaker_renders_total", "").await?,
        requests: audit::requests_since(&scene.plane, mark),
    })
}

/// Looks whether "Synced" is true.
pub async fn all_there(scene: &Scene, set: &Set) -> Result<usize> {
    let selector = format!("{}={}", objects::SET, set.name);
    let there = census::count(&scene.connection, &kinds::of_apps(), &selector).await?;
    let wanted = set.total();
    ensure!(
        there == wanted,
        "all apps are Synced, but {there} of {wanted} objects are there"
    );
    Ok(there)
}

/// Its rows, beside bare loops before and after.
pub fn rows(ours: &FirstSync, bare: &[BareApply]) -> Vec<Row> {
    let mean = |figure| bare_apply::mean(bare, figure);
    let (memory, requests) = (ours.memory, &ours.requests);
    let (writes, reads) = (requests.writes as f64, requests.reads as f64);
    let row = |measure: &str, unit, ours: f64, (argo_cd, flux): peers::Pair| {
        Row::new(format!("first sync{measure}"), unit, ours).peers(argo_cd, flux)
    };
    let cpu = |process: &str| ours.cost.cpu(process);
    vec![
        row("", "objects/s", ours.rate, peers::FIRST_SYNC_RATE)
            .bare(mean(|bare| bare.rate))
            .goal(goals::FIRST_SYNC_RATE),
        row("", "s", ours.cost.seconds, peers::FIRST_SYNC_SECONDS)
            .bare(mean(|bare| bare.cost.seconds)),
        row(" with all rollouts", "s", ours.cost.seconds, ("", ""))
            .bare(mean(|bare| bare.available_seconds)),
        row(
            ", CPU of the engine",
            "CPU-s",
            cpu("caretaker"),
            peers::FIRST_SYNC_CPU,
        )
        .bare(mean(|bare| bare.cost.cpu("bench")))
        .goal(goals::FIRST_SYNC_CPU),
        row(
            ", CPU of kube-apiserver",
            "CPU-s",
            cpu("kube-apiserver"),
            peers::FIRST_SYNC_APISERVER_CPU,
        )
        .bare(mean(|bare| bare.cost.cpu("kube-apiserver"))),
        row(", peak memory", "MiB", memory.peak, peers::PEAK_MEMORY).goal(goals::PEAK_MEMORY),
        row(", memory right after", "MiB", memory.now, ("", "")),
        row(
            ", CPU others took",
            "% of all cores",
            ours.cost.outside * 100.0,
            ("16", "22"),
        ),
        Row::new("bare loops, CPU others took", "% of all cores", None)
            .bare(mean(|bare| bare.cost.outside * 100.0)),
        row(
            ", writes by object",
            "requests",
            writes / ours.objects as f64,
            ("", ""),
        )
        .bare(1.0),
        row(
            ", reads and dry runs by object",
            "requests",
            reads / ours.objects as f64,
            ("", ""),
        )
        .bare(0.0),
    ]
}
