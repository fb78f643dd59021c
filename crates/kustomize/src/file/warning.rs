//! What the author of a kustomization should know though it builds.
//!
//! Comes in: a field that has a successor. Goes out: what to write instead. Source of the list:
//! Kustomize 5.8.1, api/types/kustomization.go (CheckDeprecatedFields).

use std::fmt;

/// A field that still works and has a successor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The file it stands in.
    pub file: String,
    /// The field.
    pub field: &'static str,
    /// What to write instead, and how.
    pub text: String,
}

impl Warning {
    /// For a field with a successor.
    pub(crate) fn deprecated(file: &str, field: &'static str, successor: &str) -> Self {
        let flag = if field == "vars" { " --vars" } else { "" };
        let fix = format!("`kustomize edit fix{flag}` rewrites the file");
        Self {
            file: file.to_owned(),
            field,
            text: format!("'{field}' is deprecated; use '{successor}' instead ({fix})"),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.text)
    }
}
