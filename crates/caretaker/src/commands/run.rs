//! `caretaker run`: the arguments of the engine in the real world.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::applications::ClusterArgs;
use crate::exit_code;
use crate::failure::Outcome;
use crate::run::RunOptions;

/// How log lines look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON otherwise
    #[default]
    Auto,
    /// Lines for people
    Text,
    /// One JSON object a line
    Json,
}

/// Keep a cluster as Git says, until a signal ends it
///
/// Serves the Applications of one namespace, and of those that the settings in argocd-cmd-params-cm
/// name. Several replicas may run: one of them acts, the others wait for their turn.
#[derive(Debug, clap::Args)]
#[command(after_long_help = exit_code::HELP)]
pub struct Args {
    /// Address for webhooks of Git hosts (POST /api/webhook)
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:8080")]
    listen_webhook: SocketAddr,
    /// Address for /metrics, /healthz and /readyz
    #[arg(long, value_name = "ADDRESS", default_value = "0.0.0.0:8082")]
    listen_metrics: SocketAddr,
    /// Folder for fetched repositories [default: one in the system's temporary folder]
    #[arg(long, value_name = "DIR")]
    cache_dir: Option<PathBuf>,
    /// Act at once, without asking whether another replica does; only ever run one then
    #[arg(long)]
    no_leader_election: bool,
    /// How log lines look; what is logged is set by RUST_LOG, as in `RUST_LOG=debug`
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    log_format: LogFormat,
    #[command(flatten)]
    cluster: ClusterArgs,
}

impl Args {
    /// Are log lines JSON?
    pub fn logs_json(&self) -> bool {
        match self.log_format {
            LogFormat::Auto => !std::io::stderr().is_terminal(),
            LogFormat::Text => false,
            LogFormat::Json => true,
        }
    }
}

/// Runs until a signal.
pub async fn run(args: Args) -> Outcome {
    let options = RunOptions {
        kubeconfig: args.cluster.kubeconfig,
        context: args.cluster.context,
        namespace: args.cluster.namespace,
        listen_webhook: args.listen_webhook,
        listen_metrics: args.listen_metrics,
        cache_dir: args.cache_dir,
        leader_election: !args.no_leader_election,
    };
    crate::run::run(options).await?;
    Ok(exit_code::OK)
}
