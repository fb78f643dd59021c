//! A commit that cannot be read changes nothing, and is told of where people look.

use super::{application, short};
use crate::application::Application;
use crate::interrupt;
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::between;
use anyhow::{Result, ensure};
use std::time::Duration;

const BROKEN: &str = "apps/api/production/deployment.yaml";
const REMOVED: &str = "apps/api/production/service.yaml";
/// How long we look whether it does something after all.
const LOOK: Duration = Duration::from_secs(2);

pub fn play(stage: &Stage, transcript: &Transcript) -> Result<()> {
    broken(stage, transcript)?;
    mended(stage, transcript)
}

fn broken(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("A broken commit: one file is no longer YAML, another one is gone");
    let (before, mark) = (stage.intentions(), stage.applications.mark());
    transcript.command(&format!("sed -i 's/replicas: 3/replicas: [3/' {BROKEN}"));
    stage.git.replace(BROKEN, "replicas: 3", "replicas: [3")?;
    transcript.command(&format!("git rm {REMOVED}"));
    stage.git.remove(REMOVED);
    let pushed = stage.git.publish(transcript, "More room for api")?;

    let what = "api-production says what is wrong";
    let complains = |app: &Application<'_>| !app.conditions().is_empty();
    let told = application(stage, mark, "api-production", what, complains)?;
    transcript.measured(
        &format!("after a broken commit, {what}"),
        between(pushed.at, told.at),
    );
    Application(&told.object)
        .conditions()
        .iter()
        .for_each(|text| transcript.quote(text));

    std::thread::sleep(LOOK);
    interrupt::check()?;
    let after = stage.intentions();
    let changed = after
        .iter()
        .filter(|(name, object)| before.get(*name) != Some(object));
    let mut changed: Vec<_> = changed.map(|(name, _)| name.as_str()).collect();
    changed.extend(
        before
            .keys()
            .filter(|name| !after.contains_key(*name))
            .map(String::as_str),
    );
    ensure!(
        changed.is_empty(),
        "the broken commit changed {}",
        changed.join(", ")
    );
    transcript.held("nothing was changed, and the Service whose file is gone was not pruned");
    Ok(())
}

fn mended(stage: &Stage, transcript: &Transcript) -> Result<()> {
    let mark = stage.applications.mark();
    let pushed = stage.git.revert(transcript)?;
    let what = format!(
        "mended: api-production Synced and Healthy at {}",
        short(&pushed.commit)
    );
    let well = application(stage, mark, "api-production", &what, |app| {
        app.is_well() && app.revision() == pushed.commit
    })?;
    transcript.passed(&what, between(pushed.at, well.at));
    Ok(())
}
