//! What a command takes from elsewhere, made ready when it is first asked for.
//!
//! In: addresses of repositories, files and charts. Out: commits, versions, trees and bytes. Most
//! commands ask for nothing; folders and threads for those that do would be most of their time.

use std::sync::{Arc, OnceLock};

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{Revision, SourceTree};
use render::{ChartAddress, ChartVersion, Remotes};
use source::{ChartLimits, Charts, Credentials, Limits, Repositories};
use tempfile::TempDir;

use crate::remotes::{FetchedRemotes, Identities};

/// Repositories and charts that live as long as the command does.
pub struct LateRemotes {
    identities: Box<dyn Identities>,
    opened: OnceLock<Result<Opened, String>>,
}

/// Nobody in particular.
struct Nobody;

impl Identities for Nobody {
    fn credentials(&self, _: &str) -> Credentials {
        Credentials::none()
    }

    fn repository(&self, _: &str) -> Option<String> {
        None
    }
}

struct Opened {
    repositories: Repositories,
    charts: Charts,
    /// Removed with us, after what is in it is closed.
    _cache: TempDir,
}

impl Default for LateRemotes {
    /// Nobody in particular asks.
    fn default() -> Self {
        Self::of(Box::new(Nobody))
    }
}

impl LateRemotes {
    /// Asks as somebody.
    pub fn of(identities: Box<dyn Identities>) -> Self {
        Self {
            identities,
            opened: OnceLock::new(),
        }
    }

    fn with<T>(
        &self,
        ask: impl FnOnce(&FetchedRemotes<'_>) -> Result<T, ElsewhereError>,
    ) -> Result<T, ElsewhereError> {
        let opened = (self.opened).get_or_init(|| open().map_err(|error| format!("{error:#}")));
        let opened = opened
            .as_ref()
            .map_err(|error| ElsewhereError::Failed(error.as_str().into()))?;
        let (repositories, charts) = (&opened.repositories, &opened.charts);
        ask(&FetchedRemotes::new(
            repositories,
            charts,
            &*self.identities,
        ))
    }
}

fn open() -> anyhow::Result<Opened> {
    let cache = tempfile::Builder::new().prefix("caretaker-").tempdir()?;
    let limits = Limits {
        allow_local: true,
        ..Limits::default()
    };
    Ok(Opened {
        repositories: Repositories::new(cache.path().join("git"), limits)?,
        charts: Charts::new(cache.path().join("charts"), ChartLimits::default())?,
        _cache: cache,
    })
}

impl Remotes for LateRemotes {
    fn resolve(&self, address: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        self.with(|remotes| remotes.resolve(address))
    }

    fn tree(
        &self,
        address: &RepositoryAddress,
        revision: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        self.with(|remotes| remotes.tree(address, revision))
    }

    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        self.with(|remotes| remotes.file(url))
    }

    fn chart_version(&self, address: &ChartAddress) -> Result<ChartVersion, ElsewhereError> {
        self.with(|remotes| remotes.chart_version(address))
    }

    fn chart(
        &self,
        address: &ChartAddress,
        version: &ChartVersion,
    ) -> Result<Arc<[u8]>, ElsewhereError> {
        self.with(|remotes| remotes.chart(address, version))
    }
}
