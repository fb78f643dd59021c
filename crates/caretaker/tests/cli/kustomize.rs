//! `caretaker kustomize`, in the place of the real command. `golden/kustomize-build.txt` and
//! `golden/kustomize-charts.txt` are what kustomize v5.8.1 itself prints, with helm v4.2.4.

use crate::caretaker::{Output, offline};
use crate::golden::golden;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/fixtures");
    fixtures
        .join("kustomizations")
        .join(name)
        .display()
        .to_string()
}

fn build(args: &[&str]) -> Output {
    offline(&[&["kustomize", "build"], args].concat())
}

#[test]
fn the_output_is_that_of_the_real_command() {
    let output = build(&[&fixture("prod")]);
    assert_eq!(output.code, 0, "{output:?}");
    golden("kustomize-build.txt", &output.stdout);
    let warned = output
        .stderr
        .lines()
        .all(|line| line.starts_with("warning: "));
    assert!(
        warned && output.stderr.contains("patchesStrategicMerge"),
        "{output:?}"
    );
    assert_eq!(offline(&["kustomize", "version"]).stdout, "v5.8.1\n");
}

#[test]
fn charts_are_rendered_if_allowed() {
    let flags = [
        "--enable-helm",
        "--helm-kube-version=v1.30.0",
        "--helm-api-versions",
        "monitoring.example.org/v1",
        "--helm-command=/usr/local/bin/helm3",
        "--helm-debug",
    ];
    let output = build(&[&flags[..], &[&fixture("charts")]].concat());
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{output:?}");
    golden("kustomize-charts.txt", &output.stdout);
}

#[test]
fn objects_are_ordered_as_asked() {
    let kinds = |args: &[&str]| -> Vec<String> {
        let stdout = build(args).stdout;
        let lines = stdout
            .lines()
            .filter_map(|line| line.strip_prefix("kind: "));
        lines.map(str::to_owned).collect()
    };
    let folder = fixture("prod");
    assert_eq!(kinds(&[&folder]), ["Namespace", "ConfigMap", "Deployment"]);
    assert_eq!(
        kinds(&["--reorder", "none", &folder]),
        ["Deployment", "Namespace", "ConfigMap"]
    );
}

#[test]
fn output_goes_to_a_file_or_to_one_file_per_object() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let printed = build(&[&fixture("prod")]).stdout;
    let to_file = build(&["-o", &at("all.yaml"), &fixture("prod")]);
    assert_eq!((to_file.code, to_file.stdout.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(at("all.yaml")).unwrap(), printed);
    std::fs::remove_file(at("all.yaml")).unwrap();
    build(&["-o", &at(""), &fixture("prod")]);
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into())
        .collect();
    names.sort();
    let names: Vec<_> = names.iter().map(|name| name.to_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!(names[0], "apps_v1_deployment_prod-web.yaml");
    assert!(names[1].starts_with("v1_configmap_prod-settings-"));
}

#[test]
fn whatever_is_wrong_ends_with_1_and_says_what() {
    for (args, words) in [
        (vec![fixture("broken")], "did you mean \"patches\"?"),
        (vec![fixture("broken")], "broken/kustomization.yaml, line 3"),
        (
            vec!["--offline".into(), fixture("remote")],
            "network access is off",
        ),
        (vec![fixture("charts")], "must specify --enable-helm"),
        (
            vec!["--enable-helm=false".into(), fixture("charts")],
            "must specify --enable-helm",
        ),
        (
            vec![
                "--enable-helm".into(),
                "--offline".into(),
                fixture("fetched"),
            ],
            "leave --offline out",
        ),
        (
            vec![
                "--enable-helm".into(),
                "--helm-command=jsonnet".into(),
                fixture("charts"),
            ],
            "--helm-command jsonnet is not Helm",
        ),
        (
            vec!["--enable-helm".into(), "--helm-command=".into()],
            "must specify --helm-command",
        ),
        (vec![fixture("nowhere")], "is no folder"),
        (vec![fixture("base/web.yaml")], "must build at directory"),
        (
            vec!["--reorder".into(), "up".into()],
            "legal values: legacy, none",
        ),
        (vec!["--nonsense".into()], "--nonsense"),
    ] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let output = build(&args);
        assert_eq!(
            (output.code, output.stdout.as_str()),
            (1, ""),
            "{args:?}: {output:?}"
        );
        assert!(output.stderr.contains(words), "{args:?}: {output:?}");
    }
}

#[test]
fn render_picks_kustomize_by_itself_and_fetches_only_if_allowed() {
    let all = fixture("");
    let rendered = offline(&["render", "--repo", &all, "--path", "prod", "-o", "json"]);
    let list: serde_json::Value = serde_json::from_str(&rendered.stdout).unwrap();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(3));
    let remote = offline(&["render", "--repo", &all, "--path", "remote"]);
    assert_eq!(remote.code, 6, "{remote:?}");
    assert!(
        remote.stderr.contains("allow it with --allow-remote"),
        "{remote:?}"
    );
}
