//! A push of one file of one app.
//!
//! Comes in: a monorepo whose apps are all synced. Goes out: how long from posting the webhook (the
//! commit is in the repository by then) until the watch shows the object changed, and how many
//! renders one changed file cost.

use crate::caretaker::Caretaker;
use crate::measures::round_trip::CONFIG_VALUE;
use crate::monorepo::Monorepo;
use crate::objects::{SET, Set};
use crate::scene::Scene;
use crate::sightings::Sightings;
use crate::{goals, kinds, peers, webhook};
use anyhow::{Context, Result};
use bench::progress::say;
use bench::quantiles::Quantiles;
use bench::row::Row;
use serde::Serialize;
use serde_json::json;
use std::time::{Duration, Instant};

const PUSHES: u32 = 10;
const PATIENCE: Duration = Duration::from_secs(60);
/// What else a push sets off is over by then, and is counted with it.
const PAUSE: Duration = Duration::from_secs(2);

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct Push {
    /// From the webhook to the changed object.
    pub times: Option<Quantiles>,
    /// Renders of each push, answered from the cache or not.
    pub renders: Vec<f64>,
}

/// Pushes again and again, each time to another app.
pub async fn measure(
    scene: &Scene,
    caretaker: &Caretaker,
    repository: &Monorepo,
    set: &Set,
) -> Result<Push> {
    say(format!("push: {PUSHES} times one file of one app"));
    let sightings = Sightings::start(&scene.connection, kinds::config_map(), SET).await?;
    let (mut times, mut renders) = (Vec::new(), Vec::new());
    for at in 0..PUSHES {
        let before = count_renders(caretaker).await?;
        let took = once(caretaker, repository, set, &sightings, at).await?;
        tokio::time::sleep(PAUSE).await;
        times.push(took);
        renders.push(count_renders(caretaker).await? - before);
    }
    Ok(Push {
        times: Quantiles::of(&times),
        renders,
    })
}

async fn once(
    caretaker: &Caretaker,
    repository: &Monorepo,
    set: &Set,
    sightings: &Sightings,
    at: u32,
) -> Result<Duration> {
    let app = set.app((at * 7 + 3) % set.apps);
    let value = format!("pushed {at}");
    let object = set.config_map(0, &value);
    let file = format!("{app}/{}", object.file());
    let commit = repository.change(&file, object.yaml())?;
    let seen = sightings.expect(&app, &object.name, CONFIG_VALUE, [json!(value)]);
    let begun = Instant::now();
    webhook::push(caretaker.webhook(), repository, &commit, &file).await?;
    let seen = tokio::time::timeout(PATIENCE, seen).await;
    let late = || {
        format!(
            "{file} was pushed, and {app}/{} did not change",
            object.name
        )
    };
    Ok(seen.with_context(late)??.saturating_duration_since(begun))
}

async fn count_renders(caretaker: &Caretaker) -> Result<f64> {
    caretaker.counter("caretaker_renders_total", "").await
}

/// Its rows.
pub fn rows(push: &Push) -> Vec<Row> {
    let time = |name: &str, which: fn(Quantiles) -> f64, (argo_cd, flux): peers::Pair| {
        Row::new(
            format!("push to changed object, {name}"),
            "s",
            push.times.map(which),
        )
        .peers(argo_cd, flux)
    };
    let most = push.renders.iter().copied().reduce(f64::max);
    let (argo_cd, flux) = peers::PUSH_RENDERS;
    vec![
        time("p50", |times| times.p50, peers::PUSH_P50).goal(goals::PUSH_P50),
        time("max", |times| times.max, peers::PUSH_MAX),
        Row::new("push, renders of the dearest push", "renders", most)
            .peers(argo_cd, flux)
            .goal(goals::PUSH_RENDERS),
    ]
}
