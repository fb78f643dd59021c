//! Symbolic links that lead out, or round and round.

use crate::lab::Repository;

#[test]
fn a_link_out_of_the_tree_is_refused() {
    for target in ["../../../etc/passwd", "/etc/passwd"] {
        Repository::new("resources: [passwd.yaml]\n")
            .link("passwd.yaml", target)
            .fails(
                "",
                &["resources[0] passwd.yaml", "cannot be followed", "outside"],
            );
    }
}

#[test]
fn a_link_to_a_folder_out_of_the_tree_is_refused() {
    Repository::new("resources: [out]\n")
        .link("out", "../neighbour")
        .fails("", &["resources[0] out", "outside"]);
}

#[test]
fn a_link_to_another_folder_of_the_tree_leaks_nothing() {
    Repository::default()
        .file(
            "app/kustomization.yaml",
            "configMapGenerator: [{name: a, files: [key]}]\n",
        )
        .file("secret/key", "s3cret")
        .link("app/key", "../secret/key")
        .fails(
            "app",
            &["security; file 'app/key' is not in or below 'app'"],
        );
}

#[test]
fn links_in_a_circle_end() {
    let effort = Repository::new("resources: [one.yaml]\n")
        .link("one.yaml", "two.yaml")
        .link("two.yaml", "one.yaml")
        .fails("", &["resources[0] one.yaml", "links"]);
    assert!(effort.questions < 100, "{effort:?}");
}

#[test]
fn a_link_to_the_folder_it_is_in_is_a_cycle() {
    Repository::new("resources: [again]\n")
        .link("again", ".")
        .fails("", &["resources[0] again", "cycle detected"]);
}

#[test]
fn a_kustomization_that_is_a_link_to_itself_is_none() {
    Repository::default()
        .link("kustomization.yaml", "kustomization.yaml")
        .fails("", &["kustomization"]);
}
