//! People change the cluster by hand; Caretaker sets it back.

use super::PRODUCTION;
use crate::kubectl;
use crate::server_clock::{ServerClock, Writer};
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::{Mark, Sighting, Watcher, between};
use anyhow::Result;
use std::time::UNIX_EPOCH;

pub fn play(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("Somebody scales a Deployment by hand");
    scaled(stage, transcript, "web", 3)?;
    transcript.step("Somebody edits a ConfigMap");
    edited(stage, transcript)?;
    transcript.step("Somebody deletes a Service");
    deleted(stage, transcript)
}

/// A Deployment of production gets 7 replicas, and is set back.
pub fn scaled(stage: &Stage, transcript: &Transcript, name: &str, replicas: u64) -> Result<()> {
    let begun = Begun::now(stage, &stage.deployments, "deployments", name);
    let target = format!("deployment/{name}");
    let change = ["scale", "-n", PRODUCTION, &target, "--replicas=7"];
    kubectl::show(&stage.cluster, transcript, &change)?;
    let has = |sighting: &Sighting, count: u64| sighting.object["spec"]["replicas"] == count;
    let what = format!("{target} set back to {replicas} replicas");
    begun.set_back(transcript, &what, |s| has(s, 7), |s| has(s, replicas))
}

fn edited(stage: &Stage, transcript: &Transcript) -> Result<()> {
    let begun = Begun::now(stage, &stage.config_maps, "configmaps", "web-settings");
    let object = "configmap/web-settings";
    kubectl::edit(
        &stage.cluster,
        transcript,
        PRODUCTION,
        object,
        "s/Welcome/Goodbye/",
    )?;
    let says = |sighting: &Sighting, banner| sighting.object["data"]["BANNER"] == banner;
    let drift = |s: &Sighting| says(s, "Goodbye to the shop");
    let mended = |s: &Sighting| says(s, "Welcome to the shop");
    begun.set_back(transcript, &format!("{object} set back"), drift, mended)
}

fn deleted(stage: &Stage, transcript: &Transcript) -> Result<()> {
    let begun = Begun::now(stage, &stage.services, "services", "api");
    kubectl::show(
        &stage.cluster,
        transcript,
        &["delete", "-n", PRODUCTION, "service/api"],
    )?;
    begun.set_back(
        transcript,
        "service/api made again",
        |s| s.deleted,
        |s| !s.deleted,
    )
}

/// An object that is about to be changed.
struct Begun<'a> {
    watcher: &'a Watcher,
    mark: Mark,
    clock: ServerClock<'a>,
    name: &'a str,
}

impl<'a> Begun<'a> {
    fn now(stage: &'a Stage, watcher: &'a Watcher, resource: &'a str, name: &'a str) -> Self {
        let clock = ServerClock::begin(&stage.cluster, PRODUCTION, resource, name);
        Begun {
            watcher,
            mark: watcher.mark(),
            clock,
            name,
        }
    }

    /// Waits until the watch has shown both states, and takes the time between the two writes.
    fn set_back(
        &self,
        transcript: &Transcript,
        what: &str,
        drift: impl Fn(&Sighting) -> bool,
        mended: impl Fn(&Sighting) -> bool,
    ) -> Result<()> {
        let ours = |sighting: &Sighting| sighting.is(PRODUCTION, self.name);
        let change = |s: &Sighting| ours(s) && drift(s);
        let (_, after) = self.watcher.first(self.mark, "the change itself", change)?;
        self.watcher.first(after, what, |s| ours(s) && mended(s))?;
        let changed = self.clock.first(Writer::Person, UNIX_EPOCH)?;
        let repaired = self.clock.first(Writer::Caretaker, changed.asked)?;
        transcript.measured(what, between(changed.asked, repaired.answered));
        Ok(())
    }
}
