//! Configurations of plugins, and what becomes of them. What is accepted and what is refused was
//! tried on Kustomize 5.8.1 itself.

use super::*;
use crate::file::*;
use crate::resource::{Gvk, ResId, Resource};
use serde_json::json;
use std::error::Error;

fn resource(text: &str) -> Resource {
    let node = yaml::read_node(text, &yaml::Limits::default());
    node.unwrap().unwrap().into()
}

fn told(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", told(cause)),
        None => error.to_string(),
    }
}

fn built_in(kind: &str, body: &str) -> Resource {
    resource(&format!(
        "apiVersion: builtin\nkind: {kind}\nmetadata: {{name: n, namespace: ns}}\n{body}"
    ))
}

fn transformer(kind: &str, body: &str) -> Result<Transformer, String> {
    Transformer::read(&built_in(kind, body)).map_err(|error| told(&error))
}

fn generator(kind: &str, body: &str) -> Result<Generator, String> {
    Generator::read(&built_in(kind, body)).map_err(|error| told(&error))
}

fn map<const N: usize>(entries: [(&str, &str); N]) -> StringMap {
    let entries = entries.map(|(key, value)| (key.to_owned(), value.to_owned()));
    entries.into_iter().collect()
}

fn spec(kind: &str, path: &str, create: bool) -> FieldSpec {
    FieldSpec {
        gvk: Gvk::unscoped("", "", kind),
        path: path.to_owned(),
        create,
    }
}

fn named(name: &str) -> Selector {
    Selector {
        id: ResId::new(Gvk::default(), name, ""),
        ..Selector::default()
    }
}

#[test]
fn maps_and_field_specs() {
    for (kind, body, expected) in [
        (
            "AnnotationsTransformer",
            "Annotations: {a: 1, b: yes, c: null, d: 1.50}\nfieldSpecs: [{path: 5, create: true}]",
            Transformer::Annotations(
                map([("a", "1"), ("b", "yes"), ("c", ""), ("d", "1.5")]),
                vec![spec("", "5", true)],
            ),
        ),
        (
            "LabelTransformer",
            "labels: {a: b}\nfieldSpecs: [{kind: A, path: x}]\nmore: 1",
            Transformer::Label(map([("a", "b")]), vec![spec("A", "x", false)]),
        ),
        (
            "ImageTagTransformer",
            "imageTag: {name: a, newTag: 1.10, newName: 1234567.5}",
            Transformer::ImageTag(
                Image {
                    name: "a".to_owned(),
                    new_tag: "1.1".to_owned(),
                    new_name: "1.2345675e+06".to_owned(),
                    ..Image::default()
                },
                vec![],
            ),
        ),
        (
            "ReplicaCountTransformer",
            "replica: {name: 5, count: 3}",
            Transformer::ReplicaCount(
                Replica {
                    name: "5".to_owned(),
                    count: 3,
                },
                vec![],
            ),
        ),
        ("HashTransformer", "anything: [goes]", Transformer::Hash),
    ] {
        assert_eq!(transformer(kind, body), Ok(expected), "{kind}");
    }
}

/// These two are read as yaml.v3 reads: names match in case, scalars become texts as they are
/// written, words become booleans, nulls drop out of lists.
#[test]
fn prefixes_and_suffixes() {
    let body = "prefix: 1.50\nsuffix: off\nPrefix: x\nfieldSpecs: [{path: a, create: 'yes'}, \
     null, {kind: 5, Path: b}]";
    let specs = || vec![spec("", "a", true), spec("5", "", false)];
    for (kind, expected) in [
        (
            "PrefixTransformer",
            Transformer::Prefix("1.5".to_owned(), specs()),
        ),
        (
            "SuffixTransformer",
            Transformer::Suffix("off".to_owned(), specs()),
        ),
        (
            "PrefixSuffixTransformer",
            Transformer::PrefixSuffix {
                prefix: "1.5".to_owned(),
                suffix: "off".to_owned(),
                field_specs: specs(),
            },
        ),
    ] {
        assert_eq!(transformer(kind, body), Ok(expected), "{kind}");
    }
    let empty = Transformer::Prefix(String::new(), vec![]);
    assert_eq!(
        transformer("PrefixTransformer", "fieldSpecs: []"),
        Ok(empty)
    );
}

