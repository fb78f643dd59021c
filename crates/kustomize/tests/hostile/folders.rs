//! Folders that lead back to where they come from, or on and on.

use crate::lab::{Effort, Repository};
use kustomize::Bounds;

/// Folders with one field each: `a -> b` is `("a", "../b")`.
fn folders(field: &str, steps: &[(&str, &str)]) -> Repository {
    let add = |repository: Repository, (folder, next): &(&str, &str)| {
        let kind = match field {
            "components" => "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
            _ => "",
        };
        let file = format!("{folder}/kustomization.yaml");
        repository.file(&file, format!("{kind}{field}: [{next}]\n"))
    };
    steps.iter().fold(Repository::default(), add)
}

#[test]
fn bases_in_a_circle_are_refused() {
    for (steps, way) in [
        (&[("a", "../a")][..], "(a)"),
        (&[("a", ".")], "(a)"),
        (&[("a", "../b"), ("b", "../a")], "(a -> b)"),
        (
            &[("a", "../b"), ("b", "../c"), ("c", "../a")],
            "(a -> b -> c)",
        ),
        (&[("a", "..")], "(a)"),
    ] {
        let effort =
            folders("resources", steps).fails("a", &["cycle detected", way, "resources[0]"]);
        assert!(effort.questions < 60, "{steps:?}: {effort:?}");
    }
}

#[test]
fn components_in_a_circle_are_refused() {
    for steps in [
        &[("a", "../a")][..],
        &[("a", "../b"), ("b", "../a")],
        &[("a", "../b"), ("b", "../c"), ("c", "../a")],
    ] {
        folders("components", steps)
            .file("top/kustomization.yaml", "components: [../a]\n")
            .fails("top", &["cycle detected", "components[0]"]);
    }
}

#[test]
fn generators_and_transformers_in_a_circle_are_refused() {
    for field in ["generators", "transformers", "validators"] {
        folders(field, &[("a", "../b"), ("b", "../a")]).fails("a", &["cycle detected", field]);
    }
}

fn chain(length: usize) -> Repository {
    let link = |repository: Repository, number: usize| {
        let text = match number + 1 < length {
            true => format!("namePrefix: n-\nresources: [../f{}]\n", number + 1),
            false => "configMapGenerator: [{name: end}]\n".to_owned(),
        };
        repository.file(&format!("f{number}/kustomization.yaml"), text)
    };
    (0..length).fold(Repository::default(), link)
}

#[test]
fn a_long_chain_of_bases_is_built_and_a_longer_one_refused() {
    let (built, _) = chain(256).builds("f0");
    assert_eq!(built.len(), 1);
    assert!(built[0].contains(&"n-".repeat(255)));
    chain(257).fails("f0", &["'f256' is nested more than 256 folders deep"]);
}

/// Each level names two folders, each of which names the next level under a name of its own.
fn fan_out(levels: usize, leaf: &str) -> Repository {
    let mut repository = Repository::default().file(
        &format!("level{levels}/kustomization.yaml"),
        format!("configMapGenerator: [{leaf}]\n"),
    );
    for level in 0..levels {
        for side in ["left", "right"] {
            let text = format!("namePrefix: {side}-\nresources: [../level{}]\n", level + 1);
            repository = repository.file(&format!("{side}{level}/kustomization.yaml"), text);
        }
        let text = format!("resources: [../left{level}, ../right{level}]\n");
        repository = repository.file(&format!("level{level}/kustomization.yaml"), text);
    }
    repository
}

#[test]
fn folders_that_double_on_every_level_are_built_while_they_are_few() {
    let (built, effort) = fan_out(5, "{name: leaf}").builds("level0");
    assert_eq!(built.len(), 32);
    assert!(effort.questions < 2000, "{effort:?}");
}

#[test]
fn resources_that_double_on_every_level_end() {
    let bounds = Bounds {
        resources: 1000,
        ..Bounds::default()
    };
    let says = ["the build is stopped: it would read more than 1000 resources"];
    let effort = fan_out(30, "{name: leaf}")
        .within(bounds)
        .fails("level0", &says);
    assert!(effort.questions < 100_000, "{effort:?}");
}

#[test]
fn bytes_are_counted() {
    let bounds = Bounds {
        bytes: 100_000,
        ..Bounds::default()
    };
    let says = ["it would read more than 100000 bytes"];
    let Effort { bytes, .. } = fan_out(30, "{name: leaf}")
        .within(bounds)
        .fails("level0", &says);
    assert!(bytes < 110_000, "{bytes}");
}

#[test]
fn components_that_double_on_every_level_end() {
    let header = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
    let mut repository = Repository::new("components: [c0, c0]\n");
    for level in 0..30 {
        let next = format!("../c{}", level + 1);
        let text = format!("{header}components: [{next}, {next}]\n");
        repository = repository.file(&format!("c{level}/kustomization.yaml"), text);
    }
    let bounds = Bounds {
        work: 2000,
        ..Bounds::default()
    };
    repository
        .file(
            "c30/kustomization.yaml",
            format!("{header}namePrefix: p-\n"),
        )
        .within(bounds)
        .fails("", &["the build is stopped", "more often than 2000 times"]);
}

#[test]
fn a_folder_named_as_a_kustomization_is_none() {
    Repository::default()
        .file("kustomization.yaml/file", "resources: []\n")
        .fails("", &["unable to find one of 'kustomization.yaml'"]);
}

#[test]
fn two_kustomizations_in_one_folder_are_refused() {
    Repository::new("namePrefix: a-\n")
        .file("Kustomization", "namePrefix: b-\n")
        .fails("", &["Found multiple kustomization files"]);
}

#[test]
fn a_base_that_a_thousand_folders_name_is_built_a_thousand_times() {
    let mut names = String::new();
    let mut repository = Repository::default().file(
        "base/kustomization.yaml",
        "configMapGenerator: [{name: b}]\n",
    );
    for number in 0..1000 {
        let text = format!("nameSuffix: -x{number}\nresources: [../base]\n");
        repository = repository.file(&format!("f{number}/kustomization.yaml"), text);
        names.push_str(&format!("- f{number}\n"));
    }
    let (built, effort) = repository
        .file("kustomization.yaml", format!("resources:\n{names}"))
        .builds("");
    assert_eq!(built.len(), 1000);
    assert!(effort.questions < 30_000, "{effort:?}");
}

#[test]
fn a_base_named_a_thousand_times_is_the_same_object_twice() {
    let again = "base,".repeat(1000);
    Repository::new(format!("resources: [{again}]\n"))
        .file(
            "base/kustomization.yaml",
            "configMapGenerator: [{name: b}]\n",
        )
        .fails(
            "",
            &[
                "resources[",
                "may not add resource with an already registered id",
            ],
        );
}
