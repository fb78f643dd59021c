//! `helm lint` over our own small charts: each with what the real tool prints of it.

use crate::command::lint_words;
use crate::folder::tree_of;
use crate::real::Helm;
use crate::{behaviours, flipped, txtar};
use gotemplate::Map;
use helm::chart;
use helm::lint::{LintReport, LintRequest, LintSettings, lint};
use model::TreePath;
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn lint_finds_what_helm_lint_finds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let index = fs::read(folder.join("index.json")).expect("an index");
    let index: Vec<Value> = serde_json::from_slice(&index).expect("the index is JSON");
    let wrong: Vec<String> = index
        .iter()
        .filter_map(|case| play(&folder, case))
        .collect();
    println!("lint: {} cases, {} are wrong", index.len(), wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(index.len() >= 50, "too few cases");
}

/// Runs where the real tool and the charts are, as `flipped` does.
#[test]
fn public_charts_lint_as_helm_lints_them() {
    let Some(helm) = Helm::find() else {
        eprintln!("LEFT OUT: the real helm is not here; set CARETAKER_TESTBED_BIN");
        return;
    };
    let charts = flipped::charts();
    let wrong: Vec<String> = charts.iter().filter_map(|it| compare(&helm, it)).collect();
    println!("lint: {} charts, {} are wrong", charts.len(), wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

fn compare(helm: &Helm, chart: &Path) -> Option<String> {
    // Helm tells absolute paths, links followed.
    let chart = &fs::canonicalize(chart).expect("it is there");
    let ran = helm.run(&["lint".to_owned(), "chart".to_owned()], chart);
    let stderr = ran
        .stderr
        .lines()
        .filter(|line| !line.starts_with("level="));
    let stderr: String = stderr.map(|line| format!("{line}\n")).collect();
    let theirs = format!("{}{stderr}", String::from_utf8_lossy(&ran.stdout));
    let values = Map::default();
    let absolute = chart.join("chart");
    let report = lint(&LintRequest {
        tree: &tree_of(&absolute),
        folder: &TreePath::root(),
        shown: "chart",
        absolute: &absolute.to_string_lossy(),
        values: &values,
        namespace: "default",
        kube_version: None,
        skip_schema_validation: false,
        limits: chart::Limits::default(),
    });
    let (text, error) = LintReport::print_all(&[report], LintSettings::default());
    let ours = match error {
        Some(error) => format!("{text}Error: {error}\n"),
        None => text,
    };
    // Go walks over the properties of a schema, and over charts in charts/, in any order.
    let sorted = |text: &str| {
        let parts = text.split(['\n', ',', ':']);
        let mut parts: Vec<String> = parts.map(|part| part.trim().to_owned()).collect();
        parts.sort();
        parts
    };
    // Helm fetches what a schema refers to; we do not.
    let same = theirs.contains("failing loading") || sorted(&ours) == sorted(&theirs);
    (!same).then(|| {
        format!(
            "{}: expected\n{theirs}\nbut it gives\n{ours}",
            chart.display()
        )
    })
}

fn play(folder: &Path, case: &Value) -> Option<String> {
    let name = case["name"].as_str().expect("a name");
    let read = |extension: &str| fs::read(folder.join(format!("{name}.{extension}")));
    let archive = read("txtar").expect("a chart");
    let expected = read("expected").expect("what the real tool prints");
    let (expected, printed) = (String::from_utf8_lossy(&expected), run(&archive, case));
    (printed != expected).then(|| format!("{name}: expected\n{expected}\nbut it gives\n{printed}"))
}

fn run(archive: &[u8], case: &Value) -> String {
    let tree = behaviours::tree(&txtar::files(archive));
    let words = lint_words(&case["args"]);
    let values = words
        .template
        .values(&crate::case::Files::Memory(Default::default()));
    let values = values
        .expect("no values files")
        .merge()
        .expect("good values");
    let version = words.template.kube_version.as_ref();
    let version = version.map(|it| helm::capabilities::KubeVersion::parse(it).expect("a version"));
    let report = lint(&LintRequest {
        tree: &tree,
        folder: &TreePath::root(),
        shown: ".",
        absolute: "CHART",
        values: &values,
        namespace: &words.template.namespace,
        kube_version: version.as_ref(),
        skip_schema_validation: words.template.options.skip_schema_validation,
        limits: chart::Limits::default(),
    });
    let (text, error) = LintReport::print_all(&[report], words.settings);
    match error {
        Some(error) => format!("{text}exit 1\nError: {error}\n"),
        None => text,
    }
}
