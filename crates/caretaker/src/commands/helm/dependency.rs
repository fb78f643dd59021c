//! `caretaker helm dependency`: which charts a chart depends on, and fetching them into `charts/`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use helm::chart::{Chart, Dependency, Limits, pack};
use helm::dependencies::{status, wanted};
use kustomize::load::ElsewhereError;
use model::{Version, VersionRange};
use render::{ChartAddress, Remotes as _};
use source::ChartError;

use super::chart_source::{ChartFlags, folder};
use super::failed;
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// What to do.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// List them, and how each stands
    #[command(alias = "ls")]
    List(ListArgs),
    /// Fetch them into charts/, by Chart.lock or, without one, by the ranges of Chart.yaml
    Build(Box<BuildArgs>),
}

/// Of which chart.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// Folder of the chart
    #[arg(default_value = ".")]
    chart: PathBuf,
}

/// Of which chart, and as whom they are fetched.
#[derive(Debug, clap::Args)]
pub struct BuildArgs {
    #[command(flatten)]
    of: ListArgs,
    #[command(flatten)]
    source: ChartFlags,
}

impl Command {
    /// Does it.
    pub fn run(self, screen: &Screen) -> Outcome {
        match self {
            Self::List(args) => list(&args, screen),
            Self::Build(args) => build(&args, screen),
        }
    }
}

fn list(args: &ListArgs, screen: &Screen) -> Outcome {
    let limits = Limits::default();
    let chart = folder(&args.chart, &limits)?;
    let asked = chart.metadata.dependencies.as_deref().unwrap_or_default();
    if asked.is_empty() {
        eprintln!(
            "WARNING: no dependencies at {}",
            args.chart.join("charts").display()
        );
        return Ok(exit_code::OK);
    }
    screen.print(&table(&chart, asked, &limits));
    Ok(exit_code::OK)
}

/// Columns as wide as their widest cell with tabs between them, as Helm prints them.
fn table(chart: &Chart, asked: &[Dependency], limits: &Limits) -> String {
    let heading = ["NAME", "VERSION", "REPOSITORY", "STATUS"].map(str::to_owned);
    let row = |it: &Dependency| {
        let status = status(chart, it, limits).to_string();
        [
            it.name.clone(),
            it.version.clone(),
            it.repository.clone(),
            status,
        ]
    };
    let rows: Vec<[String; 4]> = std::iter::once(heading)
        .chain(asked.iter().map(row))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..4).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, &width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text.push('\n');
    text
}

fn build(args: &BuildArgs, screen: &Screen) -> Outcome {
    let chart = folder(&args.of.chart, &Limits::default())?;
    let wanted = wanted(&chart).map_err(failed)?;
    let into = args.of.chart.join("charts");
    let (remotes, unproven) = (args.source.remotes()?, args.source.remotes_with(None)?);
    let mut fetched = Vec::new();
    for dependency in wanted {
        let repository = dependency.repository.as_str();
        if let Some(path) = repository.strip_prefix("file://") {
            fetched.push(beside(dependency, &args.of.chart.join(path))?);
            continue;
        }
        if repository.is_empty() {
            check_is_here(&chart, dependency)?;
            continue;
        }
        let address = ChartAddress {
            repository: repository.to_owned(),
            name: dependency.name.clone(),
            version: dependency.version.clone(),
        };
        let version = remotes.chart_version(&address).map_err(failed)?;
        let archive = match remotes.chart(&address, &version) {
            // As with Helm: here, `--verify` lets charts pass that nobody signed.
            Err(error) if is_unsigned(&error) => {
                eprintln!(
                    "WARNING: Verification not found for {}: {error}",
                    address.name
                );
                unproven.chart(&address, &version)
            }
            archive => archive,
        };
        let archive = archive.map_err(failed)?;
        fetched.push((
            format!("{}-{}.tgz", dependency.name, version.version),
            archive,
        ));
    }
    // Nothing is written before everything is here.
    for (name, archive) in fetched {
        write(&into, &name, &archive).map_err(failed)?;
        screen.print(&format!("wrote {}\n", into.join(name).display()));
    }
    Ok(exit_code::OK)
}

fn is_unsigned(error: &ElsewhereError) -> bool {
    let ElsewhereError::Failed(error) = error else {
        return false;
    };
    matches!(error.downcast_ref(), Some(ChartError::NoProof { .. }))
}

/// A chart of this machine, packed.
fn beside(dependency: &Dependency, path: &Path) -> Outcome<(String, Arc<[u8]>)> {
    let chart = folder(path, &Limits::default())?;
    let version = &chart.metadata.version;
    let range = VersionRange::parse(&dependency.version).map_err(failed)?;
    let fits = Version::parse(version).is_ok_and(|version| range.admits(&version));
    if !fits {
        return Err(failed(anyhow!(
            "{} at {} has version {version}, and {} is wanted",
            dependency.name,
            path.display(),
            dependency.version
        )));
    }
    let archive = pack(&chart).map_err(failed)?;
    Ok((format!("{}-{version}.tgz", chart.name()), archive.into()))
}

/// A chart without a repository must have been vendored.
fn check_is_here(chart: &Chart, dependency: &Dependency) -> Outcome<()> {
    let is_here = |it: &Arc<Chart>| it.name() == dependency.name;
    match chart.dependencies.iter().any(is_here) {
        true => Ok(()),
        false => Err(failed(anyhow!(
            "{} is not in charts/, and Chart.yaml names no repository for it",
            dependency.name
        ))),
    }
}

fn write(into: &Path, name: &str, archive: &[u8]) -> anyhow::Result<()> {
    std::fs::create_dir_all(into).with_context(|| into.display().to_string())?;
    let path = into.join(name);
    std::fs::write(&path, archive).with_context(|| path.display().to_string())
}
