//! Aliases that expand without end, and those that multiply what was read.

use crate::lab::Repository;
use kustomize::Bounds;
use std::fmt::Write;

/// Ten lists, each with the one before nine times over.
fn bomb() -> String {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for number in 1..10 {
        let items = vec![format!("*a{}", number - 1); 9].join(", ");
        writeln!(text, "a{number}: &a{number} [{items}]").expect("a text takes all");
    }
    text
}

const HEADER: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bomb\n";

#[test]
fn a_bomb_in_a_resource_is_refused() {
    let effort = Repository::new("resources: [bomb.yaml]\n")
        .file("bomb.yaml", format!("{HEADER}{}", bomb()))
        .fails("", &["resources[0] bomb.yaml", "excessive aliasing"]);
    assert!(effort.bytes < 2000);
}

#[test]
fn a_bomb_in_a_kustomization_is_refused() {
    Repository::new(bomb()).fails("", &["kustomization.yaml", "excessive aliasing"]);
}

#[test]
fn a_bomb_in_a_patch_is_refused() {
    let target = format!("{HEADER}data: {{}}\n");
    Repository::new("resources: [map.yaml]\npatches:\n- path: bomb.yaml\n")
        .file("map.yaml", target)
        .file("bomb.yaml", format!("{HEADER}{}", bomb()))
        .fails("", &["patches[0] bomb.yaml", "excessive aliasing"]);
}

/// One object of few bytes and very many nodes.
fn wide() -> String {
    let items = vec!["*a"; 1000].join(",");
    let lists = vec!["*b"; 300].join(",");
    format!("{HEADER}a: &a x\nb: &b [{items}]\nc: [{lists}]\n")
}

#[test]
fn an_object_that_aliases_make_wide_is_not_copied_without_end() {
    let folders = 20;
    let mut names = String::new();
    let mut repository = Repository::default().file("wide/wide.yaml", wide());
    repository = repository.file("wide/kustomization.yaml", "resources: [wide.yaml]\n");
    for number in 0..folders {
        let text = format!("namePrefix: p{number}-\nresources: [../wide]\n");
        repository = repository.file(&format!("p{number}/kustomization.yaml"), text);
        writeln!(names, "- p{number}").expect("a text takes all");
    }
    let bounds = Bounds {
        nodes: 1_000_000,
        ..Bounds::default()
    };
    repository
        .file("kustomization.yaml", format!("resources:\n{names}"))
        .within(bounds)
        .fails("", &["it would read more than 1000000 values in resources"]);
}