#[test]
fn namespaces() {
    for (body, role_binding_subjects) in [
        ("", RoleBindingSubjects::DefaultOnly),
        (
            "setRoleBindingSubjects: defaultOnly",
            RoleBindingSubjects::DefaultOnly,
        ),
        (
            "setRoleBindingSubjects: allServiceAccounts",
            RoleBindingSubjects::AllServiceAccounts,
        ),
        ("setRoleBindingSubjects: none", RoleBindingSubjects::None),
    ] {
        let body = format!("{body}\nunsetOnly: true\nnamespace: unused\nfieldSpecs: [{{path: a}}]");
        let expected = Transformer::Namespace(NamespaceArgs {
            namespace: "ns".to_owned(),
            field_specs: vec![spec("", "a", false)],
            role_binding_subjects,
            unset_only: true,
        });
        assert_eq!(transformer("NamespaceTransformer", &body), Ok(expected));
    }
}

#[test]
fn patches() {
    for (kind, body, expected) in [
        (
            "PatchTransformer",
            "patch: ' a: b '\ntarget: {name: w}\noptions: {allowKindChange: true, more: x}",
            Transformer::Patch(Patch {
                patch: "a: b".to_owned(),
                target: Some(named("w")),
                options: [("allowKindChange".to_owned(), true)].into(),
                ..Patch::default()
            }),
        ),
        (
            "PatchJson6902Transformer",
            "path: ops.yaml\ntarget: {name: w}",
            Transformer::PatchJson6902(Patch {
                path: "ops.yaml".to_owned(),
                target: Some(named("w")),
                ..Patch::default()
            }),
        ),
        (
            "PatchJson6902Transformer",
            "jsonOp: '[] '\ntarget: {name: w}",
            Transformer::PatchJson6902(Patch {
                patch: "[] ".to_owned(),
                target: Some(named("w")),
                ..Patch::default()
            }),
        ),
        (
            "PatchStrategicMergeTransformer",
            "paths: [a, 5]\npatches: 'b: c'",
            Transformer::PatchStrategicMerge {
                paths: vec!["a".to_owned(), "5".to_owned()],
                patches: "b: c".to_owned(),
            },
        ),
    ] {
        assert_eq!(transformer(kind, body), Ok(expected), "{body}");
    }
}

#[test]
fn copies_and_additions_of_values() {
    let file = ReplacementField {
        path: "r.yaml".to_owned(),
        ..ReplacementField::default()
    };
    let empty = ReplacementField {
        replacement: Replacement {
            source_value: Some("v".to_owned()),
            targets: Some(vec![]),
            ..Replacement::default()
        },
        ..ReplacementField::default()
    };
    assert_eq!(
        transformer(
            "ReplacementTransformer",
            "replacements: [{path: r.yaml}, {sourceValue: v, targets: []}]"
        ),
        Ok(Transformer::Replacement(vec![file, empty]))
    );
    let target = ValueAddTarget {
        selector: Some(named("w")),
        field_path: "a/b".to_owned(),
        file_path_position: 1,
    };
    assert_eq!(
        transformer(
            "ValueAddTransformer",
            "value: ' v '\ntargetFilePath: t.yaml\ntargets: [{selector: {name: w}, fieldPath: \
             a/b, filePathPosition: 1}]"
        ),
        Ok(Transformer::ValueAdd(ValueAddArgs {
            value: "v".to_owned(),
            targets: vec![target],
            target_file_path: "t.yaml".to_owned(),
        }))
    );
}

#[test]
fn generators_take_their_own_name_where_none_is_given() {
    let args = |name: &str, namespace: &str| GeneratorArgs {
        name: name.to_owned(),
        namespace: namespace.to_owned(),
        literals: vec!["a=b".to_owned()],
        ..GeneratorArgs::default()
    };
    for (body, expected) in [
        ("literals: [a=b]\nenv: unused", args("n", "ns")),
        ("literals: [a=b]\nname: m", args("m", "ns")),
        ("literals: [a=b]\nNamespace: x", args("n", "x")),
    ] {
        let config_map = Generator::ConfigMap(expected.clone());
        assert_eq!(
            generator("ConfigMapGenerator", body),
            Ok(config_map),
            "{body}"
        );
        let secret = Generator::Secret(SecretArgs {
            args: expected,
            secret_type: "t".to_owned(),
        });
        let body = format!("{body}\ntype: t");
        assert_eq!(generator("SecretGenerator", &body), Ok(secret), "{body}");
    }
}

