//! Help texts and usage errors.

use crate::caretaker::offline;
use crate::golden::golden;

const COMMANDS: [&[&str]; 27] = [
    &[],
    &["run"],
    &["crds"],
    &["render"],
    &["kustomize"],
    &["kustomize", "build"],
    &["kustomize", "version"],
    &["helm"],
    &["helm", "template"],
    &["helm", "lint"],
    &["helm", "show"],
    &["helm", "show", "values"],
    &["helm", "dependency"],
    &["helm", "dependency", "build"],
    &["admin"],
    &["admin", "health"],
    &["admin", "actions"],
    &["admin", "action"],
    &["app"],
    &["app", "list"],
    &["app", "get"],
    &["app", "diff"],
    &["app", "drift"],
    &["app", "resources"],
    &["app", "tree"],
    &["app", "sync"],
    &["app", "wait"],
];

#[test]
fn every_command_has_its_help() {
    for command in COMMANDS {
        let output = offline(&[command, &["--help"]].concat());
        let name = ["caretaker"]
            .iter()
            .chain(command)
            .copied()
            .collect::<Vec<_>>()
            .join("-");
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{name}");
        golden(&format!("help/{name}.txt"), &output.stdout);
    }
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for args in [
        &["app", "lst"][..],
        &["app", "get"],
        &["app", "sync", "web", "--resource", "web"],
        &["render", "--path", "a", "--app", "b"],
        &["nothing"],
    ] {
        let output = offline(args);
        assert_eq!(output.code, 2, "{args:?}: {output:?}");
        assert!(
            output.stderr.starts_with("error: ") && output.stdout.is_empty(),
            "{output:?}"
        );
    }
}

#[test]
fn the_version_is_told() {
    let output = offline(&["--version"]);
    assert_eq!(
        output.stdout,
        concat!("caretaker ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn without_a_cluster_the_error_says_what_to_do() {
    let output = offline(&["app", "list"]);
    assert_eq!(output.code, 3, "{output:?}");
    assert!(output.stderr.contains("set KUBECONFIG"), "{output:?}");
    let output = offline(&["app", "list", "--kubeconfig", "/nowhere/config"]);
    assert_eq!(output.code, 3, "{output:?}");
    assert!(output.stderr.contains("/nowhere/config"), "{output:?}");
}
