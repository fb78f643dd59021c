//! Overlays asked of the engine's cache of renders: the first time, again, and after one file of one
//! base has changed.

use super::plain::base_reads;
use crate::counted_tree::CountedTree;
use crate::monorepo::Monorepo;
use crate::shortest::{Shortest, timed};
use anyhow::Result;
use model::TreePath;
use render::{Cache, Environment, NoRemotes, Request};
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// What it did; times are in seconds.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Cached {
    /// Until all were there the first time.
    pub first: f64,
    /// Until all were there again, with nothing changed.
    pub unchanged: f64,
    /// Until all were there after a file of a base had changed.
    pub changed: f64,
    /// How many of them were rendered again for that.
    pub renders: u64,
    /// How many stand on that base.
    pub expected: usize,
    /// Files of bases that were read for that, each as often as it was.
    pub base_reads: u64,
}

/// Bytes of renders that the cache may keep; more than all have.
const ROOM: u64 = 4 << 30;

/// Each round begins with an empty cache; each overlay's shortest times are added up.
pub fn measure(mut monorepo: Monorepo, rounds: u32) -> Result<Cached> {
    let before = CountedTree::of(&monorepo.files)?;
    let expected = monorepo.change_a_base()?;
    let requests: Vec<Request> = monorepo.overlays.iter().map(request).collect();
    let mut first = vec![Shortest::NONE; requests.len()];
    let (mut unchanged, mut changed) = (first.clone(), first.clone());
    let (mut renders, mut reads) = (0, 0);
    for _ in 0..rounds {
        let (cache, after) = (Cache::new(ROOM), CountedTree::of(&monorepo.files)?);
        pass(&cache, &requests, &before, &mut first)?;
        pass(&cache, &requests, &before, &mut unchanged)?;
        let misses = cache.counters().misses;
        pass(&cache, &requests, &after, &mut changed)?;
        renders = cache.counters().misses - misses;
        reads = base_reads(&after).sum();
    }
    Ok(Cached {
        first: Shortest::sum(&first),
        unchanged: Shortest::sum(&unchanged),
        changed: Shortest::sum(&changed),
        renders,
        expected,
        base_reads: reads,
    })
}

fn request(folder: &TreePath) -> Request {
    let source = json!({ "repoURL": "https://example.com/all.git", "path": folder.as_str() });
    Request {
        source: Arc::new(source),
        settings: Arc::default(),
        app_name: folder.name().into(),
        environment: Environment::default(),
        capabilities: Default::default(),
    }
}

fn pass(
    cache: &Cache,
    requests: &[Request],
    tree: &CountedTree,
    times: &mut [Shortest],
) -> Result<()> {
    for (request, shortest) in requests.iter().zip(times) {
        let (took, rendered) = timed(|| cache.get_or_render(request, tree, &NoRemotes).map(drop));
        rendered?;
        shortest.take(took);
    }
    Ok(())
}
