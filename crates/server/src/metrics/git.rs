//! What Git servers are asked: how often, how long it takes, how often it fails; by repository.

use std::borrow::Cow;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Argo CD's bounds.
const BOUNDS: [f64; 8] = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0];

/// What is asked of a Git server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum GitRequest {
    /// Where branches and tags are.
    ListRemote,
    /// A commit.
    Fetch,
}

impl GitRequest {
    const ALL: [Self; 2] = [Self::ListRemote, Self::Fetch];

    /// Argo CD's word.
    fn as_str(self) -> &'static str {
        match self {
            Self::ListRemote => "ls-remote",
            Self::Fetch => "fetch",
        }
    }
}

type Asked = [(&'static str, String); 2];
type Repository = [(&'static str, String); 1];

#[derive(Debug)]
pub(super) struct GitMetrics {
    requests: Family<Asked, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    failed_fetches: Family<Repository, Counter>,
    failed_lists: Family<Repository, Counter>,
}

impl GitMetrics {
    pub fn in_registry(registry: &mut Registry) -> Self {
        let duration = || Histogram::new(BOUNDS);
        let metrics = Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(duration),
            failed_fetches: Family::default(),
            failed_lists: Family::default(),
        };
        metrics.register(registry);
        metrics
    }

    fn register(&self, registry: &mut Registry) {
        let requests = "Requests to Git servers";
        registry.register("argocd_git_request", requests, self.requests.clone());
        let durations = "Seconds requests to Git servers take";
        registry.register(
            "argocd_git_request_duration_seconds",
            durations,
            self.durations.clone(),
        );
        let fetches = "Fetches from Git servers that failed";
        registry.register(
            "argocd_git_fetch_fail",
            fetches,
            self.failed_fetches.clone(),
        );
        let lists = "Listings of branches and tags that failed";
        registry.register("argocd_git_lsremote_fail", lists, self.failed_lists.clone());
    }

    pub fn asked(&self, repository: &str, request: GitRequest, took: Duration) {
        let asked = asked(repository, request);
        self.requests.get_or_create(&asked).inc();
        self.durations
            .get_or_create(&asked)
            .observe(took.as_secs_f64());
    }

    pub fn failed(&self, repository: &str, request: GitRequest) {
        let failures = match request {
            GitRequest::Fetch => &self.failed_fetches,
            GitRequest::ListRemote => &self.failed_lists,
        };
        failures
            .get_or_create(&[("repo", shown(repository).into_owned())])
            .inc();
    }

    pub fn forget(&self, repository: &str) {
        for request in GitRequest::ALL {
            let asked = asked(repository, request);
            self.requests.remove(&asked);
            self.durations.remove(&asked);
        }
        let repository = [("repo", shown(repository).into_owned())];
        self.failed_fetches.remove(&repository);
        self.failed_lists.remove(&repository);
    }
}

fn asked(repository: &str, request: GitRequest) -> Asked {
    [
        ("repo", shown(repository).into_owned()),
        ("request_type", request.as_str().to_owned()),
    ]
}

/// A repository's URL as a label: without a user and password in front of the host.
pub(super) fn shown(url: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.into();
    };
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rfind('@') {
        Some(at) if scheme != "ssh" || authority[..at].contains(':') => {
            format!("{scheme}://{}", &rest[at + 1..]).into()
        }
        _ => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        for (url, label) in [
            ("https://ann:pass@word@host/a@b", "https://host/a@b"),
            ("https://token@host/a", "https://host/a"),
            ("ssh://git@host/a", "ssh://git@host/a"),
            ("ssh://git:pw@host/a", "ssh://host/a"),
            ("git@host:a", "git@host:a"),
        ] {
            assert_eq!(shown(url), label);
        }
    }
}
