//! The course of a run: bare limit, Caretaker, bare limit again.
//!
//! Caretaker and the bare loops each get a fresh control plane with the same namespaces, one after
//! the other, never two at once. The bare limit is taken before and after, so that a machine that
//! grows busier or hotter meanwhile shows, and the mean of both stands beside Caretaker.

use crate::applications::url;
use crate::arguments::{Arguments, Part};
use crate::caretaker::Caretaker;
use crate::heading;
use crate::measures::bare_apply::{self, BareApply};
use crate::measures::first_sync::{self, FirstSync};
use crate::measures::{heal, kill, push, rest, round_trip};
use crate::monorepo::Monorepo;
use crate::objects::Set;
use crate::scene::Scene;
use anyhow::Result;
use bench::fast_folder;
use bench::progress::say;
use bench::quantiles::Quantiles;
use bench::report::Report;
use bench::row::Row;
use std::path::{Path, PathBuf};
use std::time::Duration;
use testbed::{GitServer, GitServerOptions};

/// Runs what was asked for.
pub async fn run(arguments: &Arguments) -> Result<Report> {
    let program = arguments
        .wants_caretaker()
        .then(|| arguments.program())
        .transpose()?;
    let sets = Sets::of(arguments);
    let mut report = heading::report(arguments);
    let mut bare = Vec::new();
    if arguments.wants(Part::Bare) {
        bare.push(bare_limit(&sets, &mut report).await?);
    }
    let first = match program {
        Some(program) => with_caretaker(program, arguments, &sets, &mut report).await,
        None => Ok(None),
    };
    let first = report.taken("caretaker", first).flatten();
    if arguments.wants(Part::Bare) && first.is_some() {
        bare.extend(report.taken("bare_apply", bare_again(&sets).await));
    }
    match first {
        Some(first) => {
            report.add_first("first_sync", &first, first_sync::rows(&first, &bare))?;
            report.add("bare_apply", &bare, Vec::new())?;
        }
        None if bare.is_empty() => {}
        None => report.add_first("bare_apply", &bare, bare_apply::rows(&bare))?,
    }
    Ok(report)
}

async fn with_caretaker(
    program: PathBuf,
    arguments: &Arguments,
    sets: &Sets,
    report: &mut Report,
) -> Result<Option<FirstSync>> {
    let folder = fast_folder::create()?;
    let stage = Stage::set(sets, folder.path()).await?;
    let kubeconfig = stage.scene.caretaker_kubeconfig();
    let mut caretaker = Caretaker::start(program, kubeconfig, folder.path().to_owned()).await?;
    let first = stage.measure(arguments, &mut caretaker, report).await;
    if let Some(log) = arguments.log() {
        caretaker.keep_log(&log)?;
    }
    first
}

/// The apps of the first sync, and those of the sync that is killed.
struct Sets {
    first: Set,
    second: Set,
}

impl Sets {
    fn of(arguments: &Arguments) -> Self {
        let set = |name, apps| Set {
            name,
            apps,
            objects: arguments.objects,
        };
        Self {
            first: set("first", arguments.apps),
            second: set("second", arguments.killed_apps()),
        }
    }

    /// The same on every scene.
    fn namespaces(&self) -> Vec<String> {
        self.first
            .names()
            .into_iter()
            .chain(self.second.names())
            .collect()
    }
}

async fn bare_limit(sets: &Sets, report: &mut Report) -> Result<BareApply> {
    let scene = Scene::prepare(&sets.namespaces()).await?;
    let bare = bare_apply::measure(&scene, &sets.first).await?;
    let trips = round_trip::measure(&scene).await?;
    let row = |name: &str, which: fn(Quantiles) -> f64| {
        let measure = format!("patch until the watch shows it, {name}");
        Row::new(measure, "s", None).bare(trips.map(which))
    };
    let rows = vec![row("p50", |times| times.p50), row("p99", |times| times.p99)];
    report.add("round_trip", &trips, rows)?;
    Ok(bare)
}

