//! Indexes of all shapes, and what is seen in them.

use super::*;
use std::fmt::Write as _;
use std::io::Write as _;

fn read(text: &str) -> Result<Index, IndexError> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    Index::read(file)
}

/// Whether only an outline is held, and all that is seen.
fn seen(text: &str) -> String {
    let index = match read(text) {
        Ok(index) => index,
        Err(error) => return error.to_string(),
    };
    let shape = match index.0 {
        Shape::Outlined { .. } => "outlined",
        Shape::Whole(_) => "whole",
    };
    let mut out = shape.to_owned();
    for name in index.names() {
        match index.versions(name) {
            Ok(versions) => {
                let texts: Vec<_> = versions
                    .unwrap()
                    .iter()
                    .map(|e| e.version.original.clone())
                    .collect();
                write!(out, "; {name}: {}", texts.join(" ")).unwrap();
            }
            Err(error) => write!(out, "; {name}: ! {error}").unwrap(),
        }
    }
    out
}

const USUAL: &str = "\
apiVersion: v1
entries:
  alpha:
  - apiVersion: v2
    created: \"2026-01-01T00:00:00Z\"
    description: |
      beta:
      - is no chart
    digest: 00
    name: alpha
    urls:
    - https://h/alpha-1.0.0.tgz
    - alpha-1.0.0.tgz
    version: 1.0.0
  # between two entries

  - name: alpha
    version: 1.10.0
    deprecated: true
    urls: [alpha-1.10.0.tgz]
  \"beta\":
    - name: beta
      version: 0.1
generated: \"2026-01-01T00:00:00Z\"
";

#[test]
fn the_usual_shape_is_outlined_and_the_same_as_when_read_whole() {
    assert_eq!(seen(USUAL), "outlined; alpha: 1.10.0 1.0.0; beta: 0.1");
    let windows = USUAL.replace('\n', "\r\n");
    assert_eq!(seen(&windows), "outlined; alpha: 1.10.0 1.0.0; beta: 0.1");
    let other_order = format!(
        "---\n# made by hand\ngenerated: x\n{}",
        USUAL.replace("generated", "x")
    );
    assert_eq!(
        seen(&other_order),
        "outlined; alpha: 1.10.0 1.0.0; beta: 0.1"
    );
    let index = read(USUAL).unwrap();
    let whole = Index::of_text(USUAL.as_bytes()).unwrap();
    for chart in ["alpha", "beta", "gamma"] {
        assert_eq!(
            index.versions(chart).unwrap(),
            whole.versions(chart).unwrap()
        );
    }
    let alpha = index.versions("alpha").unwrap().unwrap();
    assert!(alpha[0].deprecated && !alpha[1].deprecated);
    assert_eq!(&*alpha[1].urls[1], "alpha-1.0.0.tgz");
    assert_eq!(&*alpha[1].digest, "0");
}

