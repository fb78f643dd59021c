//! The course of a run: one measure after the other, and how busy the machine was with other things.

use crate::arguments::{Arguments, Part};
use crate::heading;
use crate::measures::{monorepo, overlays, yaml};
use crate::tool::Tool;
use crate::upstream_yaml::UpstreamYaml;
use anyhow::Result;
use bench::report::Report;
use bench::window::Window;

/// Runs what was asked for.
pub fn run(arguments: &Arguments) -> Result<Report> {
    let ours = Tool::caretaker(arguments.program()?);
    let real = Tool::kustomize(testbed::program("kustomize"));
    let mut report = heading::report(arguments);
    let window = Window::open(&[])?;
    for part in [Part::Overlays, Part::Monorepo, Part::Yaml] {
        if arguments.wants(part) {
            one(part, arguments, &ours, &real, &mut report)?;
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

/// A measure that fails is told, and the next one goes on.
fn one(
    part: Part,
    arguments: &Arguments,
    ours: &Tool,
    real: &Tool,
    report: &mut Report,
) -> Result<()> {
    match part {
        Part::Overlays => {
            let found = overlays::measure(arguments, ours, real);
            let Some(found) = report.taken("overlays", found) else {
                return Ok(());
            };
            report.note(overlays::note(&found));
            report.add("overlays", &found, overlays::rows(&found))
        }
        Part::Monorepo => match report.taken("monorepo", monorepo::measure(arguments, real)) {
            Some(found) => report.add("monorepo", &found, monorepo::rows(&found)),
            None => Ok(()),
        },
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
