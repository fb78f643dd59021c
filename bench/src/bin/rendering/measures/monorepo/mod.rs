//! Many overlays over ten bases, rendered on one core.
//!
//! Once with files parsed before being remembered, once without; through the engine's cache, before
//! and after one file of one base changed; and a few of them by the real kustomize, from files on
//! disk, whose bytes must be ours. Objects are built, and written only where bytes are compared.

mod cached;
mod original;
mod plain;
mod rows;

pub use rows::rows;

use crate::arguments::Arguments;
use crate::monorepo::Monorepo;
use crate::tool::Tool;
use anyhow::Result;
use bench::progress::say;
use cached::Cached;
use plain::Plain;
use serde::Serialize;

/// What was found.
#[derive(Serialize, Debug)]
pub struct Found {
    /// How many overlays.
    pub overlays: usize,
    /// Seconds the real kustomize takes for one.
    pub kustomize: f64,
    /// Built one by one.
    pub plain: Plain,
    /// Asked of the cache.
    pub cached: Cached,
}

/// Measures it.
pub fn measure(arguments: &Arguments, real: &Tool) -> Result<Found> {
    let monorepo = Monorepo::of(arguments.overlays)?;
    let overlays = monorepo.overlays.len();
    say(format!(
        "a monorepo of {overlays} overlays, some by kustomize"
    ));
    let kustomize = original::measure(&monorepo, arguments.runs, real)?;
    say("all of them in process");
    let plain = plain::measure(&monorepo, arguments.rounds)?;
    say("all of them through the cache");
    Ok(Found {
        overlays,
        kustomize,
        plain,
        cached: cached::measure(monorepo, arguments.rounds)?,
    })
}
