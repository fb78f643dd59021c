//! Whole kustomizations applied to whole resources, for the tests of the transformers.
//!
//! Comes in: cases, each a kustomization's fields, a file of `configurations` or nothing, resources,
//! and what Kustomize 5.8.1 makes of them, or an error. Goes out: whether we make the same.

use super::{annotations, images, labels, namespace, prefix, replicas, suffix};
use crate::config::TransformerConfig;
use crate::file::{self, Kustomization, NamespaceArgs};
use crate::resource::{ResMap, Resource};
use crate::schema::Schema;
use std::error::Error;
use yaml::Limits;

/// Checks each case of a file. An expectation that starts with `Error:` is what errors say from the
/// outside in.
pub fn check(cases: &str) {
    for case in cases.split("### ").skip(1) {
        let found = match build(case) {
            Ok(text) => text,
            Err(error) => format!("Error: {}\n", chain(&*error)),
        };
        let title = case.lines().next().unwrap_or_default();
        assert_eq!(found, part(case, "expected"), "{title}");
    }
}

/// One part of a case; empty if it has none.
fn part<'a>(case: &'a str, name: &str) -> &'a str {
    let heading = format!("=== {name}\n");
    let start = case.split_once(&heading).map_or("", |(_, rest)| rest);
    let part = start.split("\n=== ").next().unwrap_or_default();
    match part.ends_with("\n\n") {
        true => &part[..part.len() - 1],
        false => part,
    }
}

/// Resources of a text with several documents.
pub fn resources(text: &str) -> ResMap {
    let documents = text.split("\n---\n").map(|document| {
        let read = yaml::read_node(document, &Limits::default());
        Resource::from(read.expect("it reads").expect("it holds something"))
    });
    ResMap {
        resources: documents.collect(),
    }
}

/// The text of resources, without notes.
pub fn text(resources: &ResMap) -> String {
    let documents = resources.resources.iter().map(|resource| {
        let mut resource = resource.clone();
        resource.remove_notes().expect("an object");
        yaml::write(&resource.node.to_value().expect("it has a value"))
    });
    documents.collect::<Vec<_>>().join("---\n")
}

/// What an error and those behind it say.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn build(case: &str) -> Result<String, Box<dyn Error>> {
    let bytes = part(case, "kustomization").as_bytes();
    let (kustomization, _) = file::read(bytes, "kustomization.yaml")?;
    let bytes = part(case, "configuration").as_bytes();
    let more = match bytes.is_empty() {
        true => TransformerConfig::default(),
        false => file::read_transformer_config(bytes, "config.yaml")?,
    };
    let own = TransformerConfig::built_in().clone().merge(&more)?;
    let config = TransformerConfig::default().merge(&own)?;
    let mut resources = resources(part(case, "resources"));
    apply(&mut resources, &kustomization, &config)?;
    Ok(text(&resources))
}

fn apply(
    resources: &mut ResMap,
    kustomization: &Kustomization,
    config: &TransformerConfig,
) -> Result<(), Box<dyn Error>> {
    let schema = Schema::builtin();
    let args = NamespaceArgs {
        namespace: kustomization.namespace.clone(),
        field_specs: config.namespace.clone(),
        ..NamespaceArgs::default()
    };
    namespace::apply(resources, &args, schema)?;
    if !kustomization.name_prefix.is_empty() {
        prefix::apply(
            resources,
            &kustomization.name_prefix,
            &config.name_prefix,
            schema,
        )?;
    }
    if !kustomization.name_suffix.is_empty() {
        suffix::apply(
            resources,
            &kustomization.name_suffix,
            &config.name_suffix,
            schema,
        )?;
    }
    for label in &kustomization.labels {
        labels::apply(resources, &label.pairs, &config.label_specs(label)?, schema)?;
    }
    labels::apply(
        resources,
        &kustomization.common_labels,
        &config.common_labels,
        schema,
    )?;
    let annotations = &kustomization.common_annotations;
    annotations::apply(resources, annotations, &config.common_annotations, schema)?;
    for replica in &kustomization.replicas {
        replicas::apply(resources, replica, &config.replicas, schema)?;
    }
    for image in &kustomization.images {
        images::apply(resources, image, &config.images, schema)?;
    }
    Ok(())
}