async fn bare_again(sets: &Sets) -> Result<BareApply> {
    let scene = Scene::prepare(&sets.namespaces()).await?;
    bare_apply::measure(&scene, &sets.first).await
}

/// Where Caretaker is measured.
struct Stage<'a> {
    sets: &'a Sets,
    scene: Scene,
    git: GitServer,
    repositories: [Monorepo; 2],
}

impl<'a> Stage<'a> {
    async fn set(sets: &'a Sets, folder: &Path) -> Result<Self> {
        say("two repositories, a folder an app");
        let root = folder.join("git");
        std::fs::create_dir_all(&root)?;
        let repository = |set: &Set| Monorepo::create(&root, set.name, files(set));
        let repositories = [repository(&sets.first)?, repository(&sets.second)?];
        let git = GitServer::start(&root, GitServerOptions::default());
        let scene = Scene::prepare(&sets.namespaces()).await?;
        Ok(Self {
            sets,
            scene,
            git,
            repositories,
        })
    }

    /// All that was asked for, one after the other. A measure that fails is told and the next one
    /// goes on; without a first sync there is nothing to go on with.
    async fn measure(
        &self,
        arguments: &Arguments,
        caretaker: &mut Caretaker,
        report: &mut Report,
    ) -> Result<Option<FirstSync>> {
        let (sets, url_of_first) = (self.sets, url(&self.git, &self.repositories[0]));
        let first = first_sync::measure(&self.scene, caretaker, &sets.first, &url_of_first).await;
        let Some(first) = told("first_sync", first, caretaker, report) else {
            return Ok(None);
        };
        for part in [Part::Heal, Part::Rest, Part::Push, Part::Kill] {
            if arguments.wants(part) {
                self.one(part, arguments, caretaker, &first, report).await?;
            }
        }
        Ok(Some(first))
    }

    async fn one(
        &self,
        part: Part,
        arguments: &Arguments,
        caretaker: &mut Caretaker,
        first: &FirstSync,
        report: &mut Report,
    ) -> Result<()> {
        let (scene, sets) = (&self.scene, self.sets);
        match part {
            Part::Bare | Part::FirstSync => Ok(()),
            Part::Heal => {
                let found = heal::measure(scene, &sets.first).await;
                keep("heal", found, heal::rows, caretaker, report)
            }
            Part::Rest => {
                let span = Duration::from_secs(arguments.idle);
                let found = rest::measure(scene, caretaker, &self.git, span).await;
                keep("rest", found, rest::rows, caretaker, report)
            }
            Part::Push => {
                let repository = &self.repositories[0];
                let found = push::measure(scene, caretaker, repository, &sets.first).await;
                keep("push", found, push::rows, caretaker, report)
            }
            Part::Kill => {
                let url = url(&self.git, &self.repositories[1]);
                let found = kill::measure(scene, caretaker, &sets.second, &url, first.rate).await;
                keep("kill", found, kill::rows, caretaker, report)
            }
        }
    }
}

fn keep<T: serde::Serialize>(
    name: &str,
    found: Result<T>,
    rows: impl Fn(&T) -> Vec<Row>,
    caretaker: &Caretaker,
    report: &mut Report,
) -> Result<()> {
    match told(name, found, caretaker, report) {
        Some(found) => report.add(name, &found, rows(&found)),
        None => Ok(()),
    }
}

/// What was found; trouble is told with the end of Caretaker's log.
fn told<T>(name: &str, found: Result<T>, caretaker: &Caretaker, report: &mut Report) -> Option<T> {
    if found.is_err() {
        caretaker.show_log();
    }
    report.taken(name, found)
}

fn files(set: &Set) -> impl Iterator<Item = (String, String)> {
    set.names().into_iter().flat_map(|app| {
        let objects = set.objects(&app);
        objects
            .into_iter()
            .map(move |object| (format!("{app}/{}", object.file()), object.yaml()))
    })
}
