//! Real charts behind kustomizations that are drawn at random, built by us and by the real tools: the
//! same bytes, or both fail.
//!
//! Runs where `CARETAKER_TESTBED_BIN` names a folder with the real tools and `CARETAKER_CASES` the
//! charts. `CARETAKER_SEED=n` chooses others, `CARETAKER_OVERLAYS=n` more of them.

use super::built::{built, options};
use super::folder::tree_of;
use super::real::Kustomize;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn charts_build_as_the_real_tools_build_them() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases");
    let root = std::env::var_os("CARETAKER_CASES").map_or(beside, PathBuf::from);
    let cases = cases(&root.join("charts"));
    let Some(real) = Kustomize::find().filter(|_| !cases.is_empty()) else {
        eprintln!(
            "LEFT OUT: set CARETAKER_TESTBED_BIN to the real kustomize and helm, CARETAKER_CASES to charts"
        );
        return;
    };
    let mut draw = Draw(number("CARETAKER_SEED").unwrap_or(1));
    let (mut same, mut fail, mut wrong) = (0, 0, Vec::new());
    for _ in 0..number("CARETAKER_OVERLAYS").unwrap_or(20) {
        let case = &cases[draw.below(cases.len())];
        match compare(&real, case, &mut draw) {
            Ok(true) => same += 1,
            Ok(false) => fail += 1,
            Err(why) => wrong.push(why),
        }
    }
    println!("same: {same}, both fail: {fail}, wrong: {}", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The folders of cases of charts that draw nothing at random.
fn cases(charts: &Path) -> Vec<PathBuf> {
    let below = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut found: Vec<PathBuf> = entries.map(|it| it.expect("an entry").path()).collect();
        found.sort();
        found
    };
    let charts = below(charts).into_iter();
    let steady = |case: &PathBuf| about(case)["nondeterministic"] != true;
    charts
        .map(|chart| below(&chart.join("cases")))
        .filter(|cases| cases.iter().all(steady))
        .flatten()
        .collect()
}

fn about(case: &Path) -> Value {
    let text = fs::read(case.join("cmd.json")).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

/// Numbers that only look random (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as usize % bound
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// Both give the same text, or both fail.
fn compare(real: &Kustomize, case: &Path, draw: &mut Draw) -> Result<bool, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let chart = case.join("../../chart");
    copy(&chart, &folder.path().join("charts/it"));
    let kustomization = kustomization(case, folder.path(), draw);
    let text = serde_json::to_string_pretty(&kustomization).expect("it is JSON");
    fs::write(folder.path().join("kustomization.yaml"), &text).expect("a file");
    let flags = match draw.one_in(3) {
        true => {
            "--enable-helm --helm-kube-version v1.29.3 --helm-api-versions monitoring.coreos.com/v1"
        }
        false => "--enable-helm",
    };
    let theirs = real.build(flags, folder.path());
    let ours = built(&tree_of(folder.path()), "", &options(flags));
    match (theirs, ours) {
        (Ok(theirs), Ok(ours)) if theirs == ours => Ok(true),
        (Err(_), Err(_)) => Ok(false),
        (theirs, ours) => {
            let told = difference(theirs, ours);
            Err(format!("{}\n{flags}\n{text}\n{told}", case.display()))
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &target),
            false => drop(fs::copy(&path, &target).expect("a file")),
        }
    }
}

/// A kustomization that renders the chart as the case does, as far as Kustomize can say it.
fn kustomization(case: &Path, folder: &Path, draw: &mut Draw) -> Value {
    let about = about(case);
    let mut chart = json!({
        "name": "it",
        "releaseName": about["release"],
        "namespace": about["namespace"],
        "includeCRDs": about["include_crds"],
        "skipHooks": about["no_hooks"],
        "skipTests": about["skip_tests"],
    });
    if !draw.one_in(3) {
        chart["kubeVersion"] = about["kube_version"].clone();
        chart["apiVersions"] = about["api_versions"].clone();
    }
    let mut files: Vec<String> = texts(&about["values"]);
    for file in &files {
        fs::copy(case.join(file), folder.join(file)).expect("a file");
    }
    let mode = draw.of(&["override", "merge", "replace", ""]);
    if let Some(first) = (!files.is_empty() && draw.one_in(3)).then(|| files.remove(0)) {
        chart["valuesInline"] = inline(&folder.join(first));
        chart["valuesMerge"] = mode.into();
    } else if draw.one_in(3) {
        chart["valuesInline"] = json!({"global": {"fromInline": [1, "yes", null]}});
        chart["valuesMerge"] = mode.into();
    }
    if !files.is_empty() && draw.one_in(3) {
        chart["valuesFile"] = files.remove(0).into();
    }
    chart["additionalValuesFiles"] = files.into();
    let mut whole = json!({"helmCharts": [chart]});
    if draw.one_in(2) {
        whole["namePrefix"] = "p-".into();
        whole["commonLabels"] = json!({"team": "x"});
        whole["images"] = json!([{"name": "nginx", "newTag": "9"}]);
    }
    if draw.one_in(3) {
        whole["namespace"] = "outer".into();
    }
    whole
}

fn texts(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn inline(file: &Path) -> Value {
    let bytes = fs::read(file).expect("a file");
    yaml::read_first(&bytes, &yaml::Limits::default()).unwrap_or_default()
}

fn difference(theirs: Result<String, String>, ours: Result<String, String>) -> String {
    match (theirs, ours) {
        (Ok(theirs), Ok(ours)) => {
            let pairs = theirs.lines().zip(ours.lines());
            let at = pairs.take_while(|(one, other)| one == other).count();
            let from = |text: &str| {
                let lines = text.lines().skip(at.saturating_sub(6)).take(14);
                lines.map(|line| format!("  {line}\n")).collect::<String>()
            };
            format!(
                "line {}\nreal:\n{}ours:\n{}",
                at + 1,
                from(&theirs),
                from(&ours)
            )
        }
        (theirs, ours) => {
            let told = |it: Result<String, String>| {
                it.map_or_else(|error| format!("fails: {error}"), |_| "builds".to_owned())
            };
            format!("real {}\nours {}", told(theirs), told(ours))
        }
    }
}
