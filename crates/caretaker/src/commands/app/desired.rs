//! What an Application wants, made in this process: its source from Git or from a local checkout,
//! rendered, with namespaces and marks as they would be applied.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use cluster::{Connection, Discovery};
use diff::{Ignore, SystemRules};
use engine::{Scope, Scopes, build_target};
use model::{App, ClusterId, GroupKind, GroupVersionKind, Revision, SourceTree};
use plan::Target;
use render::Request;
use serde_json::Value;
use source::{ChartLimits, Charts, DirectoryTree, Repositories};

use super::installation::Installation;
use crate::capabilities::capabilities;
use crate::charts;
use crate::compare_rules::compare_settings;
use crate::exit_code;
use crate::failure::{Failure, Outcome};
use crate::remotes::{FetchedRemotes, Identities};
use crate::run::credentials::CredentialStore;
use crate::screen::Screen;

/// Where the source is read from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// The Application's own repository, at this revision or the one it follows.
    Git { revision: Option<String> },
    /// A folder, as it is on disk.
    Folder(PathBuf),
    /// A local repository at a revision.
    Local {
        repository: PathBuf,
        revision: String,
    },
}

/// What an Application wants, and what was needed to find out.
#[derive(Debug)]
pub struct Wanted {
    /// The Application, translated.
    pub app: Arc<App>,
    /// Its objects.
    pub target: Target,
    /// The settings it was translated with.
    pub settings: argo::Settings,
    /// The kinds of the cluster.
    pub discovery: Arc<Discovery>,
    /// Where it was read, in words.
    pub origin: String,
}

impl Wanted {
    /// What does not count when its objects are compared; broken rules are told and left out.
    pub fn ignore(&self, screen: &Screen) -> Ignore {
        let (ignore, broken) = Ignore::compile(&self.app.ignore);
        let (system, unread) = SystemRules::compile(&compare_settings(&self.settings));
        let broken = broken.iter().map(ToString::to_string);
        for error in broken.chain(unread.iter().map(ToString::to_string)) {
            screen.remark("warning", &error);
        }
        ignore.under(Arc::new(system))
    }
}

/// Finds out what an Application wants. `namespace` is that of the control plane.
pub async fn wanted(
    resource: &Value,
    connection: &Connection,
    namespace: &str,
    origin: Origin,
    screen: &Screen,
) -> Outcome<Wanted> {
    let installation = Installation {
        connection,
        namespace,
        screen,
    };
    let settings = installation.settings().await?;
    let app = Arc::new(argo::translate(resource, &settings));
    refuse_invalid(&app)?;
    let credentials = match origin {
        Origin::Git { .. } => installation.credentials().await?,
        Origin::Folder(_) | Origin::Local { .. } => CredentialStore::default(),
    };
    let discovery = Arc::new(connection.discover().await?);
    let version = connection.version().await?;
    let shared = (app.clone(), settings.clone(), discovery.clone());
    let made = tokio::task::spawn_blocking(move || {
        let (app, settings, discovery) = shared;
        let capabilities = capabilities(&discovery, &version.git_version);
        let request = |revision: &str| Request::of(&app, revision, Arc::new(capabilities));
        make(&app, &settings, &discovery, &origin, &credentials, request)
    });
    let made = made.await??;
    for warning in &made.warnings {
        screen.remark("warning", warning);
    }
    Ok(Wanted {
        app,
        target: made.target,
        settings,
        discovery,
        origin: made.origin,
    })
}

fn refuse_invalid(app: &App) -> Outcome<()> {
    let elsewhere = app.destination.cluster != ClusterId::in_cluster();
    let message = match (app.invalid.as_slice(), elsewhere) {
        ([], false) => return Ok(()),
        ([], true) => format!(
            "its destination {} is not this cluster",
            app.destination.cluster
        ),
        (wrong, _) => format!("its definition is wrong: {}", wrong.join("; ")),
    };
    Err(Failure::new(
        exit_code::FAILED,
        format!("{} cannot be compared: {message}", app.id.name),
    ))
}

struct Made {
    target: Target,
    origin: String,
    warnings: Vec<String>,
}

