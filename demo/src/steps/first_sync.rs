//! An empty cluster becomes what Git says.

use crate::application::Application;
use crate::caretaker;
use crate::git_host::PLACEHOLDER;
use crate::stage::Stage;
use crate::transcript::Transcript;
use crate::watcher::{Sighting, between};
use anyhow::{Context, Result, anyhow};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

pub fn play(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.step("Two Applications, staging and production; their manifests are Applications");
    let mut waiting = names(stage)?;
    let count = waiting.len();
    let mark = stage.applications.mark();
    apply(stage, transcript)?;
    let (begun, _) = stage
        .applications
        .first(mark, "the first Application", |_| true)?;
    let what = format!("all {count} Applications Synced and Healthy");
    let all_well = |sighting: &Sighting| {
        let application = Application(&sighting.object);
        if application.is_well() {
            waiting.remove(application.name());
        } else if !application.name().is_empty() {
            waiting.insert(application.name().to_owned());
        }
        waiting.is_empty()
    };
    let (ended, _) = stage.applications.first(mark, &what, all_well)?;
    let applications = stage.applications.current();
    let objects: usize = applications
        .values()
        .map(|app| Application(app).objects())
        .sum();
    let what = format!("{what}, with {objects} objects");
    transcript.measured(&what, between(begun.at, ended.at));
    list(stage, transcript)
}

/// The Applications there will be: one per folder in `clusters/`, and one per file in it.
fn names(stage: &Stage) -> Result<BTreeSet<String>> {
    let clusters = stage.git.clone_path().join("clusters");
    let mut names = BTreeSet::new();
    for cluster in std::fs::read_dir(&clusters).context("the repository has no clusters")? {
        let cluster = cluster?;
        let environment = cluster.file_name().to_string_lossy().into_owned();
        for file in std::fs::read_dir(cluster.path())? {
            let path = file?.path();
            let stem = path
                .file_stem()
                .context("a file has a name")?
                .to_string_lossy();
            names.insert(format!("{stem}-{environment}"));
        }
        names.insert(environment);
    }
    Ok(names)
}

fn apply(stage: &Stage, transcript: &Transcript) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("applications");
    let mut manifests = String::new();
    for file in std::fs::read_dir(&folder).context("cannot list demo/applications")? {
        let text = std::fs::read_to_string(file?.path())?;
        manifests.push_str(&format!(
            "---\n{}",
            text.replace(PLACEHOLDER, &stage.git.url())
        ));
    }
    transcript.command("kubectl apply --server-side -f demo/applications");
    let applied = stage
        .cluster
        .kubectl_stdin(&["apply", "--server-side", "-f", "-"], &manifests);
    applied
        .map(drop)
        .map_err(|said| anyhow!("kubectl apply: {said}"))
}

fn list(stage: &Stage, transcript: &Transcript) -> Result<()> {
    transcript.command("caretaker app list");
    let mut command = Command::new(caretaker::program()?);
    let command = command
        .args(["app", "list"])
        .env("KUBECONFIG", stage.cluster.kubeconfig());
    let output = command.output().context("cannot run caretaker")?;
    anyhow::ensure!(
        output.status.success(),
        "caretaker app list: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    transcript.quote(&String::from_utf8_lossy(&output.stdout));
    Ok(())
}
