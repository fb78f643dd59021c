//! Where a cluster is -> a [`Connection`] that was tried once, or an error that says what to do.

use std::path::PathBuf;
use std::sync::Arc;

use kube::Config;

use crate::connector::{self, Connector};
use crate::request_headers::RequestHeaders;
use crate::{Connection, RemoteAccess};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Where to look for the cluster, and how to introduce ourselves.
#[derive(Clone, Debug, Default)]
pub struct ConnectOptions {
    /// This file; otherwise `$KUBECONFIG`, `~/.kube/config`, or the pod's own service account.
    pub kubeconfig: Option<PathBuf>,
    /// This context of it; otherwise its current one.
    pub context: Option<String>,
    /// As in `caretaker/0.1.0`.
    pub user_agent: String,
}

/// Why there is no connection. Says which file, which context and what to do next.
#[derive(thiserror::Error, Debug)]
pub enum ConnectError {
    /// Neither a kubeconfig nor a service account.
    #[error(
        "no cluster to connect to: KUBECONFIG is not set, ~/.kube/config is not there, and this is not \
         a pod with a service account; name a file with --kubeconfig or set KUBECONFIG"
    )]
    NoConfiguration,
    /// The file cannot be read or is no kubeconfig.
    #[error("the kubeconfig {file} cannot be read; check the path and that it is YAML")]
    Unreadable {
        /// Which file.
        file: String,
        /// What is wrong with it.
        #[source]
        source: kube::config::KubeconfigError,
    },
    /// No such context.
    #[error("the kubeconfig {file} has no context {context:?}; it has: {}", known.join(", "))]
    NoSuchContext {
        /// Which file.
        file: String,
        /// The one asked for.
        context: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// None chosen.
    #[error("the kubeconfig {file} has no current context; choose one with --context: {}", known.join(", "))]
    NoCurrentContext {
        /// Which file.
        file: String,
        /// The ones there are.
        known: Vec<String>,
    },
    /// The context's cluster or user cannot be used.
    #[error("context {context:?} of the kubeconfig {file} cannot be used")]
    BrokenContext {
        /// Which file.
        file: String,
        /// Which context.
        context: String,
        /// What is wrong with it.
        #[source]
        source: kube::config::KubeconfigError,
    },
    /// The pod's service account cannot be used.
    #[error("the service account of this pod cannot be used; is automountServiceAccountToken off?")]
    ServiceAccount {
        /// What is wrong with it.
        #[source]
        source: kube::config::InClusterError,
    },
    /// Certificates, keys, tokens or plugins.
    #[error("the credentials for {server} cannot be used")]
    Credentials {
        /// The API server.
        server: String,
        /// What is wrong with them.
        #[source]
        source: BoxError,
    },
    /// No connection came about.
    #[error("the API server {server} cannot be reached; is the address right, and is it up?")]
    Unreachable {
        /// The API server.
        server: String,
        /// What the network or TLS says.
        #[source]
        source: BoxError,
    },
    /// A server URL that is none.
    #[error("{server:?} is not the URL of an API server")]
    NotAUrl {
        /// As given.
        server: String,
    },
}

impl Connection {
    /// Connects as a process's own configuration says. Plugins that a kubeconfig names are run:
    /// it is the user's own file.
    pub async fn connect(options: ConnectOptions) -> Result<Self, ConnectError> {
        let config = crate::kubeconfig::load(&options).await?;
        Self::with_config(config, &options.user_agent).await
    }

    /// Connects to a cluster that is described in full; nothing of this process's own configuration
    /// is used and no plugin is ever run.
    pub async fn connect_to(access: RemoteAccess, user_agent: &str) -> Result<Self, ConnectError> {
        Self::with_config(access.config()?, user_agent).await
    }

    async fn with_config(config: Config, user_agent: &str) -> Result<Self, ConnectError> {
        let server = config.cluster_url.to_string();
        let (connector, headers) = prepare(config.clone(), user_agent.to_owned()).await?;
        let http2 = connector::speaks_http2(&connector, &config.cluster_url)
            .await
            .map_err(|source| ConnectError::Unreachable { server, source })?;
        tracing::debug!(server = %config.cluster_url, http2, "connected");
        Ok(Self::new(&config, connector, Arc::new(headers), http2))
    }
}

/// Reading credentials may run a plugin, which takes its time and blocks.
async fn prepare(
    config: Config,
    user_agent: String,
) -> Result<(Connector, RequestHeaders), ConnectError> {
    let server = config.cluster_url.to_string();
    let build = move || -> Result<_, BoxError> {
        Ok((
            Connector::new(&config)?,
            RequestHeaders::new(&config, &user_agent)?,
        ))
    };
    let built = tokio::task::spawn_blocking(build)
        .await
        .map_err(BoxError::from);
    built
        .flatten()
        .map_err(|source| ConnectError::Credentials { server, source })
}
