//! Plays a case and compares.

use crate::case::{Case, Varies};
use crate::command::{Command, Template};
use crate::mask;
use helm::capabilities::{Capabilities, KubeVersion};
use helm::chart::{self, Chart};
use helm::engine::ParsedTemplates;
use helm::{Release, Request};
use model::TreePath;
use std::error::Error;
use std::sync::Arc;

/// What a command prints.
struct Printed {
    stdout: Vec<u8>,
    stderr: String,
    fails: bool,
}

/// Plays a case; what is wrong, if anything is.
pub fn play(case: &Case, parsed: &Arc<ParsedTemplates>) -> Result<(), String> {
    let printed = match run(case, parsed) {
        Ok((stdout, stderr)) => Printed {
            stdout,
            stderr,
            fails: false,
        },
        Err(stderr) => Printed {
            stdout: Vec::new(),
            stderr,
            fails: true,
        },
    };
    compare(case, &printed)
}

fn compare(case: &Case, printed: &Printed) -> Result<(), String> {
    match (printed.fails, case.exit != 0) {
        (true, false) => return Err(format!("it fails:\n{}", printed.stderr)),
        (false, true) => return Err(format!("it should fail:\n{}", case.stderr)),
        _ => {}
    }
    if printed.stderr.trim_end() != case.stderr.trim_end() {
        // Go walks over the properties of a schema in any order.
        let varies = case.varies == Varies::Errors || case.stderr.contains("of the schema(s)");
        let same = varies && sorted(&printed.stderr) == sorted(&case.stderr);
        if !same {
            let (theirs, ours) = (&case.stderr, &printed.stderr);
            return Err(format!("stderr should be\n{theirs}\nbut it is\n{ours}"));
        }
    }
    if printed.fails || printed.stdout == case.stdout {
        return Ok(());
    }
    let theirs = String::from_utf8_lossy(&case.stdout);
    let ours = String::from_utf8_lossy(&printed.stdout);
    match case.varies {
        Varies::Output => mask::compare(&theirs, &ours),
        _ => Err(mask::first_difference(&theirs, &ours)),
    }
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// Standard output and standard error, or what is printed when it fails.
fn run(case: &Case, parsed: &Arc<ParsedTemplates>) -> Result<(Vec<u8>, String), String> {
    match Command::read(&case.arguments) {
        Command::Show { part, json_path } => {
            let chart = load(case)?;
            let text = match json_path {
                Some(path) => helm::show_values_at(&chart, &path)
                    .map_err(chain)?
                    .into_bytes(),
                None => helm::show(&chart, part),
            };
            Ok((text, String::new()))
        }
        Command::Template(template) => run_template(case, &template, parsed),
    }
}

fn run_template(
    case: &Case,
    template: &Template,
    parsed: &Arc<ParsedTemplates>,
) -> Result<(Vec<u8>, String), String> {
    let capabilities = capabilities(template)?;
    let mut values = template.values(&case.files)?;
    let read = |path: &str| case.files.read(path);
    values.read_file = Some(&read);
    // Helm merges values before it looks at the chart.
    values.merge().map_err(chain)?;
    let chart = load(case)?;
    let request = Request {
        chart: &chart,
        values: &values,
        release: Release {
            name: &template.release,
            namespace: &template.namespace,
            revision: 1,
            is_upgrade: template.is_upgrade,
        },
        capabilities: &capabilities,
        options: &template.options,
        parsed: Some(parsed),
        lookup: None,
    };
    let rendered = helm::template(&request).map_err(|error| error.to_stderr())?;
    let text = match case.notes {
        true => format!("{}\n", rendered.notes.trim()),
        false => rendered.to_yaml().map_err(chain)?,
    };
    Ok((text.into_bytes(), rendered.to_stderr()))
}

fn capabilities(template: &Template) -> Result<Capabilities, String> {
    let mut capabilities = Capabilities::default();
    if let Some(version) = &template.kube_version {
        let parsed = KubeVersion::parse(version);
        let error = |error| format!("Error: invalid kube version '{version}': {error}\n");
        capabilities.kube_version = parsed.map_err(error)?;
    }
    let more = template.api_versions.iter().cloned();
    capabilities.api_versions = capabilities.api_versions.and(more);
    Ok(capabilities)
}

fn load(case: &Case) -> Result<Chart, String> {
    let loaded = chart::load(&*case.chart, &TreePath::root(), &chart::Limits::default());
    loaded.map_err(chain)
}

/// An error and its sources, as `helm` prints them.
fn chain(error: impl Error) -> String {
    let mut text = format!("Error: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text.push('\n');
    text
}