#[test]
fn other_generators() {
    let body = "
cloud: gke
kubernetesService: {name: a, namespace: b}
serviceAccount: {name: c, projectId: d}
";
    let args = IamPolicyArgs {
        cloud: "gke".to_owned(),
        kubernetes_name: "a".to_owned(),
        kubernetes_namespace: "b".to_owned(),
        account_name: "c".to_owned(),
        project_id: "d".to_owned(),
    };
    assert_eq!(
        generator("IAMPolicyGenerator", body),
        Ok(Generator::IamPolicy(args))
    );
    let body = "name: redis\nchartHome: vendor\nvaluesInline: {Version: 1.5, a: 1.5}";
    let globals = HelmGlobals {
        chart_home: "vendor".to_owned(),
        ..HelmGlobals::default()
    };
    let chart = HelmChart {
        name: "redis".to_owned(),
        values_inline: json!({"Version": "1.5", "a": 1.5}).as_object().cloned(),
        ..HelmChart::default()
    };
    assert_eq!(
        generator("HelmChartInflationGenerator", body),
        Ok(Generator::HelmChart(globals, chart))
    );
}

#[test]
fn wrong_arguments_are_refused() {
    const NO_SPECS: &str = "fieldSpecs is not expected to be nil; say where the text goes, for \
     names \
                            `fieldSpecs: [{path: metadata/name}]`";
    const NOT_TEXT: &str = "expected a text, found the number 5; put it in quotes";
    let cases = [
        (
            "AnnotationsTransformer",
            "annotations: [a]",
            "field `annotations`: expected a map, \
         found a list"
                .to_owned(),
        ),
        (
            "LabelTransformer",
            "fieldSpecs: [{kind: 5}]",
            format!(
                "field `fieldSpecs[0].kind`: \
         {NOT_TEXT}"
            ),
        ),
        ("PrefixTransformer", "prefix: a", NO_SPECS.to_owned()),
        ("SuffixTransformer", "fieldSpecs: null", NO_SPECS.to_owned()),
        (
            "PrefixSuffixTransformer",
            "FieldSpecs: []",
            NO_SPECS.to_owned(),
        ),
        (
            "PrefixTransformer",
            "fieldSpecs: [{create: 'true'}]",
            "field `fieldSpecs[0].create`: expected true or false, found a text; write it \
             without quotes"
                .to_owned(),
        ),
        (
            "NamespaceTransformer",
            "setRoleBindingSubjects: all",
            "invalid value \"all\" for setRoleBindingSubjects: must be one of \"defaultOnly\", \
             \"none\" or \
             \"allServiceAccounts\""
                .to_owned(),
        ),
        (
            "PatchTransformer",
            "patch: ' '",
            "must specify one of patch and path: neither says \
         anything"
                .to_owned(),
        ),
        (
            "PatchTransformer",
            "patch: a\npath: b",
            "patch and path can't be set at the same time; keep one of them".to_owned(),
        ),
        (
            "PatchJson6902Transformer",
            "path: a",
            "a JSON patch needs a `target` with a \
         `name`"
                .to_owned(),
        ),
        (
            "PatchJson6902Transformer",
            "path: a\ntarget: {kind: b}",
            "must specify the target name; set `name` in `target`".to_owned(),
        ),
        (
            "PatchStrategicMergeTransformer",
            "paths: []",
            "empty file path and empty patch content; list files in `paths` or write \
             `patches`"
                .to_owned(),
        ),
        (
            "ReplacementTransformer",
            "replacements: [{path: a, source: {kind: A}}]",
            "field `replacements[0]`: cannot specify both path and inline replacement; keep \
             `path` or the rest"
                .to_owned(),
        ),
        (
            "ReplacementTransformer",
            "replacements: [{sourceValue: 5}]",
            format!("field `replacements[0].sourceValue`: {NOT_TEXT}"),
        ),
        (
            "ValueAddTransformer",
            "value: a",
            "must specify at least one target".to_owned(),
        ),
        (
            "ValueAddTransformer",
            "targets: [{}]",
            "field `targets[0]`: fieldPath cannot be \
         empty"
                .to_owned(),
        ),
        (
            "ValueAddTransformer",
            "targets: [{fieldPath: a, filePathPosition: -1}]",
            "field `targets[0]`: value of filePathPosition (-1) cannot be negative".to_owned(),
        ),
    ];
    for (kind, body, problem) in cases {
        let expected = format!("plugin {kind}.builtin.[noGrp]/n.ns fails configuration: {problem}");
        assert_eq!(transformer(kind, body), Err(expected), "{body}");
    }
    for (kind, body, problem) in [
        (
            "ConfigMapGenerator",
            "literals: [5]",
            format!("field `literals[0]`: {NOT_TEXT}"),
        ),
        (
            "SecretGenerator",
            "options: {labels: {a: 5}}",
            format!("field `options.labels.a`: {NOT_TEXT}"),
        ),
        (
            "IAMPolicyGenerator",
            "serviceAccount: {name: 5}",
            format!("field `serviceAccount.name`: {NOT_TEXT}"),
        ),
        (
            "HelmChartInflationGenerator",
            "name: a\nversion: 5",
            format!("field `version`: {NOT_TEXT}"),
        ),
        (
            "HelmChartInflationGenerator",
            "",
            "chart name cannot be empty; set `name`".to_owned(),
        ),
        (
            "HelmChartInflationGenerator",
            "name: a\nvaluesMerge: deep",
            "valuesMerge must be one of merge, override, replace; found \"deep\"".to_owned(),
        ),
    ] {
        let expected = format!("plugin {kind}.builtin.[noGrp]/n.ns fails configuration: {problem}");
        assert_eq!(generator(kind, body), Err(expected), "{body}");
    }
}

