//! Requests about the desired side: where a source leads, and what an app renders to.
//!
//! Servers and rendering block, so they run on the blocking pool; trees are shared by every app that
//! stands at the same commit, or at the same version of a chart.

use super::context::Context;
use super::kinds::SettledScopes;
use super::worker::in_words;
use crate::charts::{self, ChartSources};
use crate::remotes::FetchedRemotes;
use anyhow::Result;
use engine::{Failure, RenderedTarget, Resolved, build_target};
use model::{App, Digest, MemoryTree, Revision, SourceKey, SourceTree, TreePath};
use serde_json::json;
use source::{ChartLimits, Charts, Credentials, GitTree, Repositories};
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tokio::sync::Semaphore;

/// Trees kept open: the commits that apps stand at, and the ones before.
const TREES: usize = 64;
/// More changed files than this, and everything counts as changed.
const CHANGED_PATHS: usize = 10_000;
/// Fetches under way at once.
const FETCHES: usize = 8;

/// A repository, the chart in it if it holds charts, what was fetched, and the proof it brought.
type TreeKey = (Arc<str>, Arc<str>, Revision, Option<Digest>);

/// The files of a source.
#[derive(Clone)]
enum Tree {
    Git(Arc<GitTree>),
    Chart(Arc<MemoryTree>),
}

impl Tree {
    fn files(&self) -> &dyn SourceTree {
        match self {
            Self::Git(tree) => &**tree,
            Self::Chart(tree) => &**tree,
        }
    }
}

#[derive(Default)]
struct Kept {
    trees: HashMap<TreeKey, Tree>,
    order: VecDeque<TreeKey>,
}

/// Repositories and the trees in use.
pub struct Trees {
    repositories: Repositories,
    charts: ChartSources,
    kept: Mutex<Kept>,
    fetches: Semaphore,
    renders: Semaphore,
}

impl Trees {
    /// Keeps repositories in a folder.
    pub fn new(cache: PathBuf) -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self {
            charts: ChartSources::new(Charts::new(cache.join("charts"), ChartLimits::default())?),
            repositories: Repositories::new(cache, source::Limits::default())?,
            kept: Mutex::default(),
            fetches: Semaphore::new(FETCHES),
            renders: Semaphore::new(cores),
        })
    }

    fn known(&self, key: &TreeKey) -> Option<Tree> {
        self.kept
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .trees
            .get(key)
            .cloned()
    }

    fn keep(&self, key: TreeKey, tree: Tree) {
        let mut kept = self
            .kept
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if kept.trees.insert(key.clone(), tree).is_none() {
            kept.order.push_back(key);
        }
        while kept.order.len() > TREES {
            if let Some(oldest) = kept.order.pop_front() {
                kept.trees.remove(&oldest);
            }
        }
    }

    /// A tree, from what is open, what is on disk, or the network, in that order.
    fn tree(
        &self,
        context: &Context,
        source: &SourceKey,
        revision: &Revision,
    ) -> Result<Tree, Failure> {
        let credentials = context.credentials_of(source);
        let proof = credentials.proof.as_ref().filter(|_| source.is_chart());
        let key = (
            source.repository.clone(),
            source.chart.clone(),
            revision.clone(),
            proof.map(|proof| proof.fingerprint()),
        );
        if let Some(tree) = self.known(&key) {
            self.charts.forget(source, revision);
            return Ok(tree);
        }
        let tree = match source.is_chart() {
            true => self.chart(source, revision, &credentials),
            false => self.git(source, revision, &credentials),
        };
        let tree = tree.map_err(|error| {
            context.metrics.git_fetch_failed(&source.repository);
            out_of_reach(&error)
        })?;
        self.keep(key, tree.clone());
        Ok(tree)
    }

    fn git(&self, source: &SourceKey, revision: &Revision, as_whom: &Credentials) -> Result<Tree> {
        let (url, reference) = (&source.repository, &source.reference.0);
        let tree = (self.repositories).tree(url, reference, revision, as_whom)?;
        Ok(Tree::Git(tree))
    }

    fn chart(
        &self,
        source: &SourceKey,
        revision: &Revision,
        as_whom: &Credentials,
    ) -> Result<Tree> {
        let tree = self.charts.tree(source, revision, as_whom)?;
        Ok(Tree::Chart(Arc::new(tree)))
    }

    fn resolve(&self, context: &Context, source: &SourceKey) -> Result<Revision> {
        let credentials = context.credentials_of(source);
        if source.is_chart() {
            return self.charts.resolve(source, &credentials);
        }
        let (url, reference) = (&source.repository, &source.reference.0);
        Ok(self.repositories.resolve(url, reference, &credentials)?)
    }

    /// What changed between two commits. Not knowing it only means that everything is looked at, as
    /// it is with every new version of a chart.
    fn changed(
        &self,
        context: &Context,
        source: &SourceKey,
        before: &Revision,
        now: &Tree,
    ) -> Option<Vec<TreePath>> {
        match (self.tree(context, source, before).ok()?, now) {
            (Tree::Git(before), Tree::Git(now)) => {
                let changed = (self.repositories).changed_paths(&before, now, CHANGED_PATHS);
                changed.ok().flatten()
            }
            _ => None,
        }
    }
}

