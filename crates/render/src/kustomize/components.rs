//! Which of an Application's components are added.
//!
//! In: the paths its options name. Out: those to add: all, or, where missing ones may be ignored,
//! those that are there.

use super::options::KustomizeOptions;
use model::{SourceTree, TreeError};

/// The components to add to the kustomization in that folder.
pub(super) fn to_add(
    options: &KustomizeOptions,
    recorder: &crate::recorder::Recorder<'_>,
) -> Result<Vec<String>, TreeError> {
    let mut found = Vec::new();
    for path in &options.components {
        if !options.ignore_missing_components || exists(path, recorder)? {
            found.push(path.clone());
        }
    }
    Ok(found)
}

/// Is there anything at the path, from the app's folder? Nothing outside the repository is.
fn exists(path: &str, recorder: &crate::recorder::Recorder<'_>) -> Result<bool, TreeError> {
    let Ok(path) = recorder.root().join(path) else {
        return Ok(false);
    };
    match recorder.kind(&path) {
        Ok(_) => Ok(true),
        Err(TreeError::NotFound(_) | TreeError::Link { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
