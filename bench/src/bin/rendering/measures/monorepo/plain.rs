//! Overlays built one by one, with and without a memory of files parsed before.

use crate::counted_tree::CountedTree;
use crate::monorepo::Monorepo;
use crate::shortest::{Shortest, timed};
use anyhow::{Result, anyhow};
use kustomize::load::Nowhere;
use kustomize::{Built, Options, ParsedFiles, Request};
use model::TreePath;
use serde::Serialize;

/// The sums of each overlay's shortest times, in seconds, and what was read in one round.
#[derive(Serialize, Clone, Copy, Debug)]
pub struct Plain {
    /// Files parsed before are remembered.
    pub remembering: f64,
    /// They are not.
    pub forgetting: f64,
    /// The most times a file of a base was read.
    pub most_reads: u64,
    /// The fewest.
    pub fewest_reads: u64,
}

/// Bytes of files whose parsed form is remembered; more than all bases have.
const ROOM: usize = 64 << 20;

/// Each round begins with nothing remembered.
pub fn measure(monorepo: &Monorepo, rounds: u32) -> Result<Plain> {
    let mut remembering = vec![Shortest::NONE; monorepo.overlays.len()];
    let mut forgetting = remembering.clone();
    let (mut most_reads, mut fewest_reads) = (0, 0);
    for _ in 0..rounds {
        let tree = CountedTree::of(&monorepo.files)?;
        let parsed = ParsedFiles::new(ROOM);
        round(monorepo, &tree, Some(&parsed), &mut remembering)?;
        let reads = || base_reads(&tree);
        most_reads = reads().max().unwrap_or(0);
        fewest_reads = reads().min().unwrap_or(0);
        round(monorepo, &tree, None, &mut forgetting)?;
    }
    Ok(Plain {
        remembering: Shortest::sum(&remembering),
        forgetting: Shortest::sum(&forgetting),
        most_reads,
        fewest_reads,
    })
}

/// How often each file of a base was read.
pub fn base_reads(tree: &CountedTree) -> impl Iterator<Item = u64> {
    let of_bases = tree.reads().filter(|(path, _)| Monorepo::is_of_base(path));
    of_bases.map(|(_, reads)| reads)
}

fn round(
    monorepo: &Monorepo,
    tree: &CountedTree,
    parsed: Option<&ParsedFiles>,
    times: &mut [Shortest],
) -> Result<()> {
    for (folder, shortest) in monorepo.overlays.iter().zip(times) {
        let (took, built) = timed(|| build(tree, folder, parsed).map(drop));
        built?;
        shortest.take(took);
    }
    Ok(())
}

/// Builds one.
pub fn build(tree: &CountedTree, folder: &TreePath, parsed: Option<&ParsedFiles>) -> Result<Built> {
    let request = Request {
        tree,
        folder,
        options: &Options::default(),
        elsewhere: &Nowhere,
        parsed,
        edit: None,
    };
    kustomize::build(&request).map_err(|error| anyhow!(error.report()))
}
