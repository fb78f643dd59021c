//! Reads bytes as each kind of file that a build reads.

use kustomize::file;
use kustomize::generate;
use kustomize::load::{Loader, Nowhere, Restrictions};
use kustomize::plugin::{Generator, Transformer};
use kustomize::resource::read_resources;
use kustomize::schema::{BuiltIn, Schema};
use kustomize::{config, file::GeneratorArgs};
use model::{MemoryTree, TreePath};
use std::error::Error;

/// Reads the bytes.
pub fn run(bytes: &[u8]) {
    check(file::read(bytes, "kustomization.yaml"));
    check(file::read_replacements(bytes, "replacements.yaml"));
    check(file::read_transformer_config(bytes, "config.yaml"));
    check(file::read_value_add_targets(bytes, "targets.yaml"));
    check(Schema::from_openapi(bytes, BuiltIn::Yields));
    for resource in read_resources(bytes).unwrap_or_default() {
        check(Transformer::read(&resource));
        check(Generator::read(&resource));
    }
    load(bytes);
}

/// Reads them as files of which only the path is given.
fn load(bytes: &[u8]) {
    let mut tree = MemoryTree::new();
    tree.write(&TreePath::root().child("file"), bytes);
    let loader = Loader::new(&tree, TreePath::root(), Restrictions::RootOnly, &Nowhere);
    let loader = loader.expect("the root is there");
    let files = ["file".to_owned()];
    check(config::from_files(&files, &loader));
    check(config::from_crds(&files, &loader));
    let args = GeneratorArgs {
        name: "name".to_owned(),
        envs: files.to_vec(),
        files: files.to_vec(),
        ..GeneratorArgs::default()
    };
    check(generate::config_map(&args, None, &loader));
}

/// An error can be told.
fn check<T>(read: Result<T, impl Error>) {
    if let Err(error) = read {
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(error) = cause {
            assert!(!error.to_string().is_empty());
            cause = error.source();
        }
    }
}
