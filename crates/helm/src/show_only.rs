//! `--show-only`: of all that was printed, the documents of some files.
//!
//! Comes in: the whole output and patterns of paths inside the chart. Goes out: the documents of
//! the matching files, pattern by pattern. The name of a file is read back from the line that is
//! printed before each document. Source: Helm 4.2, pkg/cmd/template.go.

use crate::Dialect;
use crate::manifest::split;
use crate::path_match::matches;
use thiserror::Error;

/// A pattern that no document matches.
#[derive(Debug, Error)]
#[error("could not find template {0} in chart")]
pub struct ShowOnlyError(pub String);

/// The documents of the files that match.
pub fn pick(output: &str, wanted: &[String]) -> Result<String, ShowOnlyError> {
    let documents = split(output, Dialect::V4);
    let documents: Vec<_> = documents
        .into_iter()
        .filter_map(|document| Some((source_of(document)?, document)))
        .collect();
    let mut picked = String::new();
    for pattern in wanted {
        let before = picked.len();
        for (_, document) in documents.iter().filter(|(path, _)| matches(pattern, path)) {
            picked.extend(["---\n", document, "\n"]);
        }
        if picked.len() == before {
            return Err(ShowOnlyError(pattern.clone()));
        }
    }
    Ok(picked)
}

/// What the first `# Source: CHART/PATH` of a document names.
fn source_of(document: &str) -> Option<&str> {
    const MARK: &str = "# Source: ";
    let mut rest = document;
    while let Some(at) = rest.find(MARK) {
        rest = &rest[at + MARK.len()..];
        // The name of the chart may be anything but a slash, even many lines.
        let path = rest
            .split_once('/')
            .map(|(chart, path)| (chart, path.split('\n').next()));
        if let Some((chart, Some(path))) = path
            && !chart.is_empty()
            && !path.is_empty()
        {
            return Some(path);
        }
    }
    None
}
