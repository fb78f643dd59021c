//! Small overlays of our own, one behaviour each.

use super::built::{built, options};
use super::folder::tree_of;
use super::real::Kustomize;
use model::MemoryTree;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn overlays_with_charts_build_as_the_real_tools_build_them() {
    let overlays = all();
    if std::env::var_os("CARETAKER_BLESS").is_some() {
        let real = Kustomize::find().expect("set CARETAKER_TESTBED_BIN to bless overlays");
        overlays.iter().for_each(|overlay| bless(overlay, &real));
    }
    let wrong = overlays.iter().filter_map(|overlay| {
        let why = check(overlay).err()?;
        Some(format!("{}: {why}", overlay.display()))
    });
    let wrong: Vec<String> = wrong.collect();
    println!("overlays: {}, wrong: {}", overlays.len(), wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(overlays.len() > 100, "overlays are missing");
}

#[test]
fn a_build_renders_only_so_many_charts() {
    let chart = "- {name: web, releaseName: NAME}\n";
    let charts: String = ["a", "b", "c"]
        .map(|name| chart.replace("NAME", name))
        .concat();
    let tree = MemoryTree::of([
        ("kustomization.yaml", &*format!("helmCharts:\n{charts}")),
        (
            "charts/web/Chart.yaml",
            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        ),
        ("charts/web/values.yaml", ""),
    ]);
    let tree = tree.expect("paths in the tree");
    let mut options = options("--enable-helm");
    assert!(built(&tree, "", &options).is_ok());
    options.bounds.charts = 2;
    let error = built(&tree, "", &options).expect_err("there are three");
    assert!(error.contains("render more than 2 charts"), "{error}");
}

fn all() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kustomize_charts/overlays");
    let entries = fs::read_dir(folder).expect("the overlays are here");
    let mut overlays: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    overlays.sort();
    overlays
}

fn flags(overlay: &Path) -> String {
    let own = fs::read_to_string(overlay.join("flags"));
    own.unwrap_or_else(|_| "--enable-helm".to_owned())
}

fn top(overlay: &Path) -> &'static str {
    match overlay.join("input/top").is_dir() {
        true => "top",
        false => "",
    }
}

fn check(overlay: &Path) -> Result<(), String> {
    let tree = tree_of(&overlay.join("input"));
    let found = built(&tree, top(overlay), &options(&flags(overlay)));
    match (found, fs::read_to_string(overlay.join("expected.yaml"))) {
        (Ok(text), Ok(expected)) if text == expected => Ok(()),
        (Ok(text), Ok(expected)) => Err(format!("expected\n{expected}\nbut it gives\n{text}")),
        (Ok(text), Err(_)) => Err(format!("it should fail, but it gives\n{text}")),
        (Err(error), Ok(_)) => Err(format!("it fails: {error}")),
        (Err(error), Err(_)) => {
            let says = fs::read_to_string(overlay.join("says")).unwrap_or_default();
            let missing = says.lines().find(|phrase| !error.contains(phrase));
            match (says.is_empty(), missing) {
                (true, _) => Err(format!("write into `says` what matters of: {error}")),
                (_, Some(phrase)) => Err(format!("{phrase:?} is not said by: {error}")),
                _ => Ok(()),
            }
        }
    }
}

fn bless(overlay: &Path, real: &Kustomize) {
    let folder = overlay.join("input").join(top(overlay));
    let expected = overlay.join("expected.yaml");
    match real.build(&flags(overlay), &folder) {
        Ok(text) => fs::write(expected, text).expect("it can be written"),
        Err(complaint) => {
            println!("{}: {complaint}", overlay.display());
            let _ = fs::remove_file(expected);
        }
    }
}
