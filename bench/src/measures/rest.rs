//! At rest: nothing changes, neither in Git nor in the cluster.
//!
//! Comes in: synced apps and a span of time. Goes out: memory, CPU, and every request Caretaker made
//! of the API server and of the Git server meanwhile.

use crate::audit::{self, Requests};
use crate::caretaker::Caretaker;
use crate::scene::Scene;
use crate::{goals, peers};
use anyhow::Result;
use bench::processes::Memory;
use bench::progress::say;
use bench::row::Row;
use bench::window::{Cost, Window};
use serde::Serialize;
use std::time::{Duration, Instant};
use testbed::GitServer;

/// What went before comes to its end in this time.
const SETTLE: Duration = Duration::from_secs(15);
/// So often a waiting person hears of us.
const NEWS: Duration = Duration::from_secs(60);

/// What was found.
#[derive(Serialize, Clone, Debug)]
pub struct Rest {
    /// Caretaker's memory at the end of the window.
    pub memory: Memory,
    /// What the window cost.
    pub cost: Cost,
    /// Requests of the API server.
    pub requests: Requests,
    /// Requests of the Git server.
    pub git_requests: usize,
}

/// Does nothing for `span`.
pub async fn measure(
    scene: &Scene,
    caretaker: &Caretaker,
    git: &GitServer,
    span: Duration,
) -> Result<Rest> {
    say(format!("at rest: settling for {} s", SETTLE.as_secs()));
    tokio::time::sleep(SETTLE).await;
    let processes = [
        ("caretaker", caretaker.process()),
        ("kube-apiserver", scene.process("kube-apiserver")?),
    ];
    let (mark, git_before) = (scene.plane.audit_mark(), git.requests().len());
    let window = Window::open(&processes)?;
    doze(span).await;
    let cost = window.close()?;
    Ok(Rest {
        memory: caretaker.memory()?,
        cost,
        requests: audit::requests_since(&scene.plane, mark),
        git_requests: git.requests().len() - git_before,
    })
}

async fn doze(span: Duration) {
    let until = Instant::now() + span;
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        say(format!("at rest: {} s to go", left.as_secs_f64().round()));
        tokio::time::sleep(left.min(NEWS)).await;
    }
}

/// Its rows.
pub fn rows(rest: &Rest) -> Vec<Row> {
    let seconds = rest.cost.seconds.round();
    let row = |measure: String, unit, ours: f64, (argo_cd, flux): peers::Pair| {
        Row::new(format!("at rest, {measure}"), unit, ours).peers(argo_cd, flux)
    };
    let count = |number: usize| number as f64;
    let of = |what: &str| format!("{what} in {seconds} s");
    let cpu = |process: &str| rest.cost.cpu(process);
    let requests = &rest.requests;
    vec![
        row(
            "memory".to_owned(),
            "MiB",
            rest.memory.now,
            peers::REST_MEMORY,
        )
        .goal(goals::REST_MEMORY),
        row(of("CPU"), "CPU-s", cpu("caretaker"), peers::REST_CPU).goal(goals::REST_CPU),
        row(
            of("writes"),
            "requests",
            count(requests.writes),
            peers::REST_WRITES,
        )
        .goal(goals::REST_REQUESTS),
        row(
            of("reads and dry runs"),
            "requests",
            count(requests.reads),
            peers::REST_READS,
        )
        .goal(goals::REST_REQUESTS),
        row(
            of("watches opened anew"),
            "requests",
            count(requests.watches),
            peers::REST_WATCHES,
        ),
        row(
            of("asking Git"),
            "requests",
            count(rest.git_requests),
            ("", ""),
        ),
    ]
}
