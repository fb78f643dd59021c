//! Rendering one source.
//!
//! In: a request and a tree. Out: manifests with the record of what was read, or what is wrong.

use crate::detect::{self as detection, Detected};
use crate::helm::HelmError;
use crate::kustomize::KustomizeError;
use crate::recorder::Recorder;
use crate::remotes::RecordedRemotes;
use crate::{
    Charts, Inputs, NoRemotes, OptionsError, OverridesError, Problems, Remotes, Renderer, Request,
};
use crate::{directory, helm, kustomize, options, overrides};
use ::kustomize::ParsedFiles;
use model::{Manifest, SourceTree, TreeError, TreePath, TreePathError};
use serde_json::Value;

/// What came of a render.
#[derive(Clone, PartialEq, Debug)]
pub struct Rendered {
    /// The objects, in the order of their files.
    pub manifests: Vec<Manifest>,
    /// What was read.
    pub inputs: Inputs,
    /// Argo CD's name of the renderer: `Directory`, `Helm` or `Kustomize`.
    pub source_type: &'static str,
    /// What a person should know though it is no error.
    pub warnings: Vec<String>,
}

/// Why a source could not be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The app's path is no path inside the repository.
    #[error("the app's path cannot be used")]
    Path(#[from] TreePathError),
    /// There is no such folder.
    #[error("the app's folder {path} cannot be read")]
    Folder {
        /// The folder.
        path: TreePath,
        /// The cause.
        source: TreeError,
    },
    /// An option cannot be followed.
    #[error("the source's options cannot be followed")]
    Options(#[from] OptionsError),
    /// Overrides in the app's folder cannot be used.
    #[error("overrides in the app's folder cannot be used")]
    Overrides(#[from] OverridesError),
    /// The renderer is not there yet.
    #[error("{because} makes this a {renderer} source, which is not supported yet")]
    Unsupported {
        /// A file or a field of the source.
        because: String,
        /// Argo CD's name of the renderer.
        renderer: &'static str,
    },
    /// Files are broken.
    #[error("{0}")]
    Broken(Problems),
    /// The files are larger than allowed.
    #[error("the manifest files of {path} have more than {limit} bytes together")]
    TooLarge {
        /// The folder.
        path: TreePath,
        /// The limit.
        limit: u64,
    },
    /// The kustomization cannot be built.
    #[error("the app's kustomization cannot be built")]
    Kustomize(#[from] KustomizeError),
    /// The chart cannot be rendered.
    #[error("the app's chart cannot be rendered")]
    Helm(#[from] HelmError),
    /// A file or folder could not be read.
    #[error("the app's files cannot be read")]
    Read(#[from] TreeError),
}

impl RenderError {
    /// Did it fail for want of something that the caller does not let be fetched?
    pub fn wants_remote(&self) -> bool {
        match self {
            Self::Kustomize(error) => error.wants_remote(),
            Self::Helm(error) => error.wants_remote(),
            _ => false,
        }
    }

    /// May it work later without a change of the source?
    pub fn is_transient(&self) -> bool {
        let store = |error: &TreeError| matches!(error, TreeError::Store { .. });
        match self {
            Self::Read(error) | Self::Folder { source: error, .. } => store(error),
            Self::Overrides(OverridesError::Unreadable { source, .. }) => store(source),
            Self::Kustomize(error) => error.is_transient(),
            Self::Helm(error) => error.is_transient(),
            _ => false,
        }
    }
}

/// How many bytes the manifest files of a folder may have together, as Argo CD has it.
pub const MAX_BYTES: u64 = 10_000_000;

/// Where a render reads.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The repository at the app's revision.
    pub tree: &'a dyn SourceTree,
    /// What lies elsewhere.
    pub remotes: &'a dyn Remotes,
    /// Files parsed before.
    pub parsed: Option<&'a ParsedFiles>,
    /// What renders of charts share.
    pub charts: Option<&'a Charts>,
}

impl<'a> Sources<'a> {
    /// A tree and nothing else.
    pub fn offline(tree: &'a dyn SourceTree) -> Self {
        Self {
            tree,
            remotes: &NoRemotes,
            parsed: None,
            charts: None,
        }
    }
}

/// Renders a source.
pub fn render(request: &Request, sources: Sources<'_>) -> Result<Rendered, RenderError> {
    render_within(MAX_BYTES, request, sources)
}

/// Renders a source whose files, if they are plain manifests, may have so many bytes together; 0 for
/// any number.
pub fn render_within(
    max_bytes: u64,
    request: &Request,
    sources: Sources<'_>,
) -> Result<Rendered, RenderError> {
    let prepared = prepare(request, sources.tree)?;
    match prepared.detected.renderer {
        Renderer::Directory => prepared.directory(max_bytes),
        Renderer::Kustomize => prepared.kustomize(request, sources),
        Renderer::Helm => prepared.helm(request, sources),
        Renderer::Plugin => Err(RenderError::Unsupported {
            because: prepared.detected.because,
            renderer: prepared.detected.renderer.name(),
        }),
    }
}

/// Says which renderer a source needs, without rendering it.
pub fn detect(request: &Request, tree: &dyn SourceTree) -> Result<Renderer, RenderError> {
    Ok(prepare(request, tree)?.detected.renderer)
}

struct Prepared<'a> {
    recorder: Recorder<'a>,
    /// The source with its overrides.
    source: Value,
    detected: Detected,
    warnings: Vec<String>,
}

impl Prepared<'_> {
    fn directory(mut self, max_bytes: u64) -> Result<Rendered, RenderError> {
        let folder = directory::Folder {
            recorder: &self.recorder,
            options: &self.detected.directory,
            max_bytes,
        };
        let manifests = folder.manifests(&mut self.warnings)?;
        Ok(Rendered {
            manifests,
            inputs: self.recorder.into_inputs(),
            source_type: Renderer::Directory.name(),
            warnings: self.warnings,
        })
    }

    fn kustomize(
        mut self,
        request: &Request,
        sources: Sources<'_>,
    ) -> Result<Rendered, RenderError> {
        let alone = Charts::default();
        let charts = sources.charts.unwrap_or(&alone);
        let remotes = RecordedRemotes::new(sources.remotes, charts);
        let source = options::check_fields(&self.source)?;
        let built = kustomize::build(request, source, &self.recorder, &remotes, sources.parsed)?;
        self.warnings.extend(built.warnings);
        Ok(Rendered {
            manifests: built.manifests,
            inputs: Inputs {
                capabilities: remotes
                    .has_templated()
                    .then(|| request.capabilities.digest()),
                elsewhere: remotes.into_inputs(),
                variables: built.variables,
                ..self.recorder.into_inputs()
            },
            source_type: Renderer::Kustomize.name(),
            warnings: self.warnings,
        })
    }

    fn helm(mut self, request: &Request, sources: Sources<'_>) -> Result<Rendered, RenderError> {
        let alone = Charts::default();
        let charts = sources.charts.unwrap_or(&alone);
        let remotes = RecordedRemotes::new(sources.remotes, charts);
        let source = options::check_fields(&self.source)?;
        let built = helm::build(request, source, &self.recorder, &remotes, charts)?;
        self.warnings.extend(built.warnings);
        Ok(Rendered {
            manifests: built.manifests,
            inputs: Inputs {
                elsewhere: remotes.into_inputs(),
                variables: built.variables,
                capabilities: Some(request.capabilities.digest()),
                ..self.recorder.into_inputs()
            },
            source_type: Renderer::Helm.name(),
            warnings: self.warnings,
        })
    }
}

fn prepare<'a>(request: &Request, tree: &'a dyn SourceTree) -> Result<Prepared<'a>, RenderError> {
    let path = TreePath::parse(options::path(options::check_fields(&request.source)?)?)?;
    let unreadable = |source| RenderError::Folder {
        path: path.clone(),
        source,
    };
    let recorder = Recorder::new(tree, &path).map_err(unreadable)?;
    let entries = recorder.list(&path)?;
    let mut warnings = Vec::new();
    let source = overrides::apply(
        &request.source,
        &request.app_name,
        &entries,
        &recorder,
        &mut warnings,
    )?;
    let detected = detection::detect(options::check_fields(&source)?, &path, &entries)?;
    Ok(Prepared {
        recorder,
        source,
        detected,
        warnings,
    })
}
