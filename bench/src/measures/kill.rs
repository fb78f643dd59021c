//! SIGKILL in the middle of a sync.
//!
//! Comes in: a Caretaker that keeps the first set, and a second set to sync. It is killed when half
//! of the second set's objects are there, and started again at once. Goes out: how long the new
//! process takes until all is done, beside what was left for it to do.

use crate::applications::{self, Board};
use crate::caretaker::Caretaker;
use crate::census::Census;
use crate::measures::first_sync;
use crate::objects::{self, Set};
use crate::patience::within;
use crate::scene::Scene;
use crate::{goals, kinds, peers};
use anyhow::Result;
use bench::goal::Goal;
use bench::progress::say;
use bench::row::Row;
use cluster::{Connection, WatchRequest};
use serde::Serialize;
use std::time::{Duration, Instant};

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct Kill {
    /// Objects of the second set.
    pub objects: usize,
    /// Objects that were there when it was killed.
    pub there: usize,
    /// Seconds from the first Application's creation to the kill.
    pub seconds_before: f64,
    /// Seconds from the new process's start until all were Synced and Healthy.
    pub seconds_after: f64,
    /// Seconds that what was left takes at the rate of the first sync.
    pub seconds_left: f64,
}

/// Kills and waits; `rate` is the first sync's, in objects per second.
pub async fn measure(
    scene: &Scene,
    caretaker: &mut Caretaker,
    set: &Set,
    repository_url: &str,
    rate: f64,
) -> Result<Kill> {
    say(format!(
        "kill: {} more apps; SIGKILL at half of their objects",
        set.apps
    ));
    let limit = Duration::from_secs(120 + u64::from(set.apps));
    let board = Board::start(&scene.connection, set);
    let mut census = census_of(&scene.connection, set);
    let begun = Instant::now();
    applications::create(&scene.connection, set, repository_url).await?;
    within(
        limit,
        "half of the objects are there",
        census.reaches(set.total() / 2),
    )
    .await?;
    caretaker.kill_and_restart()?;
    let (there, restarted) = (census.now(), Instant::now());
    say(format!(
        "kill: restarted with {there} of {} objects there",
        set.total()
    ));
    let ended = board.all_done(limit).await?;
    first_sync::all_there(scene, set).await?;
    Ok(Kill {
        objects: set.total(),
        there,
        seconds_before: restarted.duration_since(begun).as_secs_f64(),
        seconds_after: ended.duration_since(restarted).as_secs_f64(),
        seconds_left: (set.total() - there) as f64 / rate,
    })
}

fn census_of(connection: &Connection, set: &Set) -> Census {
    let selector = format!("{}={}", objects::SET, set.name);
    let requests = kinds::of_apps().map(|kind| WatchRequest {
        label_selector: Some(selector.clone()),
        metadata_only: true,
        ..WatchRequest::all(kind)
    });
    Census::start(connection, requests.into())
}

/// Its rows.
pub fn rows(kill: &Kill) -> Vec<Row> {
    let left = kill.objects - kill.there;
    let (argo_cd, flux) = peers::KILL;
    let measure = format!(
        "SIGKILL with {left} of {} objects left, until all done",
        kill.objects
    );
    vec![
        Row::new(measure, "s", kill.seconds_after)
            .peers(argo_cd, flux)
            .goal(Goal::AtMost(kill.seconds_left + goals::KILL_START)),
    ]
}
