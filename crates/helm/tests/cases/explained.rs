//! What an error knows beyond Helm's text: the value that was not there, and what was meant.

use crate::{behaviours, txtar};
use helm::capabilities::Capabilities;
use helm::values::ValueInputs;
use helm::{Options, Problem, Release, Request, chart, template};
use model::TreePath;

/// The value that is missing, by its path, and the key that is nearest to it.
fn missing(files: &str) -> Option<(String, Option<String>)> {
    let files = format!("-- Chart.yaml --\napiVersion: v2\nname: c\nversion: 1.0.0\n{files}");
    let tree = behaviours::tree(&txtar::files(files.as_bytes()));
    let limits = chart::Limits::default();
    let chart = chart::load(&tree, &TreePath::root(), &limits).expect("a chart");
    let request = Request {
        chart: &chart,
        values: &ValueInputs::default(),
        release: Release {
            name: "demo",
            namespace: "default",
            revision: 1,
            is_upgrade: false,
        },
        capabilities: &Capabilities::default(),
        options: &Options::default(),
        parsed: None,
        lookup: None,
    };
    match template(&request).expect_err("it fails").problem {
        Problem::Templates(error) => error.missing.map(|it| (it.path, it.nearest)),
        other => panic!("{other}"),
    }
}

#[test]
fn errors_name_the_value_that_is_not_there() {
    let values = "-- values.yaml --\nimage: {repository: a, pullPolicy: b}\ningress: {hosts: []}\n";
    let helper =
        "-- templates/_h.tpl --\n{{ define \"h\" }}{{ .Values.imgae.repository }}{{ end }}\n";
    for (template, path, nearest) in [
        (
            "{{ .Values.imgae.repository }}",
            ".Values.imgae",
            Some(".Values.image"),
        ),
        ("{{ .Values.image.tags.first }}", ".Values.image.tags", None),
        (
            "{{ $.Values.Ingress.hosts }}",
            ".Values.Ingress",
            Some(".Values.ingress"),
        ),
        (
            "{{ include \"h\" . }}",
            ".Values.imgae",
            Some(".Values.image"),
        ),
        (
            "{{ required \"a policy\" .Values.image.pulPolicy }}",
            ".Values.image.pulPolicy",
            Some(".Values.image.pullPolicy"),
        ),
    ] {
        let files = format!("{values}{helper}-- templates/a.yaml --\n{template}\n");
        let expected = (path.to_owned(), nearest.map(str::to_owned));
        assert_eq!(missing(&files), Some(expected), "{template}");
    }
    let files = "-- templates/a.yaml --\n{{ fail \"no\" }}\n";
    assert_eq!(missing(files), None);
}
