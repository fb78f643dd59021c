//! Where a chart is taken from: CHART and the flags about it.
//!
//! In: the argument as Helm takes it: a folder, an archive, an address of a registry, a name with
//! `--repo`, or the name of a repository in Helm's list and a chart of it. Out: the chart, loaded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use helm::chart::{Chart, Limits, load, load_archive};
use model::TreePath;
use render::{ChartAddress, Remotes as _};
use source::{Credentials, DirectoryTree, RequiredProof, Secret};

use super::failed;
use super::repository_list::RepositoryList;
use super::verification::VerificationFlags;
use crate::failure::Outcome;
use crate::late_remotes::LateRemotes;
use crate::remotes::Identities;

/// Which chart.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Chart")]
pub struct ChartFlags {
    /// Address of the repository that CHART is the name of a chart in
    #[arg(long, value_name = "URL")]
    pub repo: Option<String>,
    /// A version, or a range of versions, of a chart that is fetched [default: the newest]
    #[arg(long, value_name = "RANGE")]
    pub version: Option<String>,
    /// Take prereleases too, where no version is asked for
    #[arg(long)]
    pub devel: bool,
    /// User of the repository
    #[arg(long, value_name = "NAME")]
    pub username: Option<String>,
    /// Their password
    #[arg(long, value_name = "TEXT")]
    pub password: Option<String>,
    /// Send them to other hosts too
    #[arg(long)]
    pub pass_credentials: bool,
    /// Speak to the registry without TLS
    #[arg(long)]
    pub plain_http: bool,
    /// Trust any certificate
    #[arg(long)]
    pub insecure_skip_tls_verify: bool,
    /// Trust certificates by this bundle
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Certificate to show to the repository
    #[arg(long, value_name = "FILE", requires = "key_file")]
    pub cert_file: Option<PathBuf>,
    /// Its key
    #[arg(long, value_name = "FILE", requires = "cert_file")]
    pub key_file: Option<PathBuf>,
    #[command(flatten)]
    pub verification: VerificationFlags,
    /// Helm's list of repositories [default: where `helm repo add` writes it]
    #[arg(long, value_name = "FILE", env = "HELM_REPOSITORY_CONFIG")]
    pub repository_config: Option<PathBuf>,
    /// Fetch nothing: a chart that is not here is an error
    #[arg(long, env = "CARETAKER_OFFLINE")]
    pub offline: bool,
}

impl ChartFlags {
    /// What is elsewhere, asked for as these flags say.
    pub fn remotes(&self) -> Outcome<LateRemotes> {
        self.remotes_with(self.verification.required()?)
    }

    /// The same, of charts that bring a proof.
    pub fn remotes_with(&self, proof: Option<Arc<RequiredProof>>) -> Outcome<LateRemotes> {
        let who = Asking {
            list: self.repositories()?,
            own: Credentials {
                proof,
                ..self.identity()?
            },
        };
        Ok(LateRemotes::of(Box::new(who)))
    }

    fn repositories(&self) -> Outcome<RepositoryList> {
        RepositoryList::read(self.repository_config.as_deref())
    }

    fn identity(&self) -> Outcome<Credentials> {
        let secret = |text: &Option<String>| text.as_deref().map(Secret::new);
        Ok(Credentials {
            username: secret(&self.username),
            password: secret(&self.password),
            tls_client_cert: text(&self.cert_file)?.map(Secret::new),
            tls_client_key: text(&self.key_file)?.map(Secret::new),
            ca_certificates: text(&self.ca_file)?.into_iter().collect(),
            insecure_skip_tls_verify: self.insecure_skip_tls_verify,
            pass_credentials: self.pass_credentials,
            plain_http: self.plain_http,
            ..Credentials::none()
        })
    }
}

/// The text of a file that a flag names.
fn text(path: &Option<PathBuf>) -> Outcome<Option<String>> {
    let read = |path: &PathBuf| {
        let unread = || format!("{} cannot be read", path.display());
        std::fs::read_to_string(path).with_context(unread)
    };
    path.as_ref().map(read).transpose().map_err(failed)
}

/// Who asks: whom the flags name, or who Helm's list says we are to a repository.
struct Asking {
    list: RepositoryList,
    own: Credentials,
}

impl Identities for Asking {
    fn credentials(&self, url: &str) -> Credentials {
        match self.list.credentials(url) {
            Some(listed) if self.own.username.is_none() => Credentials {
                proof: self.own.proof.clone(),
                plain_http: self.own.plain_http,
                insecure_skip_tls_verify: listed.insecure_skip_tls_verify
                    || self.own.insecure_skip_tls_verify,
                ..listed
            },
            _ => self.own.clone(),
        }
    }

    fn repository(&self, name: &str) -> Option<String> {
        self.list.address(name).map(str::to_owned)
    }
}

/// Loads a chart.
pub fn chart(chart: &str, flags: &ChartFlags) -> Outcome<Chart> {
    let limits = Limits::default();
    let path = Path::new(chart);
    if flags.repo.is_none() && path.is_dir() {
        flags.verification.refuse_folder()?;
        return folder(path, &limits);
    }
    if flags.repo.is_none() && path.is_file() {
        let bytes = std::fs::read(path).with_context(|| chart.to_owned());
        let bytes = bytes.map_err(failed)?;
        flags.verification.check(path, &bytes)?;
        return load_archive(&bytes, &limits).map_err(failed);
    }
    let address = address(chart, flags)?;
    if flags.offline {
        let message = format!("{chart} of {} would have to be fetched", address.repository);
        return Err(failed(anyhow!(message)).hint("leave --offline out"));
    }
    let charts = flags.remotes()?;
    let version = charts.chart_version(&address).map_err(failed)?;
    let archive = charts.chart(&address, &version).map_err(failed)?;
    load_archive(&archive, &limits).map_err(failed)
}

/// A folder is read as a part of the whole file system: Helm follows links wherever they lead.
pub fn folder(path: &Path, limits: &Limits) -> Outcome<Chart> {
    let real = std::fs::canonicalize(path).with_context(|| path.display().to_string());
    let real = real.map_err(failed)?;
    let text = real
        .to_str()
        .ok_or_else(|| failed(anyhow!("{} is not UTF-8", path.display())))?;
    let folder = TreePath::parse(text.trim_start_matches('/')).map_err(failed)?;
    let tree = DirectoryTree::open("/", source::Limits::default()).map_err(failed)?;
    load(&tree, &folder, limits).map_err(failed)
}

/// A chart that is not here: its repository and its name.
fn address(chart: &str, flags: &ChartFlags) -> Outcome<ChartAddress> {
    let prereleases = flags.devel.then(|| ">0.0.0-0".to_owned());
    let version = flags.version.clone().or(prereleases).unwrap_or_default();
    let whole = match &flags.repo {
        Some(repository) => Some((repository.as_str(), chart)),
        None if chart.starts_with("oci://") => chart.rsplit_once('/'),
        None if chart.starts_with(['/', '.']) => None,
        None => chart.split_once('/'),
    };
    let list = flags.repositories()?;
    let home = |repository: &str| match repository.contains("://") {
        true => Some(repository.to_owned()),
        false => list.address(repository).map(str::to_owned),
    };
    let whole = whole.and_then(|(repository, name)| Some((home(repository)?, name)));
    match whole {
        Some((repository, name)) => Ok(ChartAddress {
            repository,
            name: name.to_owned(),
            version,
        }),
        None => Err(failed(anyhow!("path {chart:?} not found"))
            .hint("name a folder, an archive, oci://REGISTRY/CHART, REPOSITORY/CHART of Helm's list, or a chart with --repo URL")),
    }
}
