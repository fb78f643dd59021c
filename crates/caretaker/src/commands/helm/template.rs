//! `caretaker helm template`: what `helm template` prints.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use helm::capabilities::{Capabilities, KubeVersion};
use helm::{Options, Release, Rendered, Request};

use super::chart_source::{ChartFlags, chart};
use super::failed;
use super::values_flags::{ValuesFlags, content};
use crate::clock;
use crate::exit_code;
use crate::failure::Outcome;
use crate::screen::Screen;

/// Render a chart; a stand-in for `helm template`
///
/// The output is that of Helm v4.2, byte for byte, but for functions that draw at random or look at
/// the clock: here they give the same for the same release and values, so that renderings can be
/// compared. --random lets them be as in Helm.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the release, then the chart; or the chart alone
    #[arg(value_name = "NAME CHART", required = true, num_args = 1..=2)]
    what: Vec<String>,
    #[command(flatten)]
    values: ValuesFlags,
    #[command(flatten)]
    source: ChartFlags,
    /// Namespace of the release
    #[arg(short, long, env = "HELM_NAMESPACE", default_value = "default")]
    namespace: String,
    /// Print the files of crds/ too
    #[arg(long)]
    include_crds: bool,
    /// Leave the files of crds/ out, which is so anyway
    #[arg(long, conflicts_with = "include_crds")]
    skip_crds: bool,
    /// Leave hooks out
    #[arg(long)]
    no_hooks: bool,
    /// Leave hooks for helm test out
    #[arg(long)]
    skip_tests: bool,
    /// Look at no values.schema.json
    #[arg(long)]
    skip_schema_validation: bool,
    /// Render as for a release that is there already
    #[arg(long)]
    is_upgrade: bool,
    /// Version of Kubernetes that templates are told
    #[arg(long, value_name = "VERSION")]
    kube_version: Option<String>,
    /// API versions that templates are told of, beside the usual ones
    #[arg(short, long, value_name = "VERSION", value_delimiter = ',')]
    api_versions: Vec<String>,
    /// Print only these files of the chart
    #[arg(short, long, value_name = "FILE")]
    show_only: Vec<String>,
    /// Write files below this folder instead
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// With --output-dir: in a folder named after the release
    #[arg(long)]
    release_name: bool,
    /// Name the release; NAME is then left out
    #[arg(long, value_name = "NAME")]
    name_template: Option<String>,
    /// Draw passwords, keys and the time anew, as Helm does
    #[arg(long)]
    random: bool,
}

/// Renders and prints.
pub fn run(args: &Args, screen: &Screen) -> Outcome {
    let (name, of) = names(args)?;
    let chart = chart(of, &args.source)?;
    let charts = args.source.remotes()?;
    let read_file = |path: &str| content(path, &charts).map_err(|error| format!("{error:#}"));
    let mut values = args.values.inputs(&charts)?;
    values.read_file = Some(&read_file);
    let rendered = helm::template(&Request {
        chart: &chart,
        values: &values,
        release: Release {
            name,
            namespace: &args.namespace,
            revision: 1,
            is_upgrade: args.is_upgrade,
        },
        capabilities: &capabilities(args)?,
        options: &options(args),
        parsed: None,
        lookup: None,
    });
    match rendered {
        Ok(rendered) => print(args, name, &rendered, screen),
        Err(error) => {
            eprint!("{}", error.to_stderr());
            Ok(exit_code::DIFFERS)
        }
    }
}

/// The release's name and the chart.
fn names(args: &Args) -> Outcome<(&str, &str)> {
    match (&args.what[..], args.name_template.as_deref()) {
        ([chart], name) => Ok((name.unwrap_or("release-name"), chart)),
        ([name, chart], None) => Ok((name, chart)),
        _ => Err(failed(anyhow!(
            "cannot set NAME and --name-template at the same time"
        ))),
    }
}

fn capabilities(args: &Args) -> Outcome<Capabilities> {
    let mut all = Capabilities::default();
    if let Some(version) = &args.kube_version {
        let read = KubeVersion::parse(version);
        let read = read.with_context(|| format!("invalid kube version '{version}'"));
        all.kube_version = read.map_err(failed)?;
    }
    all.api_versions = all.api_versions.and(args.api_versions.iter().cloned());
    Ok(all)
}

fn options(args: &Args) -> Options {
    Options {
        include_crds: args.include_crds,
        no_hooks: args.no_hooks,
        skip_tests: args.skip_tests,
        skip_schema_validation: args.skip_schema_validation,
        show_only: args.show_only.clone(),
        seed: args.random.then(clock::fresh_seed),
        clock: clock::clock(args.random),
        ..Options::default()
    }
}

fn print(args: &Args, name: &str, rendered: &Rendered, screen: &Screen) -> Outcome {
    eprint!("{}", rendered.to_stderr());
    if let Some(folder) = &args.output_dir {
        let folder = match args.release_name {
            true => folder.join(name),
            false => folder.clone(),
        };
        write(&folder, rendered, screen).map_err(failed)?;
        return Ok(exit_code::OK);
    }
    screen.print(&rendered.to_yaml().map_err(failed)?);
    Ok(exit_code::OK)
}

/// One file per template, as Helm writes them: several objects of one follow each other.
fn write(folder: &Path, rendered: &Rendered, screen: &Screen) -> anyhow::Result<()> {
    let crds = rendered.crds.iter().map(|crd| {
        let text = String::from_utf8_lossy(&crd.file.data);
        (crd.path.as_str(), Arc::<str>::from(text))
    });
    let manifests = rendered.manifests.iter();
    let manifests = manifests.map(|it| (it.path.as_str(), it.content.as_str().into()));
    let hooks = rendered.hooks.iter();
    let hooks = hooks.map(|it| (it.path.as_str(), it.content.as_str().into()));
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    for (path, content) in crds.chain(manifests).chain(hooks) {
        let file = folder.join(path);
        let text = format!("---\n# Source: {path}\n{content}\n");
        match files.iter_mut().find(|(known, _)| *known == file) {
            Some((_, known)) => known.push_str(&text),
            None => files.push((file, text)),
        }
    }
    for (file, text) in files {
        let parent = file.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        std::fs::write(&file, text).with_context(|| file.display().to_string())?;
        screen.print(&format!("wrote {}\n", file.display()));
    }
    Ok(())
}
