//! Generators that are given very much.

use crate::lab::Repository;
use kustomize::Bounds;
use std::fmt::Write;

#[test]
fn an_env_file_of_megabytes_is_read() {
    let mut lines = String::new();
    for number in 0.. {
        writeln!(lines, "KEY_{number}={}", "x".repeat(1000)).expect("a text takes all");
        if lines.len() > 4 << 20 {
            break;
        }
    }
    let keys = lines.lines().count();
    let (built, _) = Repository::new("configMapGenerator: [{name: a, envs: [large.env]}]\n")
        .file("large.env", lines)
        .builds("");
    assert_eq!(built[0].matches("KEY_").count(), keys);
}

#[test]
fn an_env_file_of_thousands_of_keys_is_read() {
    let mut lines = String::new();
    for number in 0..30_000 {
        writeln!(lines, "K{number}=").expect("a text takes all");
    }
    let (built, _) = Repository::new("configMapGenerator: [{name: a, envs: [large.env]}]\n")
        .file("large.env", lines)
        .builds("");
    assert_eq!(built.len(), 1);
}

#[test]
fn a_secret_of_megabytes_is_encoded() {
    let (built, _) = Repository::new("secretGenerator: [{name: a, files: [large]}]\n")
        .file("large", vec![0xff; 4 << 20])
        .builds("");
    assert!(built[0].len() > (4 << 20) * 4 / 3);
}

#[test]
fn bytes_that_are_no_text_go_where_they_may() {
    let (built, _) = Repository::new("configMapGenerator: [{name: a, files: [bytes, nul]}]\n")
        .file("bytes", b"\xff\xfe")
        .file("nul", b"a\0b")
        .builds("");
    assert!(
        built[0].contains("binaryData:\n  bytes: //4="),
        "{}",
        built[0]
    );
    Repository::new("configMapGenerator: [{name: a, envs: [bytes]}]\n")
        .file("bytes", b"a=\xff\xfe")
        .fails("", &["configMapGenerator[0]", "bytes", "utf8"]);
}

#[test]
fn a_generator_whose_file_lies_outside_is_refused() {
    Repository::default()
        .file(
            "app/kustomization.yaml",
            "secretGenerator: [{name: a, files: [../../../etc/shadow]}]\n",
        )
        .fails(
            "app",
            &["secretGenerator[0]", "security; file '../../../etc/shadow'"],
        );
}

#[test]
fn ten_thousand_generators_are_built() {
    let mut text = String::from("configMapGenerator:\n");
    for number in 0..10_000 {
        writeln!(text, "- {{name: n{number}, literals: [a=b]}}").expect("a text takes all");
    }
    let (built, _) = Repository::new(text).builds("");
    assert_eq!(built.len(), 10_000);
}

#[test]
fn large_data_that_are_merged_again_and_again_are_counted() {
    let lines: String = (0..5000).map(|number| format!("K{number}=\n")).collect();
    let base = "configMapGenerator: [{name: a, envs: [large.env]}]\n";
    let merged = "- {name: a, behavior: merge, literals: [x=y]}\n".repeat(200);
    let bounds = Bounds {
        work: 10_000,
        ..Bounds::default()
    };
    Repository::new(format!("resources: [base]\nconfigMapGenerator:\n{merged}"))
        .file("base/kustomization.yaml", base)
        .file("base/large.env", lines)
        .within(bounds)
        .fails("", &["configMapGenerator[", "the build is stopped"]);
}
