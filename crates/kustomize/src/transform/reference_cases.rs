//! Whole kustomizations for the tests of what refers to other resources: names, variables and
//! replacements.
//!
//! Comes in: cases, each a kustomization's fields, a file of `configurations` or nothing, resources,
//! and what Kustomize 5.8.1 makes of them, or an error. Goes out: whether we make the same.

use super::tests::{chain, resources, text};
use super::variables::{self, VarSet};
use super::{name_reference, namespace, prefix, replacements, suffix};
use crate::config::TransformerConfig;
use crate::file::{self, Kustomization, NamespaceArgs};
use crate::resource::ResMap;
use crate::schema::Schema;
use std::error::Error;

/// Checks each case of a file. An expectation that starts with `Error:` is what errors say from the
/// outside in, as far as it goes.
pub fn check(cases: &str) {
    for case in cases.split("### ").skip(1) {
        let title = case.lines().next().unwrap_or_default();
        let expected = part(case, "expected");
        match (build(case), expected.starts_with("Error: ")) {
            (Ok(found), _) => assert_eq!(found, expected, "{title}"),
            (Err(error), true) => {
                let found = format!("Error: {}", chain(&*error));
                assert!(found.starts_with(expected.trim_end()), "{title}: {found}");
            }
            (Err(error), false) => panic!("{title}: {}", chain(&*error)),
        }
    }
}

/// One part of a case; empty if it has none.
fn part<'a>(case: &'a str, name: &str) -> &'a str {
    let heading = format!("=== {name}\n");
    let start = case.split_once(&heading).map_or("", |(_, rest)| rest);
    let end = start.find("\n=== ").map_or(start.len(), |at| at + 1);
    let part = &start[..end];
    part.strip_suffix("\n\n")
        .map_or(part, |text| &part[..=text.len()])
}

fn build(case: &str) -> Result<String, Box<dyn Error>> {
    let bytes = part(case, "kustomization").as_bytes();
    let (kustomization, _) = file::read(bytes, "kustomization.yaml")?;
    let bytes = part(case, "configuration").as_bytes();
    let more = match bytes.is_empty() {
        true => TransformerConfig::default(),
        false => file::read_transformer_config(bytes, "config.yaml")?,
    };
    let config = TransformerConfig::built_in().clone().merge(&more)?;
    let mut resources = resources(part(case, "resources"));
    rename(&mut resources, &kustomization, &config)?;
    let list = kustomization.replacements.iter();
    let list = list.map(|field| field.replacement.clone());
    replacements::apply(&mut resources, &list.collect::<Vec<_>>())?;
    let mut vars = VarSet::default();
    vars.declare(&kustomization.vars, &mut resources, Schema::builtin())?;
    name_reference::apply(&mut resources, &config.name_references, Schema::builtin())?;
    variables::resolve(
        &mut resources,
        &vars,
        &config.var_references,
        Schema::builtin(),
    )?;
    Ok(text(&resources))
}

fn rename(
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
    let before = &kustomization.name_prefix;
    if !before.is_empty() {
        prefix::apply(resources, before, &config.name_prefix, schema)?;
    }
    let behind = &kustomization.name_suffix;
    if !behind.is_empty() {
        suffix::apply(resources, behind, &config.name_suffix, schema)?;
    }
    Ok(())
}