/// Fetches and renders; blocks.
fn make(
    app: &App,
    settings: &argo::Settings,
    discovery: &Discovery,
    origin: &Origin,
    credentials: &CredentialStore,
    request: impl FnOnce(&str) -> Request,
) -> Outcome<Made> {
    // Fetched repositories live as long as the rendering does.
    let cache = tempfile::Builder::new()
        .prefix("caretaker-diff-")
        .tempdir()?;
    let limits = source::Limits {
        allow_local: matches!(origin, Origin::Local { .. }),
        ..source::Limits::default()
    };
    let repositories = Repositories::new(cache.path().join("git"), limits)?;
    let charts = Charts::new(cache.path().join("charts"), ChartLimits::default())?;
    let identities = credentials.identities(&app.project, charts::passes_credentials(app));
    let Read {
        tree,
        revision,
        origin,
    } = match origin {
        Origin::Git { revision } if app.source.is_chart() => {
            read_chart(app, revision.as_deref(), &charts, &identities)?
        }
        origin => read_source(app, origin, &identities, &repositories)?,
    };
    let remotes = FetchedRemotes::new(&repositories, &charts, &identities);
    let sources = render::Sources {
        remotes: &remotes,
        ..render::Sources::offline(&*tree)
    };
    let rendered = render::render(&request(&revision), sources)?;
    let scopes = ClusterScopes {
        discovery,
        settings,
    };
    let target = build_target(app, &rendered, &scopes, &argo::tracking::mark)?;
    let notes = target
        .notes
        .iter()
        .map(|(kind, message)| format!("{}: {message}", kind.as_str()));
    let warnings = notes.collect();
    Ok(Made {
        target,
        origin,
        warnings,
    })
}

/// A source, read.
struct Read {
    tree: Arc<dyn SourceTree>,
    /// The commit; empty for a folder.
    revision: Arc<str>,
    /// Where it was read, in words.
    origin: String,
}

fn read_source(
    app: &App,
    origin: &Origin,
    identities: &dyn Identities,
    repositories: &Repositories,
) -> Outcome<Read> {
    match origin {
        Origin::Folder(folder) => {
            let tree = DirectoryTree::open(folder, source::Limits::default())
                .with_context(|| format!("the folder {} cannot be read", folder.display()))
                .map_err(|error| Failure::from(error).with_code(exit_code::USAGE))?;
            Ok(Read {
                tree: Arc::new(tree),
                revision: "".into(),
                origin: folder.display().to_string(),
            })
        }
        Origin::Git { revision } => {
            let reference = revision.as_deref().unwrap_or(&app.source.reference.0);
            fetch(&app.source.repository, reference, identities, repositories)
        }
        Origin::Local {
            repository,
            revision,
        } => {
            let path = std::fs::canonicalize(repository)
                .with_context(|| format!("the folder {} cannot be read", repository.display()))
                .map_err(|error| Failure::from(error).with_code(exit_code::USAGE))?;
            fetch(
                &path.display().to_string(),
                revision,
                identities,
                repositories,
            )
        }
    }
}

fn read_chart(
    app: &App,
    version: Option<&str>,
    charts: &Charts,
    identities: &dyn Identities,
) -> Outcome<Read> {
    let credentials = identities.credentials(&app.source.repository);
    let asked = version.map(|version| Revision(version.into()));
    let version = charts::resolve(charts, &app.source, asked.as_ref(), &credentials)?;
    Ok(Read {
        tree: Arc::new(charts::tree(charts, &version, &credentials)?),
        origin: format!("{} {}", version.chart, version.version),
        revision: version.version,
    })
}

fn fetch(
    url: &str,
    reference: &str,
    identities: &dyn Identities,
    repositories: &Repositories,
) -> Outcome<Read> {
    let credentials = identities.credentials(url);
    let revision = repositories.resolve(url, reference, &credentials)?;
    let tree = repositories.tree(url, reference, &revision, &credentials)?;
    Ok(Read {
        tree,
        origin: format!("{reference} ({})", revision.short()),
        revision: revision.0,
    })
}

/// Kinds as the cluster serves them.
struct ClusterScopes<'a> {
    discovery: &'a Discovery,
    settings: &'a argo::Settings,
}

impl Scopes for ClusterScopes<'_> {
    fn scope(&self, gvk: &GroupVersionKind) -> Scope {
        let kind = &gvk.group_kind;
        let served = self
            .discovery
            .kinds
            .get(gvk)
            .or_else(|| self.discovery.preferred(kind));
        let failed = || {
            let group = |failed: &&cluster::FailedGroup| {
                let group = GroupVersionKind::from_api_version(&failed.group_version, "");
                group.group_kind.group == kind.group
            };
            self.discovery.failed_groups.iter().find(group)
        };
        match served {
            Some(resource) if resource.namespaced => Scope::Namespaced,
            Some(_) => Scope::Cluster,
            None => failed().map_or(Scope::Unknown, |failed| Scope::Failed(failed.error.clone())),
        }
    }

    fn excluded(&self, kind: &GroupKind) -> bool {
        self.settings.is_excluded(kind, ClusterId::IN_CLUSTER)
    }
}
