//! `caretaker kustomize build`: what `kustomize build` prints, byte for byte.

use std::error::Error as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use kustomize::generate::HelmSettings;
use kustomize::load::{ElsewhereError, Restrictions};
use kustomize::{Built, Options, Order, Request};
use render::{Charts, NoRemotes, RecordedRemotes, Remotes};

use super::individual_files;
use super::source::{Start, failed, start};
use crate::clock;
use crate::exit_code;
use crate::failure::Outcome;
use crate::late_remotes::LateRemotes;
use crate::screen::Screen;

/// Build a kustomization; a stand-in for `kustomize build`
///
/// DIR is a folder with a kustomization, or the address of one in a Git repository, such as
/// github.com/owner/name//folder?ref=v1.0.0. The output is that of kustomize v5.8.1, byte
/// for byte; so are the flags, and the exit code: 0, or 1 if anything is wrong. Programs and
/// containers that a kustomization names are never run. With --enable-helm, charts are rendered
/// as by helm v4.2, but for functions that draw at random or look at the clock: these give the
/// same each time. A chart that is fetched is not written into the folder of charts.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder, or address of one in a Git repository
    #[arg(value_name = "DIR", default_value = ".")]
    target: String,
    /// Write here instead: to a file, or to a folder that is there, one file per object
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Fetch nothing: remote bases, files and charts are errors
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
    #[command(flatten)]
    helm: HelmFlags,
    #[command(flatten)]
    other: OtherFlags,
}

/// Flags about charts.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Charts")]
struct HelmFlags {
    /// Render the charts of helmCharts
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        default_value = "false",
        hide_default_value = true,
        hide_possible_values = true,
        action = clap::ArgAction::Set,
        value_parser = clap::builder::BoolishValueParser::new()
    )]
    enable_helm: bool,
    /// Accepted if it is Helm, which is built in; nothing is run
    #[arg(long, value_name = "PATH", default_value = "helm")]
    helm_command: String,
    /// API versions that charts are told of which name none; may be repeated
    #[arg(long, value_name = "VERSION")]
    helm_api_versions: Vec<String>,
    /// Version of Kubernetes that charts are told which name none
    #[arg(long, value_name = "VERSION")]
    helm_kube_version: Option<String>,
    /// Accepted; errors say what Helm would say anyway
    #[arg(long)]
    helm_debug: bool,
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
        true => built(start(&args.target, None)?, &options, &NoRemotes)?,
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
        helm: args.helm.settings()?,
        ..Options::default()
    })
}

impl HelmFlags {
    fn settings(&self) -> Outcome<HelmSettings> {
        let command = &self.helm_command;
        let name = Path::new(command).file_name().unwrap_or_default();
        if self.enable_helm && command.is_empty() {
            return Err(failed("must specify --helm-command".to_owned()));
        }
        if self.enable_helm && !name.to_string_lossy().starts_with("helm") {
            let message =
                format!("--helm-command {command} is not Helm, and nothing else renders charts");
            return Err(failed(message).hint("leave it out: Helm is built in"));
        }
        Ok(HelmSettings {
            enabled: self.enable_helm,
            kube_version: self.helm_kube_version.clone().unwrap_or_default(),
            api_versions: self.helm_api_versions.clone(),
        })
    }
}

/// Builds with what lies elsewhere at hand.
fn fetching(args: &Args, options: &Options) -> Outcome<Built> {
    let remotes = LateRemotes::default();
    let start = start(&args.target, Some(&remotes))?;
    built(start, options, &remotes)
}

fn built(start: Start, options: &Options, remotes: &dyn Remotes) -> Outcome<Built> {
    let charts = Charts {
        clock: clock::clock(false),
        ..Charts::default()
    };
    let options = Options {
        on_disk: start.on_disk,
        ..options.clone()
    };
    let request = Request {
        tree: &*start.tree,
        folder: &start.folder,
        options: &options,
        elsewhere: &RecordedRemotes::new(remotes, &charts),
        parsed: None,
        edit: None,
    };
    kustomize::build(&request).map_err(|error| {
        let causes = std::iter::successors(error.source(), |error| (*error).source());
        let mut causes = causes.filter_map(|error| error.downcast_ref::<ElsewhereError>());
        let failure = failed(error.report());
        match causes.any(|error| matches!(error, ElsewhereError::Off)) {
            true => failure.hint("leave --offline out"),
            false => failure,
        }
    })
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
