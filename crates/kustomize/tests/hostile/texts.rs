//! Bytes that are no text, texts that are no YAML, and very much of both.

use crate::lab::Repository;
use std::fmt::Write;

const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n";

fn with_resource(content: impl AsRef<[u8]>) -> Repository {
    Repository::new("resources: [map.yaml]\n").file("map.yaml", content)
}

#[test]
fn a_file_over_the_limit_of_the_tree_is_refused() {
    let large = format!("{MAP}  large: {}\n", "x".repeat(10 << 20));
    with_resource(large).fails("", &["resources[0] map.yaml", "the limit is 10485760"]);
}

#[test]
fn a_file_just_below_the_limit_is_built() {
    let large = "x".repeat((10 << 20) - 200);
    let (built, _) = with_resource(format!("{MAP}large: {large}\n")).builds("");
    assert_eq!(built.len(), 1);
    assert!(built[0].contains(&large));
}

#[test]
fn a_kustomization_over_the_limit_of_the_tree_is_refused() {
    Repository::new(format!("# {}\n", "x".repeat(10 << 20)))
        .fails("", &["kustomization.yaml", "the limit is 10485760"]);
}

#[test]
fn a_hundred_thousand_documents_are_read() {
    let mut text = String::new();
    for number in 0..10_000 {
        writeln!(text, "---\nkind: A\nmetadata: {{name: n{number}}}").expect("a text takes all");
        text.push_str(&"---\n# nothing\n".repeat(9));
    }
    let (built, effort) = with_resource(text).builds("");
    assert_eq!(built.len(), 10_000);
    assert!(effort.questions < 20, "{effort:?}");
}

#[test]
fn a_list_of_ten_thousand_objects_is_built() {
    let mut text = String::from("kind: List\nitems:\n");
    for number in 0..10_000 {
        writeln!(text, "- {{kind: A, metadata: {{name: n{number}}}}}").expect("a text takes all");
    }
    let (built, _) = with_resource(text).builds("");
    assert_eq!(built.len(), 10_000);
}

#[test]
fn lists_in_lists_end() {
    let (open, close) = ("{kind: List, items: [".repeat(100), "]}".repeat(100));
    let object = "{kind: A, metadata: {name: a}}";
    with_resource(format!("{open}{object}{close}\n")).fails(
        "",
        &[
            "map.yaml",
            "lists of objects stand in each other more than 16 deep",
        ],
    );
}

#[test]
fn a_list_of_very_many_items_is_built() {
    let items = "a,".repeat(1 << 18);
    let (built, _) = with_resource(format!("{MAP}list: [{items}]\n")).builds("");
    assert_eq!(built[0].matches("- a\n").count(), 1 << 18);
}

#[test]
fn names_of_a_megabyte_are_carried() {
    let name = "n".repeat(1 << 20);
    let text = format!("kind: ConfigMap\nmetadata: {{name: {name}}}\n");
    let (built, _) = Repository::new("namePrefix: p-\nresources: [map.yaml]\n")
        .file("map.yaml", text)
        .builds("");
    assert!(built[0].contains(&format!("p-{name}")));
}

#[test]
fn a_path_of_a_megabyte_leads_nowhere() {
    let path = "a/".repeat(1 << 19);
    Repository::new(format!("resources: [{path}]\n")).fails("", &["resources[0]", "doesn't exist"]);
    let up = "../".repeat(1 << 18);
    Repository::new(format!("resources: [{up}]\n")).fails("", &["resources[0]", "outside"]);
}

#[test]
fn what_is_no_utf8_is_refused_where_it_stands() {
    let broken = [MAP.as_bytes(), b"  c: \xff\n"].concat();
    with_resource(&broken).fails("", &["map.yaml", "line 5", "UTF-8"]);
    Repository::new(b"resources:\n- \xff\n").fails("", &["kustomization.yaml", "line 2", "UTF-8"]);
}

#[test]
fn nul_bytes_are_refused_where_they_stand() {
    with_resource(format!("{MAP}c: x\0y\n")).fails(
        "",
        &["map.yaml", "line 5", "control characters are not allowed"],
    );
    Repository::new("resources: [a\0b]\n").fails(
        "",
        &[
            "kustomization.yaml",
            "line 1",
            "control characters are not allowed",
        ],
    );
    Repository::new("resources: [\"a\\0b\"]\n")
        .fails("", &["resources[0]", "a character that no path can have"]);
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_are_fine() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let (built, _) = Repository::new(windows("namePrefix: p-\nresources: [map.yaml]\n"))
        .file("map.yaml", windows(MAP))
        .builds("");
    assert_eq!(
        built,
        ["apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: p-map\n"]
    );
}

#[test]
fn empty_files_are_told_from_missing_ones() {
    Repository::new("").fails("", &["kustomization.yaml is empty"]);
    Repository::new("# nothing\n---\n").fails("", &["kustomization.yaml is empty"]);
    let (built, _) = with_resource("").builds("");
    assert_eq!(built, [""; 0]);
    Repository::new("resources: [map.yaml]\n")
        .fails("", &["resources[0] map.yaml", "'map.yaml' doesn't exist"]);
}

#[test]
fn a_text_of_nothing_but_separators_gives_nothing() {
    let (built, _) = with_resource("---\n".repeat(1 << 18)).builds("");
    assert_eq!(built, [""; 0]);
}