fn out_of_reach(error: &anyhow::Error) -> Failure {
    Failure {
        message: in_words(error.as_ref()),
        transient: true,
    }
}

/// Finds out where a source leads, fetches it, and says what changed since `previous`.
pub async fn resolve(
    context: &Arc<Context>,
    source: SourceKey,
    previous: Option<Revision>,
) -> Result<Resolved, Failure> {
    let _turn = context.trees.fetches.acquire().await;
    let begun = Instant::now();
    let shared = context.clone();
    let url = source.repository.clone();
    let resolved = blocking(move || {
        let trees = &shared.trees;
        let revision = trees.resolve(&shared, &source).map_err(|error| {
            shared.metrics.git_request_failed(&source.repository);
            out_of_reach(&error)
        })?;
        let before = previous.filter(|previous| *previous != revision);
        let tree = trees.tree(&shared, &source, &revision)?;
        let changed = before.and_then(|before| trees.changed(&shared, &source, &before, &tree));
        Ok(Resolved { revision, changed })
    })
    .await;
    context.metrics.git_request(&url, begun.elapsed());
    resolved
}

/// Renders an app at a revision into its target.
pub async fn render(
    context: &Arc<Context>,
    app: Arc<App>,
    source: SourceKey,
    revision: Revision,
    fresh: bool,
) -> Result<RenderedTarget, Failure> {
    let _turn = context.trees.renders.acquire().await;
    let shared = context.clone();
    blocking(move || {
        let tree = shared.trees.tree(&shared, &source, &revision)?;
        let request = render::Request::of(&app, &revision.0, shared.kinds.capabilities());
        let credentials = shared.credentials.load();
        let identities = credentials.identities(&source.project, charts::passes_credentials(&app));
        let trees = &shared.trees;
        let remotes = FetchedRemotes::new(&trees.repositories, trees.charts.all(), &identities);
        let rendered = match fresh {
            true => {
                let rendered = shared.renders.render(&request, tree.files(), &remotes);
                rendered.map(|rendered| (rendered, false))
            }
            false => shared
                .renders
                .get_or_render(&request, tree.files(), &remotes),
        };
        let (rendered, cached) = rendered.map_err(|error| Failure {
            message: in_words(&error),
            transient: error.is_transient(),
        })?;
        shared.metrics.rendered(cached);
        target_of(&shared, &app, &rendered)
    })
    .await
}

/// Makes a target of manifests that came with an operation: each is a file of a tree of their own.
pub async fn render_local(
    context: &Arc<Context>,
    app: Arc<App>,
    texts: Arc<[String]>,
) -> Result<RenderedTarget, Failure> {
    let shared = context.clone();
    blocking(move || {
        let mut tree = MemoryTree::new();
        for (at, text) in texts.iter().enumerate() {
            let path = TreePath::parse(&format!("local/{at}.yaml")).map_err(|error| Failure {
                message: error.to_string(),
                transient: false,
            })?;
            tree.write(&path, text.as_bytes());
        }
        let app = App {
            render: Arc::new(json!({"path": "local"})),
            ..(*app).clone()
        };
        let request = render::Request::of(&app, "local", shared.kinds.capabilities());
        let rendered = render::render(&request, render::Sources::offline(&tree));
        let rendered = rendered.map_err(|error| Failure {
            message: format!("operation.sync.manifests: {}", in_words(&error)),
            transient: false,
        })?;
        target_of(&shared, &app, &rendered)
    })
    .await
}

fn target_of(
    context: &Context,
    app: &App,
    rendered: &render::Rendered,
) -> Result<RenderedTarget, Failure> {
    let settings = context.settings.load();
    let scopes = SettledScopes {
        kinds: &context.kinds,
        settings: &settings,
        cluster: &app.destination.cluster,
    };
    let target = build_target(app, rendered, &scopes, &argo::tracking::mark);
    let target = target.map_err(|error| Failure {
        message: error.to_string(),
        transient: true,
    })?;
    Ok(RenderedTarget {
        target: Arc::new(target),
        inputs: Arc::new(rendered.inputs.clone()),
    })
}

/// Runs blocking work; a panic in it is that work's failure and nobody else's.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(Failure {
            message: format!("a bug in Caretaker stopped this work: {error}; please report it"),
            transient: false,
        }),
    }
}
