//! What leaves Git leaves the cluster; what comes back comes back.

use super::PRODUCTION;
use crate::server_clock::{ServerClock, Writer};
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::between;
use anyhow::Result;

const FILE: &str = "apps/web/production/maintenance-page.yaml";
const OBJECT: &str = "maintenance-page";

pub fn play(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("A commit removes a file");
    let clock = ServerClock::begin(&stage.cluster, PRODUCTION, "configmaps", OBJECT);
    let mark = stage.config_maps.mark();
    transcript.command(&format!("git rm {FILE}"));
    stage.git.remove(FILE);
    let pushed = stage
        .git
        .publish(transcript, "The maintenance page is no longer needed")?;
    let what = "after a file's removal, its ConfigMap pruned";
    let (_, after) = stage
        .config_maps
        .first(mark, what, |s| s.is(PRODUCTION, OBJECT) && s.deleted)?;
    let pruned = clock.first(Writer::Caretaker, pushed.at)?.answered;
    transcript.measured(what, between(pushed.at, pruned));

    transcript.step("The commit is reverted");
    let pushed = stage.git.revert(transcript)?;
    let what = "after a revert, the ConfigMap restored";
    stage
        .config_maps
        .first(after, what, |s| s.is(PRODUCTION, OBJECT) && !s.deleted)?;
    let restored = clock.first(Writer::Caretaker, pushed.at)?.answered;
    transcript.measured(what, between(pushed.at, restored));
    Ok(())
}
