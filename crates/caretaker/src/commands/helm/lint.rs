//! `caretaker helm lint`: what `helm lint` prints.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use helm::capabilities::KubeVersion;
use helm::chart::Limits;
use helm::lint::{LintReport, LintRequest, LintSettings, lint};
use model::TreePath;
use source::DirectoryTree;

use super::failed;
use super::values_flags::{ValuesFlags, content};
use crate::exit_code;
use crate::failure::Outcome;
use crate::late_remotes::LateRemotes;
use crate::screen::Screen;

/// Say what is wrong or unusual about charts; a stand-in for `helm lint`
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders of charts
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<String>,
    #[command(flatten)]
    values: ValuesFlags,
    /// Namespace that templates are told
    #[arg(short, long, env = "HELM_NAMESPACE", default_value = "default")]
    namespace: String,
    /// Version of Kubernetes that templates are told
    #[arg(long, value_name = "VERSION")]
    kube_version: Option<String>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Print only warnings and errors
    #[arg(long)]
    quiet: bool,
    /// Look at no values.schema.json
    #[arg(long)]
    skip_schema_validation: bool,
}

/// Looks at each chart, and fails if one fails.
pub fn run(args: &Args, screen: &Screen) -> Outcome {
    let settings = LintSettings {
        strict: args.strict,
        quiet: args.quiet,
    };
    let reports: Vec<LintReport> = args
        .paths
        .iter()
        .map(|path| report(args, path))
        .collect::<Outcome<_>>()?;
    let (text, failure) = LintReport::print_all(&reports, settings);
    screen.print(&text);
    match failure {
        None => Ok(exit_code::OK),
        Some(summary) => {
            eprintln!("Error: {summary}");
            Ok(exit_code::DIFFERS)
        }
    }
}

fn report(args: &Args, path: &str) -> Outcome<LintReport> {
    let remotes = LateRemotes::default();
    let read_file = |file: &str| content(file, &remotes).map_err(|error| format!("{error:#}"));
    let mut values = args.values.inputs(&remotes)?;
    values.read_file = Some(&read_file);
    // Values are changed by whoever renders with them: each chart has its own.
    let values = values.merge().map_err(failed)?;
    let version = args.kube_version.as_deref().map(KubeVersion::parse);
    let version = version.transpose().map_err(failed)?;
    let absolute = std::path::absolute(Path::new(path)).with_context(|| path.to_owned());
    let absolute = absolute.map_err(failed)?;
    let text = absolute
        .to_str()
        .ok_or_else(|| failed(anyhow!("{path} is not UTF-8")))?;
    let folder = TreePath::parse(text.trim_start_matches('/')).map_err(failed)?;
    let tree = DirectoryTree::open("/", source::Limits::default()).map_err(failed)?;
    Ok(lint(&LintRequest {
        tree: &tree,
        folder: &folder,
        shown: path,
        absolute: text,
        values: &values,
        namespace: &args.namespace,
        kube_version: version.as_ref(),
        skip_schema_validation: args.skip_schema_validation,
        limits: Limits::default(),
    }))
}
