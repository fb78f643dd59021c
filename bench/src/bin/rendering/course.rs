//! The course of a run: one measure after the other, and how busy the machine was with other things.

use crate::arguments::{Arguments, Part};
use crate::heading;
use crate::measures::{charts, monorepo, overlays, yaml};
use crate::tool::Tool;
use crate::upstream_charts::UpstreamCharts;
use crate::upstream_yaml::UpstreamYaml;
use anyhow::Result;
use bench::report::Report;
use bench::window::Window;
use std::path::{Path, PathBuf};

/// Runs what was asked for.
pub fn run(arguments: &Arguments) -> Result<Report> {
    let ours = arguments.program()?;
    let mut report = heading::report(arguments);
    let window = Window::open(&[])?;
    for part in [Part::Overlays, Part::Charts, Part::Monorepo, Part::Yaml] {
        if arguments.wants(part) {
            one(part, arguments, &ours, &mut report)?;
        }
    }
    let outside = window.close()?.outside;
    report.add("outside", &outside, Vec::new())?;
    report.note(format!(
        "Processes that are not ours took {:.0} % of the cores meanwhile; above a few percent, run again.",
        outside * 100.0
    ));
    Ok(report)
}

fn kustomize() -> Tool {
    Tool::kustomize(testbed::program("kustomize"))
}

/// A measure that fails is told, and the next one goes on.
fn one(part: Part, arguments: &Arguments, ours: &Path, report: &mut Report) -> Result<()> {
    match part {
        Part::Overlays => {
            let caretaker = Tool::caretaker(PathBuf::from(ours));
            let found = overlays::measure(arguments, &caretaker, &kustomize());
            let Some(found) = report.taken("overlays", found) else {
                return Ok(());
            };
            report.note(overlays::note(&found));
            report.add("overlays", &found, overlays::rows(&found))
        }
        Part::Charts => {
            let engine = report.taken("Helm's engine", UpstreamCharts::build(arguments.builds));
            let found = charts::measure(arguments, ours, &testbed::program("helm"), engine);
            let Some(found) = report.taken("charts", found) else {
                return Ok(());
            };
            report.note(charts::note(&found));
            report.add("charts", &found, charts::rows(&found))
        }
        Part::Monorepo => {
            let found = monorepo::measure(arguments, &kustomize());
            match report.taken("monorepo", found) {
                Some(found) => report.add("monorepo", &found, monorepo::rows(&found)),
                None => Ok(()),
            }
        }
        Part::Yaml => {
            let text = yaml::Text::new()?;
            let upstream = report.taken("upstream's YAML", UpstreamYaml::build(&text.stream));
            let found = yaml::measure(&text, arguments.rounds, upstream);
            match report.taken("yaml", found) {
                Some(found) => report.add("yaml", &found, yaml::rows(&found)),
                None => Ok(()),
            }
        }
    }
}
