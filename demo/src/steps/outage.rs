//! Git cannot be reached: what is known stays in force, and how old it is stands where people look.

use super::{application, drift};
use crate::application::Application;
use crate::install::NAMESPACE;
use crate::kubectl;
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::between;
use anyhow::Result;
use std::time::SystemTime;

const APPLICATION: &str = "worker-production";

pub fn play(stage: &mut Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("The Git server is down, and somebody asks for a refresh");
    let mark = stage.applications.mark();
    stage.git.stop();
    let target = format!("application/{APPLICATION}");
    let refresh = "argocd.argoproj.io/refresh=normal";
    let asked = SystemTime::now();
    kubectl::show(
        &stage.cluster,
        transcript,
        &["annotate", "-n", NAMESPACE, &target, refresh],
    )?;
    let what = format!("{APPLICATION} says since when Git was not reached");
    let stale = |app: &Application<'_>| app.conditions().iter().any(|text| text.contains("since"));
    let told = application(stage, mark, APPLICATION, &what, stale)?;
    transcript.passed(&what, between(asked, told.at));
    Application(&told.object)
        .conditions()
        .iter()
        .for_each(|text| transcript.quote(text));
    drift::scaled(stage, transcript, "worker", 2)?;

    transcript.step("The Git server is back");
    let mark = stage.applications.mark();
    stage.git.start_again();
    let back = SystemTime::now();
    let what = format!("{APPLICATION} Synced and Healthy without a word about Git");
    let well = application(stage, mark, APPLICATION, &what, |app| app.is_well())?;
    transcript.passed(&what, between(back, well.at));
    Ok(())
}
