//! `caretaker kustomize build`: what `kustomize build` prints, byte for byte.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use kustomize::load::{Elsewhere, Nowhere, Restrictions};
use kustomize::{Built, Options, Order, Request};
use render::RecordedRemotes;

use super::individual_files;
use super::source::{Start, failed, start};
use crate::exit_code;
use crate::failure::Outcome;
use crate::late_remotes::LateRemotes;
use crate::screen::Screen;

/// Build a kustomization; a stand-in for `kustomize build`
///
/// DIR is a folder with a kustomization, or the address of one in a Git repository, such as
/// github.com/owner/name//folder?ref=v1.0.0. The output is that of kustomize v5.8.1, byte
/// for byte; so are the flags, and the exit code: 0, or 1 if anything is wrong. Programs and
/// containers that a kustomization names are never run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder, or address of one in a Git repository
    #[arg(value_name = "DIR", default_value = ".")]
    target: String,
    /// Write here instead: to a file, or to a folder that is there, one file per object
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Fetch nothing: remote bases and files are errors
    #[arg(long, env = "CARETAKER_OFFLINE")]
    offline: bool,
    /// LoadRestrictionsNone lets kustomizations read files outside their folder
    #[arg(long, value_name = "WHICH", default_value = "LoadRestrictionsRootOnly")]
    load_restrictor: String,
    /// Order of the objects where the kustomization says none: legacy or none
    #[arg(long, value_name = "ORDER", default_value = "legacy")]
    reorder: String,
    /// Label everything as managed by Kustomize
    #[arg(long)]
    enable_managedby_label: bool,
    /// Accepted; charts are not rendered yet
    #[arg(long)]
    enable_helm: bool,
    #[command(flatten)]
    other: OtherFlags,
}

/// Flags of the real command that say how programs are run. They are accepted, so that scripts need
/// no change, and have no effect.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Accepted without effect")]
struct OtherFlags {
    /// Programs are never run
    #[arg(long)]
    enable_alpha_plugins: bool,
    /// Programs are never run
    #[arg(long)]
    enable_exec: bool,
    /// Charts are rendered in process
    #[arg(long, value_name = "PATH")]
    helm_command: Option<String>,
    /// What charts are told that the cluster serves
    #[arg(long, value_name = "VERSION")]
    helm_api_versions: Vec<String>,
    /// What charts are told of the cluster's version
    #[arg(long, value_name = "VERSION")]
    helm_kube_version: Option<String>,
    /// Charts are rendered in process
    #[arg(long)]
    helm_debug: bool,
    /// Containers are never run
    #[arg(long)]
    network: bool,
    /// Containers are never run
    #[arg(long, value_name = "NAME")]
    network_name: Option<String>,
    /// Containers are never run
    #[arg(long, value_name = "MOUNT")]
    mount: Vec<String>,
    /// Containers are never run
    #[arg(short, long, value_name = "NAME=VALUE")]
    env: Vec<String>,
    /// Containers are never run
    #[arg(long)]
    as_current_user: bool,
    /// Errors say where they come from anyway
    #[arg(long)]
    stack_trace: bool,
}

/// Turns the managed-by label on without the flag.
const MANAGED_BY_VARIABLE: &str = "KUSTOMIZE_ENABLE_MANAGEDBY_LABEL";

/// Builds and prints.
pub fn run(args: &Args, screen: &Screen) -> Outcome {
    let options = options(args)?;
    let built = match args.offline {
        true => built(start(&args.target, None)?, &options, &Nowhere)?,
        false => fetching(args, &options)?,
    };
    for warning in &built.warnings {
        screen.remark("warning", &warning.to_string());
    }
    write(&built, args.output.as_deref(), screen)?;
    Ok(exit_code::OK)
}

fn options(args: &Args) -> Outcome<Options> {
    let illegal = |flag: &str, value: &str, legal: &str| {
        failed(format!(
            "illegal flag value --{flag} {value}; legal values: {legal}"
        ))
    };
    let restrictions = match args.load_restrictor.as_str() {
        "LoadRestrictionsRootOnly" | "" => Restrictions::RootOnly,
        "LoadRestrictionsNone" => Restrictions::None,
        other => {
            let legal = "LoadRestrictionsRootOnly, LoadRestrictionsNone";
            return Err(illegal("load-restrictor", other, legal));
        }
    };
    let order = match args.reorder.as_str() {
        "legacy" => Order::Legacy,
        "none" => Order::AsRead,
        other => return Err(illegal("reorder", other, "legacy, none")),
    };
    let by_variable = std::env::var(MANAGED_BY_VARIABLE).is_ok_and(|value| value == "on");
    Ok(Options {
        restrictions,
        order,
        managed_by_label: args.enable_managedby_label || by_variable,
        ..Options::default()
    })
}

/// Builds with what lies elsewhere at hand.
fn fetching(args: &Args, options: &Options) -> Outcome<Built> {
    let remotes = LateRemotes::default();
    let start = start(&args.target, Some(&remotes))?;
    built(start, options, &RecordedRemotes::new(&remotes))
}

fn built(start: Start, options: &Options, elsewhere: &dyn Elsewhere) -> Outcome<Built> {
    let options = Options {
        on_disk: start.on_disk,
        ..options.clone()
    };
    let request = Request {
        tree: &*start.tree,
        folder: &start.folder,
        options: &options,
        elsewhere,
        parsed: None,
        edit: None,
    };
    kustomize::build(&request).map_err(|error| failed(error.report()))
}

fn write(built: &Built, output: Option<&Path>, screen: &Screen) -> Outcome<()> {
    let Some(path) = output else {
        screen.print(&built.to_yaml());
        return Ok(());
    };
    let written = match path.is_dir() {
        true => write_files(built, path),
        false => std::fs::write(path, built.to_yaml()).context(path.display().to_string()),
    };
    written.map_err(|error| failed(format!("writing failed: {error:#}")))
}

fn write_files(built: &Built, folder: &Path) -> anyhow::Result<()> {
    let objects = built.objects.iter().map(|object| &object.value);
    for (name, text) in individual_files::files(objects) {
        let path = folder.join(name);
        std::fs::write(&path, text).context(path.display().to_string())?;
    }
    Ok(())
}
