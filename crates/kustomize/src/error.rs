//! Why a build failed, and the way there.
//!
//! Comes in: what a part of the build could not do, and each kustomization the build passed through
//! to get there. Goes out: one error. Displayed, it says what is wrong and nothing else; its sources
//! say why; [`BuildError::chain`] says which files led there, and [`BuildError::report`] all of it.

use crate::config::{ConfigError, Conflict};
use crate::edit::EditError;
use crate::file::FileError;
use crate::load::LoadError;
use crate::plugin::PluginError;
use crate::resource::{OriginError, Place, ReadResourcesError, ResId, ResMapError};
use crate::schema::SchemaError;
use crate::step::Step;
use crate::transform::variables::VariablesError;
use std::error::Error;
use std::fmt::{self, Write};

/// Why a build failed.
pub struct BuildError(Box<Failure>);

struct Failure {
    problem: Problem,
    /// The innermost first.
    steps: Vec<Step>,
}

/// What a library's error is kept as.
pub type Cause = Box<dyn Error + Send + Sync>;

/// What is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A file or folder cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A path leads neither to a file nor to a folder that can be loaded.
    #[error("accumulating resources: '{path}' is no file that can be read ({file}), and no folder")]
    Neither {
        /// The path as written.
        path: String,
        /// Why it cannot be read as a file.
        file: String,
        /// Why it cannot be entered as a folder.
        #[source]
        folder: LoadError,
    },
    /// Nothing is where a path leads.
    #[error("accumulating resources: '{0}' doesn't exist, neither as a file nor as a folder")]
    NotThere(String),
    /// A folder without a kustomization.
    #[error(
        "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in \
         directory '{0}'"
    )]
    NoKustomization(String),
    /// A folder with several kustomizations.
    #[error("Found multiple kustomization files under: {folder}: {files}; keep one of them")]
    ManyKustomizations {
        /// The folder.
        folder: String,
        /// Their names.
        files: String,
    },
    /// A kustomization file does not read.
    #[error(transparent)]
    File(#[from] FileError),
    /// What the caller wants changed in the kustomization cannot be.
    #[error("the kustomization cannot be changed as asked")]
    Edit(#[from] EditError),
    /// A component is wanted and there is none.
    #[error(
        "expected kind 'Component' for path '{folder}' but got '{found}'; list it as a resource"
    )]
    NoComponent {
        /// The folder.
        folder: String,
        /// What it is.
        found: String,
    },
    /// A component stands where it must not.
    #[error("expected kind != 'Component' for path '{0}'; list it under `components`")]
    Component(String),
    /// A file of resources does not read.
    #[error("accumulating resources from '{file}'")]
    Resources {
        /// The file.
        file: String,
        /// What is wrong with it.
        #[source]
        source: ReadResourcesError,
    },
    /// Resources do not go together.
    #[error("merging resources from '{from}'")]
    Merge {
        /// What the last ones come from.
        from: String,
        /// What is wrong.
        #[source]
        source: ResMapError,
    },
    /// The fields of transformers are not known.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The fields of transformers contradict those of a kustomization below.
    #[error("merging config")]
    Conflict(#[from] Conflict),
    /// An OpenAPI schema cannot be used.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// Two schemas are named.
    #[error("builtin version and custom schema provided, cannot use both; keep one of them")]
    TwoSchemas,
    /// A schema that is not built in.
    #[error("the specified OpenAPI version is not built in: {0}; use v1.21.2, or a file")]
    NoSuchSchema(String),
    /// A generator made nothing.
    #[error("generating the {what} failed")]
    Generate {
        /// Which: kind and name.
        what: String,
        /// Why.
        #[source]
        source: Cause,
    },
    /// A generator, transformer or validator cannot be used.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// A transformer failed.
    #[error("{0} failed")]
    Transform(String, #[source] Cause),
    /// A validator changed something.
    #[error("validator shouldn't modify the resource map: {0} is not as it was")]
    Validator(String),
    /// A variable is not to be had.
    #[error(transparent)]
    Variables(#[from] VariablesError),
    /// The note of where a resource comes from cannot be read or written.
    #[error("noting where {id} comes from failed")]
    Origin {
        /// The resource.
        id: ResId,
        /// Why.
        #[source]
        source: OriginError,
    },
    /// Something that was built is no resource any more.
    #[error("what the build made of {id} is no resource: it has no {missing}")]
    NoResource {
        /// What is left of it.
        id: ResId,
        /// What it lacks.
        missing: &'static str,
    },
    /// Something that was built is no value.
    #[error("{place}: {id} cannot be written")]
    Write {
        /// The resource.
        id: ResId,
        /// Where it was read.
        place: Place,
        /// What is wrong with it.
        #[source]
        source: yaml::NodeValueError,
    },
    /// Something that was built is not shaped as an object.
    #[error("{id} is not shaped as an object")]
    Shape {
        /// The resource.
        id: ResId,
        /// What is wrong with it.
        #[source]
        source: crate::node::NodeError,
    },
    /// More than one build may do.
    #[error("the build is stopped: it would {0}; split it")]
    TooMuch(String),
}

impl BuildError {
    /// What is wrong, without how it came to it.
    pub fn problem(&self) -> &Problem {
        &self.0.problem
    }

    /// The fields that led there, the first kustomization's first.
    pub fn chain(&self) -> impl Iterator<Item = &Step> {
        self.0.steps.iter().rev()
    }

    /// All of it, a line for each file on the way and one for what is wrong.
    pub fn report(&self) -> String {
        let mut text = String::new();
        for step in self.chain() {
            let arrow = if text.is_empty() { "" } else { "\n-> " };
            // Writing into a text cannot fail.
            let _ = write!(text, "{arrow}{step}");
        }
        if !text.is_empty() {
            text.push_str(":\n");
        }
        text.push_str(&self.0.problem.to_string());
        let mut cause = self.0.problem.source();
        while let Some(error) = cause {
            let _ = write!(text, ": {error}");
            cause = error.source();
        }
        text
    }

    /// The same error, reached through a field.
    pub(crate) fn through(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }
}

impl<P: Into<Problem>> From<P> for BuildError {
    fn from(problem: P) -> Self {
        Self(Box::new(Failure {
            problem: problem.into(),
            steps: Vec::new(),
        }))
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.problem.fmt(f)
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report())
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.problem.source()
    }
}
