//! Public charts with their own values: by a command each, and in this process.
//!
//! Each is rendered in turns by the real helm and by Caretaker in its place, then in this process:
//! read from disk with nothing remembered, and with its templates remembered, which is how the
//! engine renders a chart anew for other values. Helm's own code does the same in one process of Go, on
//! one core as we do. Only charts count that all make the same bytes of.

mod engine;
mod found;
mod kept;
mod rows;

pub use rows::{note, rows};

use crate::arguments::Arguments;
use crate::shortest::{Shortest, timed};
use crate::upstream_charts::UpstreamCharts;
use anyhow::{Context, Result, ensure};
use bench::progress::say;
use found::{Counted, Found, Upstream};
use helm::capabilities::Capabilities;
use helm::chart::{Chart, Limits, load};
use helm::engine::ParsedTemplates;
use helm::values::ValueInputs;
use helm::{Options, Release, Request};
use kept::Kept;
use model::TreePath;
use sha2::{Digest as _, Sha256};
use source::DirectoryTree;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// What every release is called.
const RELEASE: &str = "web";

/// Measures them all. `ours` and `real` are the programs, `upstream` Helm's own code in one process.
pub fn measure(
    arguments: &Arguments,
    ours: &Path,
    real: &Path,
    mut upstream: Option<UpstreamCharts>,
) -> Result<Found> {
    let all = kept::all()?;
    say(format!("{} kept charts", all.len()));
    let mut found = Found {
        all: all.len(),
        ..Found::default()
    };
    for kept in &all {
        let theirs = by_command(real, &[], kept)?.1;
        let own = by_command(ours, &["helm"], kept)?.1;
        let here = loaded(kept).and_then(|chart| rendered(&chart, None)).ok();
        match (theirs, own) {
            (None, None) => found.rendered_by_none.push(kept.name.clone()),
            (Some(text), Some(own)) if text == own && here.as_ref() == Some(&text) => {
                let mut one = counted(kept, text.len(), arguments, ours, real)?;
                one.upstream = in_go(upstream.as_mut(), kept, &text)?;
                found.counted.push(one);
            }
            _ => found.different.push(kept.name.clone()),
        }
    }
    ensure!(!found.counted.is_empty(), "none of {} counts", found.all);
    Ok(found)
}

fn counted(
    kept: &Kept,
    bytes: usize,
    arguments: &Arguments,
    ours: &Path,
    real: &Path,
) -> Result<Counted> {
    let (mut helm, mut caretaker) = (Shortest::NONE, Shortest::NONE);
    for _ in 0..arguments.runs {
        helm.take(by_command(real, &[], kept)?.0);
        caretaker.take(by_command(ours, &["helm"], kept)?.0);
    }
    let (mut in_process, mut fresh, mut again) = (Shortest::NONE, Shortest::NONE, Shortest::NONE);
    let chart = loaded(kept)?;
    let parsed = Arc::<ParsedTemplates>::default();
    for _ in 0..arguments.builds {
        in_process.take(timed(|| rendered(&loaded(kept)?, None)).0);
        fresh.take(timed(|| rendered(&chart, None)).0);
        again.take(timed(|| rendered(&chart, Some(&parsed))).0);
    }
    Ok(Counted {
        name: kept.name.clone(),
        bytes,
        helm: helm.seconds(),
        caretaker: caretaker.seconds(),
        in_process: in_process.seconds(),
        loaded: fresh.seconds(),
        again: again.seconds(),
        engine: engine::alone(&chart, RELEASE, arguments.builds)?,
        upstream: None,
    })
}

/// How long Helm's own code takes, if it prints the same.
fn in_go(
    upstream: Option<&mut UpstreamCharts>,
    kept: &Kept,
    text: &[u8],
) -> Result<Option<Upstream>> {
    let Some(upstream) = upstream else {
        return Ok(None);
    };
    let digest: String = Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let times = upstream.time(&kept.path)?;
    let same = times.filter(|times| times.digest == digest);
    Ok(same.map(|times| Upstream {
        engine: times.engine.as_secs_f64(),
        whole: times.whole.as_secs_f64(),
    }))
}

/// How long the command takes, and what it prints if it succeeds. Nothing can be fetched.
fn by_command(program: &Path, lead: &[&str], kept: &Kept) -> Result<(Duration, Option<Vec<u8>>)> {
    let mut command = Command::new(program);
    command
        .args(lead)
        .args(["template", RELEASE])
        .arg(&kept.path);
    command
        .env_clear()
        .env("PATH", "/nonexistent")
        .env("HOME", "/nonexistent");
    command.stdin(Stdio::null());
    let (took, output) = timed(|| command.output());
    let output = output.with_context(|| format!("{command:?} cannot be started"))?;
    Ok((took, output.status.success().then_some(output.stdout)))
}

fn loaded(kept: &Kept) -> Result<Chart> {
    let tree = DirectoryTree::open(&kept.path, source::Limits::default())?;
    Ok(load(&tree, &TreePath::root(), &Limits::default())?)
}

fn rendered(chart: &Chart, parsed: Option<&Arc<ParsedTemplates>>) -> Result<Vec<u8>> {
    let rendered = helm::template(&Request {
        chart,
        values: &ValueInputs::default(),
        release: Release {
            name: RELEASE,
            namespace: "default",
            revision: 1,
            is_upgrade: false,
        },
        capabilities: &Capabilities::default(),
        options: &Options::default(),
        parsed,
        lookup: None,
    })?;
    Ok(rendered.to_yaml()?.into_bytes())
}
