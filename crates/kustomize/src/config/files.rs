//! The files of `configurations`.
//!
//! Comes in: paths. Goes out: the built-in fields and those of the files, as one configuration.
//! Source: Kustomize 5.8.1, api/internal/plugins/builtinconfig/loaddefaultconfig.go.

use super::{ConfigError, Conflict, TransformerConfig};
use crate::file;
use crate::load::Loader;

/// The built-in configuration with that of some files, which are merged with each other first. All
/// is merged into nothing at last, as upstream does: a rule for any kind gives way to one for a
/// single kind.
pub fn from_files(paths: &[String], loader: &Loader) -> Result<TransformerConfig, ConfigError> {
    let mut all = TransformerConfig::default();
    for path in paths {
        let read = from_file(path, loader)?.within_bounds(path)?;
        let merged = all.merge(&read);
        all = merged.map_err(|source| conflict(path, source))?;
        all = all.within_bounds(path)?;
    }
    let merged = TransformerConfig::built_in().clone().merge(&all);
    let merged = merged.and_then(|merged| TransformerConfig::default().merge(&merged));
    merged.map_err(|source| conflict(&paths.join(", "), source))
}

fn conflict(path: &str, source: Conflict) -> ConfigError {
    ConfigError::Merge {
        path: path.to_owned(),
        source,
    }
}

fn from_file(path: &str, loader: &Loader) -> Result<TransformerConfig, ConfigError> {
    let bytes = loader.load(path).map_err(|source| ConfigError::Load {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    let read = file::read_transformer_config(&bytes, path);
    let mut config = read.map_err(|source| ConfigError::Read {
        path: path.to_owned(),
        source: Box::new(source),
    })?;
    config.sort();
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::from_crds;
    use crate::load::{Nowhere, Restrictions};
    use model::{MemoryTree, TreePath};
    use std::error::Error;

    fn images(files: &[(&str, &str)], paths: &[&str]) -> Result<Vec<String>, String> {
        let tree = MemoryTree::of(files.iter().copied()).expect("paths");
        let root = TreePath::root();
        let loader = Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).expect("a folder");
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        let config = from_files(&paths, &loader).map_err(|error| {
            let source = error.source().map(ToString::to_string);
            format!("{error}: {}", source.unwrap_or_default())
        })?;
        let images = config.images.into_iter();
        Ok(images
            .map(|spec| spec.gvk.kind + ":" + &spec.path)
            .collect())
    }

    #[test]
    fn files_add_to_the_built_in_fields() {
        let files = [
            (
                "a.yaml",
                "images: [{kind: Ship, path: b}, {kind: Boat, path: a}]",
            ),
            (
                "b.yaml",
                "images: [{kind: Ship, path: b}, {kind: Namespace, path: c}]",
            ),
        ];
        let built_in = images(&files, &[]).expect("nothing to read");
        assert_eq!(built_in.len(), 6);
        let found = images(&files, &["a.yaml", "b.yaml"]).expect("they read");
        let own = ["Namespace:c", "Boat:a", "Ship:b"].map(str::to_owned);
        let expected: Vec<String> = own.into_iter().chain(built_in).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_rule_for_one_kind_takes_the_place_of_that_for_any() {
        let own = "images:\n- {kind: Ship, path: 'spec/containers[]/image', create: true}\n";
        let found = images(&[("a.yaml", own)], &["a.yaml"]).expect("it reads");
        assert_eq!(found.len(), 6);
        assert_eq!(found[0], "Ship:spec/containers[]/image");
    }

    #[test]
    fn files_that_cannot_be_taken_are_named() {
        let files = [
            ("field.yaml", "image: []"),
            ("other.yaml", "images:\n- path: spec/containers[]/image\n"),
        ];
        for (path, expected) in [
            ("missing.yaml", "loading the configuration missing.yaml: "),
            ("field.yaml", "reading the configuration field.yaml: "),
            (
                "other.yaml",
                "merging the configuration other.yaml: conflicting fieldspecs: images",
            ),
        ] {
            let error = images(&files, &[path]).expect_err(path);
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn definitions_of_several_files_are_one_configuration() {
        let type_of = |kind: &str| {
            let own = "{kind: {}, apiVersion: {}, metadata: {}, code: {x-kubernetes-identity: ''}}";
            format!("example.io/v1.{kind}: {{Schema: {{properties: {own}}}}}")
        };
        let (a, b) = (type_of("Ship"), type_of("Boat"));
        let tree = MemoryTree::of([("a.yaml", &*a), ("b.yaml", &*b)]).expect("paths");
        let root = TreePath::root();
        let loader = Loader::new(&tree, root, Restrictions::RootOnly, &Nowhere).expect("a folder");
        let config = from_crds(&["a.yaml".to_owned(), "b.yaml".to_owned()], &loader);
        let specs = config.expect("they read").name_prefix;
        let kinds: Vec<&str> = specs.iter().map(|spec| spec.gvk.kind.as_str()).collect();
        assert_eq!(kinds, ["Boat", "Ship"]);
        let error = from_crds(&["c.yaml".to_owned()], &loader).expect_err("it is missing");
        assert_eq!(error.to_string(), "loading the configuration c.yaml");
    }
}
