//! The steps, in order.
//!
//! In: the stage. Out: what Caretaker did, measured; an error at the first step that did not go as
//! it should.

mod broken_commit;
mod drift;
mod first_sync;
mod outage;
mod prune;
mod push;

use crate::application::Application;
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::{Mark, Sighting};
use anyhow::Result;
use std::sync::Arc;

/// The namespace that most steps are about.
const PRODUCTION: &str = "shop-production";

/// Plays all steps.
pub fn play(stage: &mut Stage, transcript: &Transcript) -> Result<()> {
    first_sync::play(stage, transcript)?;
    drift::play(stage, transcript)?;
    push::play(stage, transcript)?;
    prune::play(stage, transcript)?;
    broken_commit::play(stage, transcript)?;
    outage::play(stage, transcript)
}

/// Waits until an Application says so.
fn application(
    stage: &Stage,
    after: Mark,
    name: &str,
    what: &str,
    says: impl Fn(&Application<'_>) -> bool,
) -> Result<Arc<Sighting>> {
    let wanted = |sighting: &Sighting| {
        let application = Application(&sighting.object);
        application.name() == name && says(&application)
    };
    Ok(stage.applications.first(after, what, wanted)?.0)
}

/// The beginning of a commit's id, as people write it.
fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}
