//! Our build.
//!
//! Comes in: a tree, a folder of it and flags. Goes out: the text, or the report of what is wrong.

use kustomize::generate::HelmSettings;
use kustomize::load::Restrictions;
use kustomize::{Options, Order, Request, build};
use model::{MemoryTree, TreePath};
use render::{Charts, NoRemotes, RecordedRemotes};

/// Builds a folder of a tree that stands for a disk.
pub fn built(tree: &MemoryTree, folder: &str, options: &Options) -> Result<String, String> {
    let charts = Charts::default();
    let request = Request {
        tree,
        folder: &TreePath::parse(folder).expect("a path in the tree"),
        options,
        elsewhere: &RecordedRemotes::new(&NoRemotes, &charts),
        parsed: None,
        edit: None,
    };
    let built = build(&request).map_err(|error| error.report())?;
    Ok(built.to_yaml())
}

/// The flags these tests use.
pub fn options(flags: &str) -> Options {
    let mut words = flags.split_whitespace();
    let mut options = Options {
        on_disk: true,
        ..Options::default()
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("a value").to_owned();
        match word {
            "--enable-helm" => options.helm.enabled = true,
            "--helm-kube-version" => options.helm.kube_version = value(),
            "--helm-api-versions" => options.helm.api_versions.push(value()),
            "--reorder" if value() == "none" => options.order = Order::AsRead,
            "--load-restrictor" if value().ends_with("None") => {
                options.restrictions = Restrictions::None;
            }
            other => panic!("{other} is no flag of these tests"),
        }
    }
    options
}

/// Charts and nothing else.
pub fn with_helm() -> Options {
    Options {
        helm: HelmSettings {
            enabled: true,
            ..HelmSettings::default()
        },
        on_disk: true,
        ..Options::default()
    }
}