#[test]
fn other_shapes_are_read_whole() {
    for (text, expected) in [
        (
            "{\"apiVersion\":\"v1\",\"entries\":{\"a\":[{\"name\":\"a\",\"version\":\"1.0.0\"},null,{}],\"b\":null}}",
            "whole; a: 1.0.0; b: ",
        ),
        (
            "{apiVersion: v1, entries: {a: [{name: a, version: 1.0.0}]}}",
            "whole; a: 1.0.0",
        ),
        (
            "apiVersion: v1\nentries: {a: [{name: a, version: 1.0.0}]}\n",
            "whole; a: 1.0.0",
        ),
        (
            "apiVersion: v1\nentries:\n  a:\n  - &x {name: a, version: 1.0.0}\n  b: [*x]\n",
            "whole; a: 1.0.0; b: 1.0.0",
        ),
        (
            "apiVersion: v1\nentries:\n  a: # first\n  - {name: a, version: 1.0.0}\n",
            "whole; a: 1.0.0",
        ),
        ("apiVersion: v1\nentries:\n", "outlined"),
        ("apiVersion: v1\nentries: {}\n", "whole"),
        ("apiVersion: v1\n", "outlined"),
    ] {
        assert_eq!(seen(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_index_is_said_to_be_none() {
    let api =
        "it has no apiVersion, which every index has; is the address that of a chart repository?";
    let page = "it is a web page, not an index; is the address that of a chart repository?";
    for (text, expected) in [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("<!DOCTYPE html>\n<html>", page),
        ("entries: {}\n", api),
        ("entries:\n  a:\n  - name: a\n", api),
        ("generated: x\nentries:\n", api),
        ("{\"entries\":{}}", api),
        ("not found", "what it says is not what an index has there"),
        ("a: [\n", "it is no YAML"),
        (
            "apiVersion: v1\nentries: []\n",
            "entries is not what an index has there",
        ),
        (
            "apiVersion: v1\nentries: {a: 1}\n",
            "entries.a is not what an index has there",
        ),
    ] {
        assert_eq!(seen(text), expected, "{text:?}");
    }
}

#[test]
fn entries_that_helm_skips_are_skipped() {
    let entries = [
        "{name: a, version: 1.0.0}",
        "{name: a, version: v1.1}",
        "{name: a, version: 1.2}",
        "{name: a, version: one}",
        "{name: a, version: ''}",
        "{name: a}",
        "{version: 1.3.0}",
        "{name: ../a, version: 1.4.0}",
        "{name: a, version: 1.5.0, type: plugin}",
        "{name: a, version: 1.6.0, type: library}",
        "{name: a, version: 1.7.0, maintainers: [null]}",
        "{name: a, version: 1.8.0, dependencies: [null]}",
        "{name: a, version: 1.9.0, dependencies: [{name: x, alias: 'a b'}]}",
        "{name: a, version: 1.10.0, dependencies: [{name: x}, {name: x}]}",
        "{name: a, version: 1.11.0, urls: x}",
        "{name: a, version: 1.12.0-rc.1, unknown: 1}",
        "null",
        "[]",
    ];
    let list: String = entries
        .iter()
        .map(|entry| format!("  - {entry}\n"))
        .collect();
    let text = format!("apiVersion: v1\nentries:\n  a:\n{list}");
    let expected = "outlined; a: 1.12.0-rc.1 1.10.0 1.6.0 1.2 v1.1 1.0.0";
    assert_eq!(seen(&text), expected);
}

#[test]
fn one_broken_chart_spoils_no_other() {
    let text = "apiVersion: v1\nentries:\n  a:\n  - name: a\n   version: 1\n  b:\n  - name: b\n    version: 1.0.0\n";
    let expected = "outlined; a: ! what it says of the chart a is no YAML; b: 1.0.0";
    assert_eq!(seen(text), expected);
}

#[test]
fn a_quote_that_reaches_into_the_next_chart_never_misleads() {
    let quoted = |end: &str| {
        format!(
            "apiVersion: v1\nentries:\n  a:\n  - name: a\n    version: 1.0.0\n    description: \"one\n  b:\n{end}\n"
        )
    };
    assert_eq!(seen(&quoted("  two\"")), "whole; a: 1.0.0");
    let broken = "outlined; a: ! what it says of the chart a is no YAML; b: ! entries.b is not what an index has there";
    assert_eq!(seen(&quoted("    two\"")), broken);
    let broken = "outlined; a: ! what it says of the chart a is no YAML; b: ! what it says of the chart b is no YAML";
    assert_eq!(
        seen(&quoted("  - name: b\n    version: \"1.0.0\"\"")),
        broken
    );
}

#[test]
fn a_large_index_is_outlined_quickly() {
    let mut text = "apiVersion: v1\nentries:\n".to_owned();
    for chart in 0..200 {
        writeln!(text, "  chart-{chart}:").unwrap();
        for version in 0..100 {
            writeln!(
                text,
                "  - name: chart-{chart}\n    version: 1.{version}.0\n    description: {}",
                "x".repeat(200)
            )
            .unwrap();
        }
    }
    let begun = std::time::Instant::now();
    let index = read(&text).unwrap();
    let versions = index.versions("chart-77").unwrap().unwrap();
    assert_eq!(versions.len(), 100);
    assert_eq!(versions[0].version.original, "1.99.0");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}
