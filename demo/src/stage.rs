//! Everything the steps play on.
//!
//! In: nothing but programs. Out: a control plane with Caretaker installed, a Git host, Caretaker,
//! and a watch for each kind that a step is about. What is dropped leaves nothing behind.

use crate::application::Application;
use crate::caretaker::{self, Caretaker};
use crate::git_host::GitHost;
use crate::install;
use crate::interrupt;
use crate::transcript::Transcript;
use crate::watcher::Watcher;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use tempfile::TempDir;
use testbed::ControlPlane;

/// The stage. Its fields end in this order: who asks before who answers.
pub struct Stage {
    /// The watch of Applications.
    pub applications: Watcher,
    /// The watch of Deployments.
    pub deployments: Watcher,
    /// The watch of Services.
    pub services: Watcher,
    /// The watch of ConfigMaps.
    pub config_maps: Watcher,
    /// Caretaker.
    pub caretaker: Caretaker,
    /// Where the team's repository lives.
    pub git: GitHost,
    /// The cluster.
    pub cluster: ControlPlane,
    _folder: TempDir,
}

impl Stage {
    /// Starts and installs everything.
    pub fn build(transcript: &Transcript) -> Result<Stage> {
        caretaker::program()?;
        let folder = tempfile::Builder::new().prefix("caretaker-demo-").tempdir();
        let folder = folder.context("cannot make a temporary folder")?;

        let begun = Instant::now();
        let cluster = ControlPlane::own();
        transcript.passed(
            "a Kubernetes control plane with a simulated node",
            begun.elapsed(),
        );
        interrupt::check()?;

        let begun = Instant::now();
        let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("repository");
        let git = GitHost::open(folder.path(), &seed)?;
        transcript.passed(
            "a Git server with the repository of a small shop",
            begun.elapsed(),
        );

        let begun = Instant::now();
        let secret_file = folder.path().join("webhook-secret");
        install::install(&cluster, &secret_file)?;
        transcript.passed(
            "Caretaker's kinds, settings and rights, from deploy/",
            begun.elapsed(),
        );

        let watch = |kind| Watcher::start(cluster.kubectl_command(&cluster.kubeconfig()), kind);
        let (applications, deployments) = (watch("applications")?, watch("deployments")?);
        let (services, config_maps) = (watch("services")?, watch("configmaps")?);

        let begun = Instant::now();
        let caretaker = Caretaker::start(&install::kubeconfig(&cluster), folder.path())?;
        git.announce_to(caretaker.webhook, &secret_file)?;
        transcript.passed(
            "Caretaker, with the rights of its ServiceAccount",
            begun.elapsed(),
        );
        Ok(Stage {
            applications,
            deployments,
            services,
            config_maps,
            caretaker,
            git,
            cluster,
            _folder: folder,
        })
    }

    /// What the shop's objects are meant to be, as last seen: all but what Kubernetes notes about
    /// them.
    pub fn intentions(&self) -> BTreeMap<String, Value> {
        let watchers = [
            ("Deployment", &self.deployments),
            ("Service", &self.services),
            ("ConfigMap", &self.config_maps),
        ];
        let all = watchers.iter().flat_map(|(kind, watcher)| {
            let current = watcher.current().into_iter();
            current.map(move |(name, object)| (format!("{kind} {name}"), object))
        });
        all.map(|(name, object)| (name, without_notes(object)))
            .collect()
    }

    /// Helps to find out why a step failed.
    pub fn explain(&mut self, transcript: &Transcript) {
        if let Some(status) = self.caretaker.ended() {
            println!("\nCaretaker has ended ({status}).");
        }
        println!("\nThe Applications, as last seen:");
        for object in self.applications.current().values() {
            let app = Application(object);
            let line = format!(
                "{:20} {:10} {:12} {}",
                app.name(),
                app.sync(),
                app.health(),
                app.revision()
            );
            transcript.quote(&line);
            app.conditions()
                .iter()
                .for_each(|condition| transcript.quote(&format!("    {condition}")));
            let operation = &object["status"]["operationState"];
            transcript.quote(&format!(
                "    operation: {} {}",
                operation["phase"], operation["message"]
            ));
        }
        println!("\nThe end of Caretaker's log:");
        println!("{}", self.caretaker.end_of_log());
    }
}

fn without_notes(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.remove("resourceVersion");
        metadata.remove("managedFields");
    }
    object
}
