//! Rendering one source.
//!
//! In: a request and a tree. Out: manifests with the record of what was read, or what is wrong.

use crate::detect::{self as detection, Detected};
use crate::recorder::Recorder;
use crate::{Inputs, OptionsError, OverridesError, Problems, Renderer, Request};
use crate::{directory, options, overrides};
use model::{Manifest, SourceTree, TreeError, TreePath, TreePathError};

/// What came of a render.
#[derive(Clone, PartialEq, Debug)]
pub struct Rendered {
    /// The objects, in the order of their files.
    pub manifests: Vec<Manifest>,
    /// What was read.
    pub inputs: Inputs,
    /// Argo CD's name of the renderer: `Directory`.
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
    /// A file or folder could not be read.
    #[error("the app's files cannot be read")]
    Read(#[from] TreeError),
}

impl RenderError {
    /// May it work later without a change of the source?
    pub fn is_transient(&self) -> bool {
        let store = |error: &TreeError| matches!(error, TreeError::Store { .. });
        match self {
            Self::Read(error) | Self::Folder { source: error, .. } => store(error),
            Self::Overrides(OverridesError::Unreadable { source, .. }) => store(source),
            _ => false,
        }
    }
}

/// How many bytes the manifest files of a folder may have together, as Argo CD has it.
pub const MAX_BYTES: u64 = 10_000_000;

/// Renders a source.
pub fn render(request: &Request, tree: &dyn SourceTree) -> Result<Rendered, RenderError> {
    render_within(MAX_BYTES, request, tree)
}

/// Renders a source whose files may have so many bytes together; 0 for any number.
pub fn render_within(
    max_bytes: u64,
    request: &Request,
    tree: &dyn SourceTree,
) -> Result<Rendered, RenderError> {
    let prepared = prepare(request, tree)?;
    let Detected {
        renderer,
        because,
        directory,
    } = prepared.detected;
    match renderer {
        Renderer::Directory => {
            let folder = directory::Folder {
                recorder: &prepared.recorder,
                options: &directory,
                max_bytes,
            };
            let mut warnings = prepared.warnings;
            let manifests = folder.manifests(&mut warnings)?;
            let inputs = prepared.recorder.into_inputs();
            Ok(Rendered {
                manifests,
                inputs,
                source_type: renderer.name(),
                warnings,
            })
        }
        Renderer::Kustomize | Renderer::Helm | Renderer::Plugin => Err(RenderError::Unsupported {
            because,
            renderer: renderer.name(),
        }),
    }
}

/// Says which renderer a source needs, without rendering it.
pub fn detect(request: &Request, tree: &dyn SourceTree) -> Result<Renderer, RenderError> {
    Ok(prepare(request, tree)?.detected.renderer)
}

struct Prepared<'a> {
    recorder: Recorder<'a>,
    detected: Detected,
    warnings: Vec<String>,
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
        detected,
        warnings,
    })
}
