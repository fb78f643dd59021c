//! Components, added behind those that are there.
//!
//! Comes in: paths. Goes out: each of them once.

use crate::file::Kustomization;

/// Adds components that are not there yet.
pub fn add_components(kustomization: &mut Kustomization, paths: impl IntoIterator<Item = String>) {
    for path in paths {
        if !kustomization.components.contains(&path) {
            kustomization.components.push(path);
        }
    }
}
