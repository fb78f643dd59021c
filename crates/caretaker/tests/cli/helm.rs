//! `caretaker helm`, in the place of the real command. `golden/helm-*.txt` is what Helm v4.2.4 itself
//! prints.

use crate::caretaker::{Output, offline};
use crate::golden::golden;
use std::path::Path;

fn chart() -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fixtures");
    fixtures.join("charts/shop").display().to_string()
}

fn helm(args: &[&str]) -> Output {
    offline(&[&["helm"], args].concat())
}

#[test]
fn templates_are_those_of_the_real_command() {
    let chart = chart();
    let values = format!("{chart}/ci/large.yaml");
    let rows: [(&str, Vec<&str>); 3] = [
        ("helm-template.txt", vec!["template", "web", &chart]),
        (
            "helm-template-flags.txt",
            vec![
                "template",
                "web",
                &chart,
                "-n",
                "shops",
                "-f",
                &values,
                "--set",
                "color=green",
                "--set-string",
                "port=80",
                "--include-crds",
                "--no-hooks",
                "--kube-version",
                "1.30",
                "--api-versions",
                "example.com/v1",
            ],
        ),
        (
            "helm-template-only.txt",
            vec![
                "template",
                "web",
                &chart,
                "--show-only",
                "templates/settings.yaml",
            ],
        ),
    ];
    for (file, args) in rows {
        let output = helm(&args);
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{args:?}");
        golden(file, &output.stdout);
    }
    assert_eq!(helm(&["version"]).stdout, "v4.2.4\n");
}

#[test]
fn what_a_chart_holds_is_shown() {
    let chart = chart();
    for part in ["chart", "values", "readme", "crds", "all"] {
        let output = helm(&["show", part, &chart]);
        assert_eq!(output.code, 0, "{output:?}");
        golden(&format!("helm-show-{part}.txt"), &output.stdout);
    }
    let color = helm(&["show", "values", &chart, "--jsonpath", "{.color}"]);
    assert_eq!(color.stdout, "blue");
}

#[test]
fn failures_end_with_one_in_helms_words() {
    let chart = chart();
    let failing = helm(&["template", "web", &chart, "--set", "fail=yes"]);
    assert_eq!((failing.code, failing.stdout.as_str()), (1, ""));
    golden("helm-template-failing.txt", &failing.stderr);
    for args in [
        &["template", "web", "nowhere"][..],
        &["template", "web", &chart, "--unknown"],
        &["show", "chart", "oci://127.0.0.1:1/none", "--offline"],
    ] {
        assert_eq!(helm(args).code, 1, "{args:?}");
    }
}

#[test]
fn charts_are_looked_at() {
    let chart = chart();
    let fine = helm(&["lint", &chart]);
    let expected =
        "[INFO] Chart.yaml: icon is recommended\n\n1 chart(s) linted, 0 chart(s) failed\n";
    assert_eq!((fine.code, fine.stderr.as_str()), (0, ""));
    assert_eq!(fine.stdout, format!("==> Linting {chart}\n{expected}"));
    let failing = helm(&["lint", &format!("{chart}/templates")]);
    assert_eq!(failing.code, 1, "{failing:?}");
    assert_eq!(
        failing.stderr,
        "Error: 1 chart(s) linted, 1 chart(s) failed\n"
    );
    assert!(
        failing
            .stdout
            .contains("unable to check Chart.yaml file in chart"),
        "{failing:?}"
    );
}

#[test]
fn dependencies_are_listed_and_put_into_the_chart() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let needs = "apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- name: lib\n  version: 1.x\n  repository: file://../lib\n";
    write("shop/Chart.yaml", needs);
    write(
        "lib/Chart.yaml",
        "apiVersion: v2\nname: lib\nversion: 1.4.0\n",
    );
    write(
        "lib/templates/a.yaml",
        "kind: Lib\napiVersion: v1\nmetadata: {name: lib}\n",
    );
    let shop = folder.path().join("shop").display().to_string();
    let list = || helm(&["dependency", "list", &shop]).stdout;
    golden("helm-dependency-list.txt", &list());
    assert_eq!(helm(&["template", "x", &shop]).code, 1);
    let built = helm(&["dependency", "build", &shop]);
    assert_eq!(built.code, 0, "{built:?}");
    assert!(list().contains("\tok"), "{}", list());
    let output = helm(&["template", "x", &shop]);
    assert!(output.stdout.contains("kind: Lib"), "{output:?}");
}
