//! Fields of old, and where their content goes.

use super::{API_VERSION, read_text, texts, with};
use crate::file::*;

#[test]
fn old_fields_are_moved_and_named() {
    let text = "
bases: [base]
resources: [own]
imageTags: [{name: old}]
images: [{name: new}]
configMapGenerator: [{name: a, env: old.env, envs: [new.env]}]
secretGenerator: [{name: b, env: old.env}]
commonLabels: {a: b}
patchesJson6902: []
patchesStrategicMerge: []
vars: []
";
    let (read, warnings) = read(text.as_bytes(), "k.yaml").unwrap();
    let image = |name: &str| Image {
        name: name.to_owned(),
        ..Image::default()
    };
    let args = |name: &str, envs| GeneratorArgs {
        name: name.to_owned(),
        envs,
        ..GeneratorArgs::default()
    };
    let expected = with(|all| {
        all.resources = texts(["own", "base"]);
        all.images = vec![image("new"), image("old")];
        all.config_map_generator = vec![args("a", texts(["new.env", "old.env"]))];
        all.secret_generator = vec![SecretArgs {
            args: args("b", texts(["old.env"])),
            secret_type: String::new(),
        }];
        all.common_labels = super::map([("a", "b")]);
    });
    assert_eq!(read, expected);
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    let deprecated = |field: &str, successor: &str, flag: &str| {
        format!(
            "k.yaml: '{field}' is deprecated; use '{successor}' instead (`kustomize edit \
             fix{flag}` \
             rewrites the file)"
        )
    };
    assert_eq!(
        warnings,
        [
            deprecated("bases", "resources", ""),
            deprecated("commonLabels", "labels", ""),
            deprecated("imageTags", "images", ""),
            deprecated("patchesJson6902", "patches", ""),
            deprecated("patchesStrategicMerge", "patches", ""),
            deprecated("vars", "replacements", " --vars"),
        ]
    );
}

#[test]
fn null_is_no_use_of_an_old_field() {
    let (_, warnings) = read(b"resources: []\nbases: null\nvars: ~", "k.yaml").unwrap();
    assert_eq!(warnings, []);
}

#[test]
fn charts_of_old_become_charts() {
    let text = "
helmChartInflationGenerator:
- chartName: one
  chartVersion: '1'
  chartRepoUrl: https://charts.example
  chartRepoName: unused
  chartHome: first
  helmBin: unused
  helmHome: home
  values: values.yaml
  valuesLocal: {a: 1}
  valuesMerge: replace
  releaseName: r
  releaseNamespace: unused
  extraArgs: [unused]
- chartName: two
  chartHome: last
helmCharts: [{name: zero}]
";
    let one = HelmChart {
        name: "one".to_owned(),
        version: "1".to_owned(),
        repo: "https://charts.example".to_owned(),
        values_file: "values.yaml".to_owned(),
        values_inline: serde_json::json!({"a": 1}).as_object().cloned(),
        values_merge: "replace".to_owned(),
        release_name: "r".to_owned(),
        ..HelmChart::default()
    };
    let named = |name: &str| HelmChart {
        name: name.to_owned(),
        ..HelmChart::default()
    };
    let charts = vec![named("zero"), one, named("two")];
    let globals = |chart_home: &str, config_home: &str| HelmGlobals {
        chart_home: chart_home.to_owned(),
        config_home: config_home.to_owned(),
    };
    for (more, globals) in [
        ("", globals("last", "home")),
        ("helmGlobals: {}\n", globals("", "")),
    ] {
        let expected = with(|all| {
            all.helm_charts = charts.clone();
            all.helm_globals = Some(globals);
        });
        assert_eq!(read_text(&format!("{text}{more}")), Ok(expected));
    }
    let text = "helmChartInflationGenerator: [{chartName: two}]";
    let expected = with(|all| all.helm_charts = vec![named("two")]);
    assert_eq!(read_text(text), Ok(expected));
}

#[test]
fn kind_and_version_are_filled_in_and_checked() {
    let component = "kustomize.config.k8s.io/v1alpha1";
    for (text, kind, version) in [
        ("", "Kustomization", API_VERSION),
        ("kind: Kustomization\n", "Kustomization", API_VERSION),
        ("kind: ''\napiVersion: ''\n", "Kustomization", API_VERSION),
        ("kind: Component\n", "Component", component),
    ] {
        let read = read_text(&format!("{text}resources: [a]")).unwrap();
        assert_eq!((&*read.kind, &*read.api_version), (kind, version), "{text}");
    }
    let told = |text: &str| {
        let error = read_text(text).unwrap_err();
        let rest = error.strip_prefix("invalid Kustomization app/kustomization.yaml");
        rest.unwrap().to_owned()
    };
    assert_eq!(
        told("resources: [a]\nkind: Deployment"),
        ", line 2: kind should be Kustomization or Component, not \"Deployment\""
    );
    assert_eq!(
        told("kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1\nresources: []"),
        format!(", line 2: apiVersion for Component should be {component}, not \"{API_VERSION}\"")
    );
    assert_eq!(
        told("kind: Pod\napiVersion: v1\nresources: []"),
        format!(
            ", line 1: kind should be Kustomization or Component, not \"Pod\"; apiVersion for Pod \
             should be {API_VERSION}, not \"v1\""
        )
    );
}
