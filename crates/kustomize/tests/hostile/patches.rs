//! Patches that are very many, very long, or that double what is there.

use crate::lab::Repository;
use kustomize::Bounds;
use std::fmt::Write;

const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n";

fn maps(count: usize) -> String {
    let map =
        |number| format!("---\nkind: ConfigMap\nmetadata: {{name: map-{number}}}\ndata: {{}}\n");
    (0..count).map(map).collect()
}

fn json_patch(patch: String) -> Repository {
    Repository::new(
        "resources: [map.yaml]\npatches: [{path: patch.yaml, target: {kind: ConfigMap}}]\n",
    )
    .file("map.yaml", MAP)
    .file("patch.yaml", patch)
}

fn patches(count: usize) -> String {
    let patch = |number| {
        let (name, key) = (number % 1000, number / 1000);
        format!(
            "- {{patch: '[{{\"op\": \"add\", \"path\": \"/data/k{key}\", \"value\": \"x\"}}]', \
             target: {{name: map-{name}}}}}\n"
        )
    };
    let patches: String = (0..count).map(patch).collect();
    format!("resources: [maps.yaml]\npatches:\n{patches}")
}

#[test]
fn hundreds_of_patches_over_a_thousand_resources_are_applied() {
    let (built, _) = Repository::new(patches(300))
        .file("maps.yaml", maps(1000))
        .builds("");
    let patched = built.iter().filter(|map| map.contains("k0: x"));
    assert_eq!(patched.count(), 300);
}

#[test]
fn ten_thousand_patches_over_a_thousand_resources_are_counted() {
    let bounds = Bounds {
        work: 100_000,
        ..Bounds::default()
    };
    let says = "the build is stopped: it would transform resources more often than 100000 times";
    Repository::new(patches(10_000))
        .file("maps.yaml", maps(1000))
        .within(bounds)
        .fails("", &[says]);
}

#[test]
fn hundreds_of_patches_of_one_resource_are_applied() {
    let patch = r#"[{"op": "add", "path": "/data/a", "value": "c"}]"#;
    let entry = format!("- {{patch: '{patch}', target: {{name: map}}}}\n");
    let text = format!("resources: [map.yaml]\npatches:\n{}", entry.repeat(500));
    let (built, _) = Repository::new(text).file("map.yaml", MAP).builds("");
    assert!(built[0].contains("a: c"));
}

#[test]
fn five_thousand_merges_over_a_thousand_resources_are_applied() {
    let mut patches = String::new();
    for number in 0..5000 {
        let (name, key) = (number % 1000, number / 1000);
        writeln!(
            patches,
            "---\nkind: ConfigMap\nmetadata: {{name: map-{name}}}\ndata: {{k{key}: x}}"
        )
        .expect("a text takes all");
    }
    let (built, _) = Repository::new("resources: [maps.yaml]\npatches: [{path: patches.yaml}]\n")
        .file("maps.yaml", maps(1000))
        .file("patches.yaml", patches)
        .builds("");
    assert_eq!(built.len(), 1000);
}

#[test]
fn tens_of_thousands_of_operations_are_done() {
    let operation = "- {op: add, path: /data/a, value: c}\n";
    let (built, _) = json_patch(operation.repeat(30_000)).builds("");
    assert!(built[0].contains("a: c"));
}

#[test]
fn copies_that_double_end() {
    let mut patch = String::new();
    for number in 0..40 {
        writeln!(patch, "- {{op: copy, from: /data, path: /data/k{number}}}")
            .expect("a text takes all");
    }
    json_patch(patch).fails("", &["patches[0] patch.yaml", "operation", "copy"]);
}

#[test]
fn copies_that_nest_end() {
    let mut patch = String::new();
    for doubling in 0..16 {
        let path = "/data".repeat(1 << doubling);
        writeln!(patch, "- {{op: copy, from: /data, path: {path}/data}}")
            .expect("a text takes all");
    }
    json_patch(patch).fails("", &["patches[0] patch.yaml", "operation"]);
}

#[test]
fn additions_that_nest_end() {
    let mut patch = String::new();
    for depth in 1..3000 {
        let path = "/a".repeat(depth);
        writeln!(patch, "- {{op: add, path: {path}, value: {{}}}}").expect("a text takes all");
    }
    json_patch(patch).fails("", &["patches[0] patch.yaml", "operation"]);
}

#[test]
fn a_pointer_of_a_megabyte_is_refused() {
    let path = "/a".repeat(1 << 19);
    json_patch(format!("- {{op: add, path: {path}, value: 1}}\n"))
        .fails("", &["patches[0] patch.yaml", "operation 1"]);
}

#[test]
fn merges_of_lists_that_are_too_long_are_refused() {
    let mut list = String::new();
    for number in 0..20_000 {
        writeln!(list, "      - {{name: c{number}, image: i}}").expect("a text takes all");
    }
    let pods = |image: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d}}\nspec:\n  template:\n    \
             spec:\n      containers:\n{}",
            list.replace("image: i", image)
        )
    };
    let says = [
        "patches[0] p.yaml",
        "spec.template.spec.containers",
        "too long",
    ];
    Repository::new("resources: [d.yaml]\npatches: [{path: p.yaml}]\n")
        .file("d.yaml", pods("image: old"))
        .file("p.yaml", pods("image: new"))
        .fails("", &says);
}

#[test]
fn a_large_patch_of_very_many_resources_ends() {
    let large = "x".repeat(1 << 20);
    let patch = format!("kind: ConfigMap\nmetadata: {{name: any}}\ndata: {{large: {large}}}\n");
    Repository::new(
        "resources: [maps.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n",
    )
    .file("maps.yaml", maps(10_000))
    .file("p.yaml", patch)
    .fails("", &["the build is stopped"]);
}

/// A map of very many nulls, which merging takes out one by one.
#[test]
fn very_many_nulls_are_taken_out() {
    let nulls: String = (0..20_000)
        .map(|number| format!("  n{number}:\n"))
        .collect();
    let keys: String = (0..20_000)
        .map(|number| format!("  k{number}: v\n"))
        .collect();
    let gone: String = (0..20_000)
        .map(|number| format!("  k{number}: null\n"))
        .collect();
    let header = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n";
    let (built, _) = Repository::new("resources: [map.yaml]\npatches: [{path: patch.yaml}]\n")
        .file("map.yaml", format!("{header}other:\n{nulls}data:\n{keys}"))
        .file("patch.yaml", format!("{header}data:\n{gone}"))
        .builds("");
    assert_eq!(built[0].matches(": v\n").count(), 0);
    assert_eq!(built[0].matches(": null\n").count(), 0);
}

#[test]
fn thousands_of_patches_in_each_field_are_applied() {
    let (mut texts, mut file) = (String::from("patchesStrategicMerge:\n"), String::new());
    for number in 0..2000 {
        let header = format!("kind: ConfigMap\n  metadata: {{name: map-{number}}}");
        writeln!(texts, "- |\n  {header}\n  data: {{a: x}}").expect("a text takes all");
        let header = header.replace("  ", "");
        writeln!(file, "---\n{header}\ndata: {{b: x}}").expect("a text takes all");
    }
    let text = format!("resources: [maps.yaml]\n{texts}patches: [{{path: all.yaml}}]\n");
    let (built, _) = Repository::new(text)
        .file("maps.yaml", maps(2000))
        .file("all.yaml", file)
        .builds("");
    let patched = built
        .iter()
        .filter(|map| map.contains("data:\n  a: x\n  b: x\n"));
    assert_eq!(patched.count(), 2000);
}
