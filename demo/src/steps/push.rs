//! A commit is pushed; the Git host tells Caretaker, which rolls it out.

use super::{PRODUCTION, application, short};
use crate::server_clock::{ServerClock, Writer};
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::{Sighting, between};
use anyhow::Result;

const FILE: &str = "apps/web/production/deployment.yaml";

pub fn play(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("A commit: production gets the version that staging has");
    let clock = ServerClock::begin(&stage.cluster, PRODUCTION, "deployments", "web");
    let (deployments, applications) = (stage.deployments.mark(), stage.applications.mark());
    transcript.command(&format!("sed -i s/:1.7.2/:1.8.0/ {FILE}"));
    stage.git.replace(FILE, ":1.7.2", ":1.8.0")?;
    let pushed = stage.git.publish(transcript, "web 1.8.0 in production")?;

    let what = "after a push, the Deployment has the new image";
    let has_new = |sighting: &Sighting| has_image(sighting, "web:1.8.0");
    let (_, after) = stage.deployments.first(deployments, what, has_new)?;
    let changed = clock.first(Writer::Caretaker, pushed.at)?.answered;
    transcript.measured(what, between(pushed.at, changed));

    stage
        .deployments
        .first(after, "the new pods are there", is_rolled_out)?;
    let what = format!(
        "web-production Synced and Healthy at {}",
        short(&pushed.commit)
    );
    let well = application(
        stage,
        applications,
        "web-production",
        &what,
        |application| application.is_well() && application.revision() == pushed.commit,
    )?;
    transcript.passed(&what, between(pushed.at, well.at));
    Ok(())
}

fn has_image(sighting: &Sighting, ending: &str) -> bool {
    let image = &sighting.object["spec"]["template"]["spec"]["containers"][0]["image"];
    sighting.is(PRODUCTION, "web") && image.as_str().is_some_and(|image| image.ends_with(ending))
}

fn is_rolled_out(sighting: &Sighting) -> bool {
    let (wanted, status) = (
        &sighting.object["spec"]["replicas"],
        &sighting.object["status"],
    );
    let complete = |field: &str| status[field] == *wanted;
    let current = status["observedGeneration"] == sighting.object["metadata"]["generation"];
    let counts = ["replicas", "updatedReplicas", "availableReplicas"];
    sighting.is(PRODUCTION, "web") && current && counts.into_iter().all(complete)
}
