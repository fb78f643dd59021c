//! `caretaker run`: the engine in the real world.
//!
//! Comes in: where the cluster is and which namespace holds the Applications. Goes out: that
//! cluster, kept as Git says, until a signal ends it. One task owns the engine
//! ([`engine_loop`]); workers carry its requests out ([`worker`]); watches reduce what they see
//! before it reaches the engine ([`watching`]).

mod applications;
mod cluster_work;
mod context;
pub(crate) mod credentials;
mod engine_loop;
mod happenings;
mod kinds;
mod pushes;
mod queue;
mod reduce;
mod report_work;
pub(crate) mod repository_secret;
mod settings_watch;
mod source_work;
mod telemetry;
mod wanted;
mod watching;
mod worker;
mod writing;

use anyhow::{Context as _, Result, bail};
use cluster::{ConnectOptions, Connection, Election, ElectionOptions, Leadership};
use context::Context;
use engine::Event;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

/// How to run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The kubeconfig; otherwise the environment's, or the pod's service account.
    pub kubeconfig: Option<PathBuf>,
    /// A context of it.
    pub context: Option<String>,
    /// The namespace of the Applications; otherwise the context's, or `argocd`.
    pub namespace: Option<String>,
    /// Where webhooks arrive.
    pub listen_webhook: SocketAddr,
    /// Where probes and metrics are served.
    pub listen_metrics: SocketAddr,
    /// Where repositories are kept; otherwise a folder of the system's temporary one.
    pub cache_dir: Option<PathBuf>,
    /// Only one of several replicas acts.
    pub leader_election: bool,
}

/// Runs until a signal ends it.
pub async fn run(options: RunOptions) -> Result<()> {
    let connection = Connection::connect(ConnectOptions {
        kubeconfig: options.kubeconfig.clone(),
        context: options.context.clone(),
        user_agent: concat!("caretaker/", env!("CARGO_PKG_VERSION")).to_owned(),
    })
    .await?;
    let namespace = namespace(&options, &connection);
    let (events, receiver) = mpsc::unbounded_channel();
    let context = Context::prepare(&options, connection, &namespace, events).await?;
    let (stop, stopped) = watch::channel(false);
    let servers = serve(&options, &context, stopped.clone()).await?;
    tracing::info!(
        namespace,
        server = context.connection.server(),
        webhook = %options.listen_webhook,
        metrics = %options.listen_metrics,
        "caretaker is up"
    );
    let ended = lead(&options, &context, &namespace, receiver).await;
    tracing::info!("stopping");
    // The receiver may be gone already; then there is nothing left to stop.
    let _ = stop.send(true);
    context.queue.close();
    let _ = tokio::time::timeout(Duration::from_secs(5), servers).await;
    ended
}

fn namespace(options: &RunOptions, connection: &Connection) -> String {
    let named = options.namespace.clone();
    named.unwrap_or_else(|| match connection.default_namespace() {
        "" | "default" => argo::DEFAULT_NAMESPACE.to_owned(),
        own => own.to_owned(),
    })
}

async fn serve(
    options: &RunOptions,
    context: &Arc<Context>,
    stopped: watch::Receiver<bool>,
) -> Result<tokio::task::JoinHandle<()>> {
    let bind = |address: SocketAddr| async move {
        let listener = TcpListener::bind(address).await;
        listener
            .with_context(|| format!("cannot listen on {address}; is another caretaker running?"))
    };
    let limit = context.settings.load().webhook_payload_limit;
    let webhook = server::webhook_router(Arc::new(pushes::Pushes(context.clone())), limit);
    let status = server::status_router(context.probe.clone(), context.metrics.clone());
    let (webhooks, probes) = (
        bind(options.listen_webhook).await?,
        bind(options.listen_metrics).await?,
    );
    let until = |mut stopped: watch::Receiver<bool>| async move {
        // An error means that the sender is gone, which is a stop too.
        let _ = stopped.wait_for(|stopped| *stopped).await;
    };
    let first = server::serve(webhooks, webhook, until(stopped.clone()));
    let second = server::serve(probes, status, until(stopped));
    Ok(tokio::spawn(async move {
        let _ = tokio::join!(first, second);
    }))
}

/// Waits for its turn to lead, leads, and ends at a signal or when the turn is lost.
async fn lead(
    options: &RunOptions,
    context: &Arc<Context>,
    namespace: &str,
    receiver: mpsc::UnboundedReceiver<Event>,
) -> Result<()> {
    if !options.leader_election {
        return tokio::select! {
            ended = engine_loop::run(context.clone(), receiver) => ended,
            () = signalled() => Ok(()),
        };
    }
    let election = Election::start(
        &context.connection,
        ElectionOptions {
            namespace: namespace.to_owned(),
            name: "caretaker".to_owned(),
            identity: identity(),
            times: Default::default(),
        },
    );
    let ended = tokio::select! {
        ended = act_as_leader(context, &election, receiver) => ended,
        () = signalled() => Ok(()),
    };
    context.queue.close();
    election.release().await;
    ended
}

async fn act_as_leader(
    context: &Arc<Context>,
    election: &Election,
    receiver: mpsc::UnboundedReceiver<Event>,
) -> Result<()> {
    let mut leadership = election.leadership();
    leadership.wait_for(|who| *who == Leadership::Ours).await?;
    tracing::info!("leading");
    tokio::select! {
        ended = engine_loop::run(context.clone(), receiver) => ended,
        lost = leadership.wait_for(|who| *who != Leadership::Ours) => match lost {
            Ok(_) => bail!("the lease was lost; another replica leads now"),
            Err(error) => Err(error.into()),
        },
    }
}

/// Ours alone among the replicas. In a pod that is the pod's name, which a container that was
/// killed and started anew keeps: it need not wait for its own lease to run out.
fn identity() -> String {
    let host = std::env::var("HOSTNAME").unwrap_or_else(|_| "caretaker".to_owned());
    if std::env::var_os("KUBERNETES_SERVICE_HOST").is_some() {
        return host;
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!(
        "{host}_{}_{}",
        std::process::id(),
        now.map_or(0, |now| now.subsec_nanos())
    )
}

async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        // Without signal handlers the process ends by the default action.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
