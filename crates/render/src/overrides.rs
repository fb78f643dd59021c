//! Overrides that lie in the app's folder: `.argocd-source.yaml` and `.argocd-source-<app>.yaml`.
//!
//! In: the source and the folder. Out: the source with both merged in, in this order, each as a
//! JSON merge patch. Where a source is cannot be overridden.

use crate::merge_patch::merge;
use crate::options::{self, OptionsError, PLACE};
use crate::recorder::Recorder;
use model::{Entry, EntryKind, TreeError, TreePath};
use serde_json::Value;

/// Overrides that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OverridesError {
    /// The file is no YAML.
    #[error("{path} cannot be read as YAML")]
    Yaml {
        /// The file.
        path: TreePath,
        /// The cause.
        source: yaml::ReadError,
    },
    /// It holds something else than fields.
    #[error("{0} must be a map of fields")]
    NotAnObject(TreePath),
    /// It overrides what cannot be.
    #[error("{path} overrides what it cannot")]
    Options {
        /// The file.
        path: TreePath,
        /// The cause.
        source: OptionsError,
    },
    /// It is there and cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file.
        path: TreePath,
        /// The cause.
        source: TreeError,
    },
}

/// Merges the overrides into a source.
pub(crate) fn apply(
    source: &Value,
    app_name: &str,
    entries: &[Entry],
    recorder: &Recorder<'_>,
    warnings: &mut Vec<String>,
) -> Result<Value, OverridesError> {
    let mut names = vec![".argocd-source.yaml".to_owned()];
    if !app_name.is_empty() && !app_name.contains('/') {
        names.push(format!(".argocd-source-{app_name}.yaml"));
    }
    let mut merged = source.clone();
    for name in names {
        let path = recorder.root().child(&name);
        let entry = entries.iter().find(|entry| entry.name == name);
        let Some(patch) = read(&path, entry, recorder)? else {
            continue;
        };
        let refused = |source| OverridesError::Options {
            path: path.clone(),
            source,
        };
        let fields = options::check_fields(&patch).map_err(refused)?;
        for name in fields.keys().filter(|name| PLACE.contains(&name.as_str())) {
            warnings.push(format!(
                "{path}: {name} cannot be overridden and is left as it is"
            ));
        }
        merge(&mut merged, &patch);
    }
    for name in PLACE {
        keep(&mut merged, source, name);
    }
    Ok(merged)
}

/// A patch, if there is a file that says anything.
fn read(
    path: &TreePath,
    entry: Option<&Entry>,
    recorder: &Recorder<'_>,
) -> Result<Option<Value>, OverridesError> {
    let unreadable = |source| OverridesError::Unreadable {
        path: path.clone(),
        source,
    };
    let Some(entry) = entry else {
        recorder.missed(path);
        return Ok(None);
    };
    let kind = match entry.kind {
        EntryKind::Symlink => recorder.follow(path).map_err(unreadable)?,
        kind => Some(kind),
    };
    if kind != Some(EntryKind::File) {
        return Ok(None);
    }
    let blob = recorder.read_listed(path, entry).map_err(unreadable)?;
    let patch = yaml::read_first(&blob.bytes, &yaml::Limits::default()).map_err(|source| {
        OverridesError::Yaml {
            path: path.clone(),
            source,
        }
    })?;
    match patch {
        Value::Null => Ok(None),
        patch @ Value::Object(_) => Ok(Some(patch)),
        _ => Err(OverridesError::NotAnObject(path.clone())),
    }
}

fn keep(merged: &mut Value, source: &Value, name: &str) {
    let Value::Object(fields) = merged else {
        return;
    };
    match source.get(name) {
        Some(value) => drop(fields.insert(name.to_owned(), value.clone())),
        None => drop(fields.remove(name)),
    }
}
