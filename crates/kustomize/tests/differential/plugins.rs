//! Built-in transformers, written out as plugins.

use crate::choices::Choices;
use crate::resources::{Resource, filled};

const PLUGINS: &[(&str, &str)] = &[
    (
        "PrefixTransformer",
        "prefix: pre-\nfieldSpecs: [{path: metadata/name}, {path: spec/text, kind: Shop}]",
    ),
    (
        "SuffixTransformer",
        "suffix: -post\nfieldSpecs: [{path: metadata/name, kind: ConfigMap}]",
    ),
    (
        "LabelTransformer",
        "labels: {app: TEXT}\nfieldSpecs: [{path: metadata/labels, create: true}, {path: spec/selector}]",
    ),
    (
        "AnnotationsTransformer",
        "annotations: {note: TEXT}\nfieldSpecs: [{path: spec/template/metadata/annotations, create: true}]",
    ),
    (
        "NamespaceTransformer",
        "metadata: {name: t, namespace: moved}\nunsetOnly: true\nsetRoleBindingSubjects: allServiceAccounts\nfieldSpecs: [{path: metadata/namespace, create: true}]",
    ),
    (
        "NamespaceTransformer",
        "metadata: {name: t, namespace: moved}\nsetRoleBindingSubjects: none",
    ),
    (
        "ImageTagTransformer",
        "imageTag: {name: lamp, newTag: v7}\nfieldSpecs: [{path: spec/containers[]/image}, {path: spec/template/spec/containers/image}]",
    ),
    (
        "ReplicaCountTransformer",
        "replica: {name: x, count: 4}\nfieldSpecs: [{path: spec/replicas, create: true}]",
    ),
    (
        "ValueAddTransformer",
        "value: added\ntargets: [{selector: {kind: ConfigMap}, fieldPath: data/added}]",
    ),
    (
        "PatchTransformer",
        "patch: '[{\"op\": \"add\", \"path\": \"/data/new\", \"value\": 1}]'\ntarget: {kind: ConfigMap}",
    ),
    (
        "ReplacementTransformer",
        "replacements: [{sourceValue: v, targets: [{select: {kind: Shop}, fieldPaths: [spec.b.c]}]}]",
    ),
];

/// The field `transformers`.
pub fn transformers(choices: &mut Choices, _: &[Resource]) -> String {
    let (kind, body) = PLUGINS[choices.below(PLUGINS.len())];
    let meta = match body.contains("metadata:") {
        true => "",
        false => "metadata: {name: t}\n",
    };
    let config = filled(
        choices,
        &format!("apiVersion: builtin\nkind: {kind}\n{meta}{body}\n"),
    );
    let lines = config.lines().map(|line| format!("  {line}\n"));
    format!("transformers:\n- |-\n{}", lines.collect::<String>())
}
