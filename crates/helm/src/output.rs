//! What comes of a chart, and the text `helm template` prints of it.
//!
//! Comes in: manifests, hooks and CRDs. Goes out: YAML, each document behind a line that names its
//! file. Source: Helm 4.2, pkg/cmd/template.go and pkg/action/action.go.

use crate::chart::Crd;
use crate::manifest::{Hook, Manifest};
use crate::show_only::{self, ShowOnlyError};
use crate::warning::Warning;
use std::fmt::Write as _;

/// What comes of a chart.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The objects of the release, in the order in which Helm installs them.
    pub manifests: Vec<Manifest>,
    /// Its hooks, in the same order of kinds; none if they were not wanted.
    pub hooks: Vec<Hook>,
    /// The files of crds/, if they were wanted: they are no templates.
    pub crds: Vec<Crd>,
    /// NOTES.txt.
    pub notes: String,
    /// What Helm prints to standard error on the way.
    pub warnings: Vec<Warning>,
    /// The files that alone are wanted; all, if it is empty.
    pub show_only: Vec<String>,
}

impl Rendered {
    /// What `helm template` prints.
    pub fn to_yaml(&self) -> Result<String, ShowOnlyError> {
        let text = self.all();
        match &self.show_only[..] {
            [] => Ok(text),
            wanted => show_only::pick(&text, wanted),
        }
    }

    /// What `helm template` prints to standard error.
    pub fn to_stderr(&self) -> String {
        let lines = self.warnings.iter().map(|warning| format!("{warning}\n"));
        lines.collect()
    }

    fn all(&self) -> String {
        let mut text = String::with_capacity(self.length());
        for crd in &self.crds {
            append(
                &mut text,
                &crd.path,
                &String::from_utf8_lossy(&crd.file.data),
            );
        }
        for manifest in &self.manifests {
            append(&mut text, &manifest.path, &manifest.content);
        }
        text.truncate(text.trim_end().len());
        // It starts with dashes, or it is empty.
        text.push('\n');
        for hook in &self.hooks {
            append(&mut text, &hook.path, &hook.content);
        }
        text
    }

    fn length(&self) -> usize {
        let crds = self
            .crds
            .iter()
            .map(|it| it.path.len() + it.file.data.len());
        let manifests = self.manifests.iter();
        let manifests = manifests.map(|it| it.path.len() + it.content.len());
        let hooks = self.hooks.iter().map(|it| it.path.len() + it.content.len());
        crds.chain(manifests).chain(hooks).map(|it| it + 16).sum()
    }
}

fn append(text: &mut String, path: &str, content: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "---\n# Source: {path}\n{content}");
}
