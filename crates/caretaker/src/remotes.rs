//! What renders take from elsewhere, through the one place that speaks to servers.
//!
//! In: addresses of repositories, files and charts. Out: commits, versions, trees and bytes, with the
//! credentials that belong to each.

use kustomize::load::{ElsewhereError, RepositoryAddress};
use model::{Revision, SourceTree};
use render::{ChartAddress, ChartVersion};
use source::{Charts, Credentials, Repositories, ResolveError, WebFileError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Who we are to repositories.
pub trait Identities: Send + Sync {
    /// What an address is reached with.
    fn credentials(&self, url: &str) -> Credentials;

    /// The address of the chart repository that is called so, if one is.
    fn repository(&self, name: &str) -> Option<String>;
}

/// Fetches for one render.
pub struct FetchedRemotes<'a> {
    repositories: &'a Repositories,
    charts: &'a Charts,
    identities: &'a dyn Identities,
    /// The versions of charts that were found, and where.
    found: Mutex<BTreeMap<ChartAddress, source::ChartVersion>>,
}

impl<'a> FetchedRemotes<'a> {
    /// From where repositories and charts are kept, and who we are to them.
    pub fn new(
        repositories: &'a Repositories,
        charts: &'a Charts,
        identities: &'a dyn Identities,
    ) -> Self {
        Self {
            repositories,
            charts,
            identities,
            found: Mutex::default(),
        }
    }

    fn find(&self, address: &ChartAddress) -> Result<source::ChartVersion, ElsewhereError> {
        let known = || self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(version) = known().get(address) {
            return Ok(version.clone());
        }
        let wish = source::ChartAddress {
            repository: self.home(address)?,
            chart: address.name.clone(),
            version: address.version.clone(),
        };
        let credentials = self.identities.credentials(&wish.repository);
        let version = self.charts.resolve(&wish, &credentials).map_err(failed)?;
        known().insert(address.clone(), version.clone());
        Ok(version)
    }

    fn credentials_of(&self, address: &RepositoryAddress) -> Credentials {
        Credentials {
            submodules: address.submodules,
            ..self.identities.credentials(&address.url())
        }
    }

    /// The address of a chart's repository, which may be called by a name.
    fn home(&self, address: &ChartAddress) -> Result<String, ElsewhereError> {
        let repository = &address.repository;
        let name = repository.strip_prefix('@');
        match name.or_else(|| repository.strip_prefix("alias:")) {
            None => Ok(repository.clone()),
            Some(name) => {
                let home = self.identities.repository(name);
                home.ok_or_else(|| failed(unknown(name)))
            }
        }
    }
}

/// Nobody says which repository is meant.
fn unknown(name: &str) -> String {
    format!(
        "no repository is called {name:?}: for an Application, a repository Secret has to have that \
         name, for a command, Helm's own list (`helm repo add`); or write the repository's address \
         in its place"
    )
}

/// A repository's default branch, unless the address says more.
fn reference(address: &RepositoryAddress) -> &str {
    match address.reference.as_str() {
        "" => "HEAD",
        reference => reference,
    }
}

/// The references a name may mean, in the order in which `git fetch` looks: a tag comes before a
/// branch. A whole commit id means itself.
fn candidates(name: &str) -> Vec<String> {
    let is_commit = matches!(name.len(), 40 | 64) && name.bytes().all(|b| b.is_ascii_hexdigit());
    match is_commit || name == "HEAD" || name.starts_with("refs/") {
        true => vec![name.to_owned()],
        false => ["refs/", "refs/tags/", "refs/heads/"]
            .map(|prefix| format!("{prefix}{name}"))
            .into(),
    }
}

fn failed(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ElsewhereError {
    ElsewhereError::Failed(error.into())
}

impl render::Remotes for FetchedRemotes<'_> {
    fn resolve(&self, address: &RepositoryAddress) -> Result<Revision, ElsewhereError> {
        let credentials = self.credentials_of(address);
        let mut missed = None;
        for reference in candidates(reference(address)) {
            let resolved = self
                .repositories
                .resolve(&address.url(), &reference, &credentials);
            match resolved {
                Ok(revision) => return Ok(revision),
                Err(error @ ResolveError::NotFound { .. }) => missed = missed.or(Some(error)),
                Err(error) => return Err(failed(error)),
            }
        }
        Err(missed.map_or(ElsewhereError::Off, failed))
    }

    fn tree(
        &self,
        address: &RepositoryAddress,
        revision: &Revision,
    ) -> Result<Arc<dyn SourceTree>, ElsewhereError> {
        let credentials = self.credentials_of(address);
        let tree = self
            .repositories
            .tree(&address.url(), reference(address), revision, &credentials)
            .map_err(failed)?;
        Ok(tree)
    }

    fn file(&self, url: &str) -> Result<Arc<[u8]>, ElsewhereError> {
        let credentials = self.identities.credentials(url);
        let file = self.repositories.file(url, &credentials);
        file.map_err(|error| match error {
            WebFileError::Status(status) => ElsewhereError::Status(status),
            error => failed(error),
        })
    }

    fn chart_version(&self, address: &ChartAddress) -> Result<ChartVersion, ElsewhereError> {
        let version = self.find(address)?;
        Ok(ChartVersion {
            version: version.version.to_string(),
            digest: version.digest.to_string(),
        })
    }

    fn chart(&self, address: &ChartAddress, _: &ChartVersion) -> Result<Arc<[u8]>, ElsewhereError> {
        let credentials = self.identities.credentials(&self.home(address)?);
        let found = self.find(address)?;
        self.charts.fetch(&found, &credentials).map_err(failed)
    }
}
