//! The handle to one cluster: cheap to clone, shared by everyone who speaks to it.

use std::sync::Arc;

use kube::Config;
use tokio::sync::Semaphore;

use crate::connector::Connector;
use crate::lane::Lanes;
use crate::request_headers::RequestHeaders;
use crate::{Limiter, Priority, RequestCounters};

/// First lists under way at once: each may bring tens of thousands of objects.
const FIRST_LISTS: usize = 8;

/// A connection to one cluster. Clones share connections, limiter and counters.
#[derive(Clone)]
pub struct Connection {
    pub(crate) shared: Arc<Shared>,
    pub(crate) priority: Priority,
}

pub(crate) struct Shared {
    /// Scheme, authority and path prefix, without a slash at the end.
    pub(crate) base: String,
    pub(crate) server: String,
    pub(crate) default_namespace: String,
    pub(crate) lanes: Lanes,
    pub(crate) headers: Arc<RequestHeaders>,
    pub(crate) limiter: Arc<Limiter>,
    pub(crate) counters: RequestCounters,
    pub(crate) first_lists: Arc<Semaphore>,
}

impl Connection {
    pub(crate) fn new(
        config: &Config,
        connector: Connector,
        headers: Arc<RequestHeaders>,
        http2: bool,
    ) -> Self {
        let server = config.cluster_url.to_string();
        let shared = Shared {
            base: server.trim_end_matches('/').to_owned(),
            server,
            default_namespace: config.default_namespace.clone(),
            lanes: Lanes::new(connector, http2),
            headers,
            limiter: Arc::default(),
            counters: RequestCounters::default(),
            first_lists: Arc::new(Semaphore::new(FIRST_LISTS)),
        };
        Self {
            shared: Arc::new(shared),
            priority: Priority::Bulk,
        }
    }

    /// The same connection, its requests going before (or after) others'.
    pub fn with_priority(&self, priority: Priority) -> Self {
        Self {
            shared: self.shared.clone(),
            priority,
        }
    }

    /// The API server's URL.
    pub fn server(&self) -> &str {
        &self.shared.server
    }

    /// The namespace of the context, or of the pod.
    pub fn default_namespace(&self) -> &str {
        &self.shared.default_namespace
    }

    /// What was sent so far, by verb and outcome.
    pub fn counters(&self) -> &RequestCounters {
        &self.shared.counters
    }

    /// How many requests may be under way, and how many are.
    pub fn limiter(&self) -> &Limiter {
        &self.shared.limiter
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("server", &self.shared.server)
            .finish_non_exhaustive()
    }
}
