//! `helm lint`: what is wrong or unusual about a chart.
//!
//! Comes in: the folder of a chart, and values. Goes out: messages, in Helm's words and order, and
//! the text `helm lint` prints of them. Unlike a render, linting goes on after a mistake: each part
//! of the chart is looked at by itself. Source: Helm 4.2, pkg/chart/v2/lint, pkg/action/lint.go.

mod addresses;
mod chart_file;
mod crds;
mod dependencies;
mod deprecated;
mod documents;
mod names;
mod report;
mod templates;
mod values_file;

use crate::capabilities::KubeVersion;
use crate::chart::{self, Chart, LoadError};
use gotemplate::Map;
use model::{EntryKind, SourceTree, TreePath};
use std::fmt;

pub use report::{LintReport, LintSettings};

/// The chart that is looked at, and with what.
pub struct LintRequest<'a> {
    /// Where the chart lies.
    pub tree: &'a dyn SourceTree,
    /// Its folder in there.
    pub folder: &'a TreePath,
    /// What Helm calls the chart on its first line: the argument as it was given.
    pub shown: &'a str,
    /// What Helm calls the chart in messages about all of it: its absolute path.
    pub absolute: &'a str,
    /// The user's values, merged.
    pub values: &'a Map,
    /// The namespace templates see.
    pub namespace: &'a str,
    /// The version of Kubernetes templates see.
    pub kube_version: Option<&'a KubeVersion>,
    /// values.schema.json is not looked at.
    pub skip_schema_validation: bool,
    /// What the chart may bring.
    pub limits: chart::Limits,
}

/// How much a message matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Against custom, but it will likely work.
    Warning,
    /// It will likely not work.
    Error,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: a file, a folder, the chart.
    pub path: String,
    /// What it is.
    pub text: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Info => "INFO",
            Severity::Warning => "WARNING",
            Severity::Error => "ERROR",
        };
        write!(f, "[{severity}] {}: {}", self.path, self.text)
    }
}

/// Looks at a chart.
pub fn lint(request: &LintRequest<'_>) -> LintReport {
    let shown = request.shown.to_owned();
    if request.kind("Chart.yaml").is_none() {
        let path = match request.shown.trim_end_matches('/') {
            "." | "" => "Chart.yaml".to_owned(),
            shown => format!("{shown}/Chart.yaml"),
        };
        let error = format!(
            "unable to check Chart.yaml file in chart: stat {path}: no such file or directory"
        );
        return LintReport::failed(shown, error);
    }
    let mut linter = Linter {
        request,
        chart: chart::load_any_format(request.tree, request.folder, &request.limits),
        messages: Vec::new(),
    };
    chart_file::check(&mut linter);
    values_file::check(&mut linter);
    templates::check(&mut linter);
    dependencies::check(&mut linter);
    crds::check(&mut linter);
    LintReport::new(shown, linter.messages)
}

/// A chart that is looked at, and what was found so far.
struct Linter<'a> {
    request: &'a LintRequest<'a>,
    chart: Result<Chart, LoadError>,
    messages: Vec<Message>,
}

impl Linter<'_> {
    /// Notes what was found, if anything was; whether nothing was.
    fn run(&mut self, severity: Severity, path: &str, found: Result<(), String>) -> bool {
        let is_fine = found.is_ok();
        if let Err(text) = found {
            let path = path.to_owned();
            self.messages.push(Message {
                severity,
                path,
                text,
            });
        }
        is_fine
    }

    fn error(&mut self, path: &str, found: Result<(), String>) -> bool {
        self.run(Severity::Error, path, found)
    }

    fn warning(&mut self, path: &str, found: Result<(), String>) -> bool {
        self.run(Severity::Warning, path, found)
    }

    fn info(&mut self, path: &str, found: Result<(), String>) -> bool {
        self.run(Severity::Info, path, found)
    }

    /// Why the chart does not load, if it does not.
    fn loaded(&self) -> Result<(), String> {
        let chart = self.chart.as_ref();
        chart
            .map(|_| ())
            .map_err(|error| crate::failure::joined(error))
    }
}

impl LintRequest<'_> {
    /// What stands at a path in the chart, if anything does.
    fn kind(&self, path: &str) -> Option<EntryKind> {
        self.tree.kind(&self.folder.child(path)).ok()
    }

    /// A file of the chart.
    fn read(&self, path: &str) -> Option<std::sync::Arc<[u8]>> {
        let blob = self.tree.read(&self.folder.child(path)).ok()?;
        Some(blob.bytes)
    }
}
