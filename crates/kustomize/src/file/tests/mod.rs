//! Files, whole, and what becomes of them. What is accepted and what is refused was tried on
//! Kustomize 5.8.1 itself.

mod accepted;
mod copies;
mod generated;
mod moved;
mod other_files;
mod patches;
mod plain_fields;
mod refused;

use super::{Kustomization, read};
use crate::resource::Gvk;
use std::error::Error;

const API_VERSION: &str = "kustomize.config.k8s.io/v1beta1";

/// A kustomization that says what the change sets.
fn with(change: impl FnOnce(&mut Kustomization)) -> Kustomization {
    let mut kustomization = Kustomization {
        api_version: API_VERSION.to_owned(),
        kind: "Kustomization".to_owned(),
        ..Kustomization::default()
    };
    change(&mut kustomization);
    kustomization
}

fn read_text(text: &str) -> Result<Kustomization, String> {
    let read = read(text.as_bytes(), "app/kustomization.yaml");
    read.map(|(kustomization, _)| kustomization)
        .map_err(|error| told(&error))
}

/// An error and all that stands behind it.
fn told(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", told(cause)),
        None => error.to_string(),
    }
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn map<const N: usize>(entries: [(&str, &str); N]) -> super::StringMap {
    let entries = entries.map(|(key, value)| (key.to_owned(), value.to_owned()));
    entries.into_iter().collect()
}

fn gvk(group: &str, version: &str, kind: &str) -> Gvk {
    Gvk::unscoped(group, version, kind)
}

fn read_as(text: &str, expected: Kustomization) {
    assert_eq!(read_text(text), Ok(expected), "{text}");
}

fn refused(text: &str, line: u32, problem: &str) {
    let expected = format!("invalid Kustomization app/kustomization.yaml, line {line}: {problem}");
    assert_eq!(read_text(text), Err(expected), "{text}");
}
