//! Why a file could not be read.
//!
//! Comes in: the file's path, its bytes and what is wrong. Goes out: an error that names the file
//! and the line; what is wrong there, and what to do, stands in its source.

use super::fault::{Fault, Step};
use super::kustomization::Written;
use super::line::line_of;
use std::fmt;

/// A file that is not what it should be.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FileError {
    /// It is not YAML.
    #[error(
        "invalid {kind} {path}: it does not read as YAML. {}",
        .source.next_step().trim_end_matches('.')
    )]
    Syntax {
        /// What the file should be.
        kind: FileKind,
        /// The file.
        path: String,
        /// What the reader stumbled over, and where.
        #[source]
        source: yaml::ReadError,
    },
    /// A field is wrong.
    #[error("invalid {kind} {path}{}", At(*.line))]
    Field {
        /// What the file should be.
        kind: FileKind,
        /// The file.
        path: String,
        /// The line, from 1, if it is known.
        line: Option<u32>,
        /// The field, and what is wrong with it.
        #[source]
        source: Fault,
    },
    /// A kustomization that says nothing.
    #[error(
        "invalid Kustomization {path}: kustomization.yaml is empty; name what to build under \
         `resources`"
    )]
    Empty {
        /// The file.
        path: String,
    },
    /// A kustomization that is of another kind or version.
    #[error("invalid Kustomization {path}{}: {findings}", At(*.line))]
    Header {
        /// The file.
        path: String,
        /// The line, from 1, if it is known.
        line: Option<u32>,
        /// What kind and version should be.
        findings: String,
    },
    /// A file of replacements that holds something else.
    #[error(
        "invalid replacements {path}: unsupported replacement type encountered within replacement \
         path: expected a list or a map, found {found}"
    )]
    NoReplacements {
        /// The file.
        path: String,
        /// What it holds.
        found: String,
    },
}

/// What a file should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// A kustomization.
    Kustomization,
    /// Replacements.
    Replacements,
    /// Field specs.
    TransformerConfig,
    /// Targets of a `ValueAddTransformer`.
    ValueAddTargets,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kustomization => "Kustomization",
            Self::Replacements => "replacements",
            Self::TransformerConfig => "transformer configuration",
            Self::ValueAddTargets => "targets of a ValueAddTransformer",
        })
    }
}

/// A line, for messages.
struct At(Option<u32>);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(line) => write!(f, ", line {line}"),
            None => Ok(()),
        }
    }
}

/// A file under way.
#[derive(Clone, Copy)]
pub(crate) struct File<'a> {
    pub kind: FileKind,
    pub path: &'a str,
    pub bytes: &'a [u8],
}

impl File<'_> {
    /// Its first document as Kubernetes reads it; null if there is none.
    pub fn value(&self, limits: &yaml::Limits) -> Result<serde_json::Value, FileError> {
        yaml::read_first(self.bytes, limits).map_err(|source| FileError::Syntax {
            kind: self.kind,
            path: self.path.to_owned(),
            source,
        })
    }

    /// Looks whether it is of a kind and version that can be built.
    pub fn check_header(&self, written: &Written) -> Result<(), FileError> {
        let findings = written.header_findings();
        let Some(first) = findings.first() else {
            return Ok(());
        };
        let at = [Step::Key(first.field.to_owned())];
        let texts: Vec<&str> = findings.iter().map(|one| one.text.as_str()).collect();
        Err(FileError::Header {
            path: self.path.to_owned(),
            line: line_of(self.bytes, &at),
            findings: texts.join("; "),
        })
    }

    /// The error for a fault in it.
    pub fn fault(&self, source: Fault) -> FileError {
        FileError::Field {
            kind: self.kind,
            path: self.path.to_owned(),
            line: line_of(self.bytes, &source.path),
            source,
        }
    }
}
