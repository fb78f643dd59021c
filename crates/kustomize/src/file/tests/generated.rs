//! Generators and charts.

use super::{map, read_as, refused, texts, with};
use crate::file::*;
use serde_json::json;

#[test]
fn generators_of_maps_and_secrets() {
    let text = "
configMapGenerator:
- name: settings
  namespace: prod
  behavior: merge
  literals: [a=b]
  files: [x=y.txt]
  envs: [one.env]
  options: {labels: {a: b}, annotations: {c: d}, disableNameSuffixHash: true, immutable: true}
secretGenerator:
- name: keys
  type: kubernetes.io/tls
generatorOptions: {immutable: true}
";
    let options = GeneratorOptions {
        labels: map([("a", "b")]),
        annotations: map([("c", "d")]),
        disable_name_suffix_hash: true,
        immutable: true,
    };
    let args = GeneratorArgs {
        namespace: "prod".to_owned(),
        name: "settings".to_owned(),
        behavior: "merge".to_owned(),
        literals: texts(["a=b"]),
        files: texts(["x=y.txt"]),
        envs: texts(["one.env"]),
        options: Some(options),
    };
    let secret = SecretArgs {
        args: GeneratorArgs {
            name: "keys".to_owned(),
            ..GeneratorArgs::default()
        },
        secret_type: "kubernetes.io/tls".to_owned(),
    };
    let expected = with(|all| {
        all.config_map_generator = vec![args];
        all.secret_generator = vec![secret];
        all.generator_options = Some(GeneratorOptions {
            immutable: true,
            ..GeneratorOptions::default()
        });
    });
    read_as(text, expected);
    refused(
        "configMapGenerator:\n- name: a\n  literals:\n  - a=b\n  - 5\n",
        5,
        "field `configMapGenerator[0].literals[1]`: expected a text, found the number 5; put it in \
         quotes",
    );
    refused(
        "configMapGenerator:\n- name: a\n  type: Opaque\n",
        3,
        "in `configMapGenerator[0]`: unknown field \"type\"; known are namespace, name, behavior, \
         literals, files, envs, env, options",
    );
    refused(
        "secretGenerator:\n  name: a\n",
        1,
        "field `secretGenerator`: expected a list, found a map; put `- ` before each item",
    );
    refused(
        "generatorOptions: {labels: {a: on}}\n",
        1,
        "field `generatorOptions.labels.a`: expected a text, found the boolean true; put it in \
         quotes",
    );
}

#[test]
fn charts() {
    let text = "
helmGlobals: {chartHome: vendor, configHome: home}
helmCharts:
- name: redis
  version: '1.2'
  repo: https://charts.example
  releaseName: cache
  namespace: prod
  additionalValuesFiles: [more.yaml]
  valuesFile: values.yaml
  valuesInline:
    replicas: 2
    big: 9007199254740993
    nested: {version: 1.5}
    version: 1.5
    APIVersions: [1]
  valuesMerge: merge
  includeCRDs: true
  skipHooks: true
  apiVersions: [a/v1]
  kubeVersion: '1.30'
  nameTemplate: x
  skipTests: true
  debug: true
  devel: true
";
    let values = json!({
        "replicas": 2,
        "big": 9007199254740992u64,
        "nested": {"version": 1.5},
        "version": "1.5",
        "APIVersions": ["1"],
    });
    let chart = HelmChart {
        name: "redis".to_owned(),
        version: "1.2".to_owned(),
        repo: "https://charts.example".to_owned(),
        release_name: "cache".to_owned(),
        namespace: "prod".to_owned(),
        additional_values_files: texts(["more.yaml"]),
        values_file: "values.yaml".to_owned(),
        values_inline: values.as_object().cloned(),
        values_merge: "merge".to_owned(),
        include_crds: true,
        skip_hooks: true,
        api_versions: texts(["a/v1"]),
        kube_version: "1.30".to_owned(),
        name_template: "x".to_owned(),
        skip_tests: true,
        debug: true,
        devel: true,
    };
    let globals = HelmGlobals {
        chart_home: "vendor".to_owned(),
        config_home: "home".to_owned(),
    };
    let expected = with(|all| {
        all.helm_globals = Some(globals);
        all.helm_charts = vec![chart];
    });
    read_as(text, expected);
    refused(
        "helmCharts:\n- repo: a\n",
        2,
        "field `helmCharts[0]`: chart name cannot be empty; set `name`",
    );
    refused(
        "helmCharts:\n- name: a\n  valuesMerge: deep\n",
        2,
        "field `helmCharts[0]`: valuesMerge must be one of merge, override, replace; found \
         \"deep\"",
    );
    refused(
        "helmCharts:\n- name: a\n  version: 1.2\n",
        3,
        "field `helmCharts[0].version`: expected a text, found the number 1.2; put it in quotes",
    );
    refused(
        "helmGlobals:\n  chartsHome: a\n",
        2,
        "in `helmGlobals`: unknown field \"chartsHome\"; did you mean \"chartHome\"?",
    );
}