#[test]
fn plugins_in_the_wrong_place_are_named() {
    assert_eq!(
        transformer("SecretGenerator", ""),
        Err(
            "plugin SecretGenerator.builtin.[noGrp]/n.ns not a transformer; list it under \
         `generators`"
                .to_owned()
        )
    );
    assert_eq!(
        generator("HashTransformer", ""),
        Err(
            "plugin HashTransformer.builtin.[noGrp]/n.ns not a generator; list it under \
         `transformers`"
                .to_owned()
        )
    );
}

#[test]
fn plugins_that_are_not_built_in_are_refused() {
    for (kind, hint) in [
        (
            "SortOrderTransformer",
            "it is no plugin: set `sortOptions` in the topmost kustomization",
        ),
        ("PrefixesTransformer", "did you mean PrefixTransformer?"),
        ("ConfigmapsGenerator", "did you mean ConfigMapGenerator?"),
    ] {
        let expected = format!("unable to load builtin {kind}; {hint}");
        assert_eq!(transformer(kind, ""), Err(expected));
    }
    let unlike = transformer("Zzz", "").unwrap_err();
    assert!(
        unlike.starts_with("unable to load builtin Zzz; built in are ConfigMapGenerator, "),
        "{unlike}"
    );
}

#[test]
fn plugins_that_would_run_something_are_refused() {
    let function = |annotation: &str, text: &str| {
        format!("metadata: {{name: n, annotations: {{{annotation}: '{text}'}}}}")
    };
    for (metadata, what) in [
        (
            "metadata: {name: n}".to_owned(),
            "a program or Go plugin outside the repository",
        ),
        (
            function(
                "config.kubernetes.io/function",
                "container: {image: example/sed}",
            ),
            "a function in a container (image example/sed)",
        ),
        (
            function("config.k8s.io/function", "exec: {path: ./sed.sh}"),
            "a function that is a program (./sed.sh)",
        ),
        (
            function("config.kubernetes.io/container", "example/sed"),
            "a function in a container (image example/sed)",
        ),
        (
            function("config.kubernetes.io/function", "[broken"),
            "a function in a container (image not named)",
        ),
    ] {
        let config = resource(&format!("apiVersion: some.io/v1\nkind: Sed\n{metadata}"));
        let expected = format!(
            "external plugins disabled; unable to load external plugin 'Sed': it is {what}, and \
             Caretaker runs nothing that a repository names; use a built-in plugin (apiVersion: \
             builtin) or commit what the plugin makes"
        );
        let error = Transformer::read(&config).unwrap_err();
        assert_eq!(told(&error), expected);
        assert_eq!(Generator::read(&config).unwrap_err(), error);
    }
}
