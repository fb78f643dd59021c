//! What Helm printed, as manifests.
//!
//! In: what came of a chart. Out: manifests, each with the file of the repository it comes from, or
//! all that are none.

use super::HelmError;
use crate::Problems;
use crate::manifests::{manifest, unroll};
use crate::recorder::Recorder;
use model::{Manifest, Origin};
use serde_json::Value;
use std::sync::Arc;

/// CRDs come first and hooks last, as Helm prints them.
pub(super) fn manifests(
    rendered: ::helm::Rendered,
    recorder: &Recorder<'_>,
) -> Result<Vec<Manifest>, HelmError> {
    let mut sorting = Sorting {
        recorder,
        manifests: Vec::new(),
        problems: Problems::default(),
    };
    for crd in rendered.crds {
        sorting.read(&crd.path, &crd.file.data);
    }
    for made in rendered.manifests {
        sorting.take(&made.path, made.value, 0);
    }
    for hook in rendered.hooks {
        sorting.take(&hook.path, hook.value, 0);
    }
    match sorting.problems.count() {
        0 => Ok(sorting.manifests),
        _ => Err(HelmError::Broken(sorting.problems)),
    }
}

struct Sorting<'a> {
    recorder: &'a Recorder<'a>,
    manifests: Vec<Manifest>,
    problems: Problems,
}

impl Sorting<'_> {
    /// Files of crds/ are no templates: they may hold any number of documents.
    fn read(&mut self, path: &str, text: &[u8]) {
        for document in yaml::documents(text, &yaml::Limits::default()) {
            match document {
                Ok(document) => self.take(path, document.value, document.line),
                Err(error) => {
                    let what = format!("{}; {}", error.problem, error.next_step());
                    self.problems.add(self.origin(path, error.line), what);
                }
            }
        }
    }

    fn take(&mut self, path: &str, value: Value, line: usize) {
        if value.is_null() {
            return;
        }
        let origin = self.origin(path, line);
        let (manifests, problems) = (&mut self.manifests, &mut self.problems);
        unroll(
            value,
            &mut |value, prefix| match manifest(value, origin.clone()) {
                Ok(manifest) => manifests.push(manifest),
                Err(what) => problems.add(origin.clone(), format!("{prefix}{what}")),
            },
        );
    }

    /// Helm names files from the chart on; users look for them in the repository.
    fn origin(&self, path: &str, line: usize) -> Origin {
        let inside = path.split_once('/').map_or(path, |(_, inside)| inside);
        let path = match self.recorder.root().join(inside) {
            Ok(path) => Arc::from(path.as_str()),
            Err(_) => Arc::from(path),
        };
        Origin { path, line }
    }
}
