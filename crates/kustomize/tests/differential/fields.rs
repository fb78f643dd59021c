//! The fields of a kustomization, but for patches and replacements.

use crate::choices::Choices;
use crate::patches::{patches, patches_in_old_fields};
use crate::plugins::transformers;
use crate::replacements::replacements;
use crate::resources::{Resource, label};

/// Some fields; each is there once in so many times.
pub fn fields(choices: &mut Choices, resources: &[Resource], rarity: usize) -> String {
    const FIELDS: &[fn(&mut Choices, &[Resource]) -> String] = &[
        names,
        namespace,
        common,
        labels,
        images,
        replicas,
        patches,
        patches_in_old_fields,
        replacements,
        generators,
        variables,
        transformers,
        options,
    ];
    let mut text = String::new();
    for field in FIELDS {
        if choices.once_in(rarity + 1) {
            text += &field(choices, resources);
        }
    }
    text
}

fn names(choices: &mut Choices, _: &[Resource]) -> String {
    let names = choices.pick(&[
        "namePrefix: p-",
        "nameSuffix: -s",
        "namePrefix: \"1\"\nnameSuffix: -t2",
    ]);
    format!("{names}\n")
}

fn namespace(choices: &mut Choices, _: &[Resource]) -> String {
    format!(
        "namespace: {}\n",
        choices.pick(&["hall", "north", "default"])
    )
}

fn common(choices: &mut Choices, _: &[Resource]) -> String {
    let (one, other) = (label(choices), label(choices));
    match choices.below(3) {
        0 => format!("commonLabels: {{app: {one}, new: {other}}}\n"),
        1 => format!("commonAnnotations: {{note: {one}}}\n"),
        _ => format!("commonLabels: {{app: {one}}}\ncommonAnnotations: {{note: {other}}}\n"),
    }
}

fn labels(choices: &mut Choices, _: &[Resource]) -> String {
    let flags = ["", ", includeSelectors: true", ", includeTemplates: true"];
    let flags = choices.pick(&flags);
    let fields = match choices.once_in(4) {
        true => ", fields: [{path: spec/b/c, kind: Shop, create: true}]",
        false => "",
    };
    format!(
        "labels: [{{pairs: {{row: {}}}{flags}{fields}}}]\n",
        label(choices)
    )
}

fn images(choices: &mut Choices, _: &[Resource]) -> String {
    let name = choices.pick(&["lamp", "registry.example:5000/lamp", "lam.", "other"]);
    let change = choices.pick(&[
        "newTag: v2",
        "newName: n.example/lamp",
        "newTag: \"1.10\", newName: lamp2",
        "digest: 'sha256:9876543210987654321098765432109876543210987654321098765432109876'",
        "tagSuffix: -rc",
    ]);
    format!("images: [{{name: '{name}', {change}}}]\n")
}

fn replicas(choices: &mut Choices, resources: &[Resource]) -> String {
    let scalable = |resource: &&Resource| matches!(resource.kind, "Deployment" | "StatefulSet");
    match resources.iter().find(scalable) {
        Some(Resource { name, .. }) => {
            format!(
                "replicas: [{{name: {name}, count: {}}}]\n",
                choices.below(9)
            )
        }
        None => String::new(),
    }
}

fn options(choices: &mut Choices, _: &[Resource]) -> String {
    let options = choices.pick(&[
        "generatorOptions: {disableNameSuffixHash: true}",
        "generatorOptions: {labels: {g: h}, annotations: {g: h}}",
        "generatorOptions: {immutable: true}",
        "sortOptions: {order: fifo}",
        "buildMetadata: [originAnnotations]",
        "buildMetadata: [transformerAnnotations, managedByLabel]",
    ]);
    format!("{options}\n")
}

fn generators(choices: &mut Choices, _: &[Resource]) -> String {
    let mut text = String::new();
    for (field, name) in [
        ("configMapGenerator", "made"),
        ("secretGenerator", "hidden"),
    ] {
        let behavior = match choices.once_in(8) {
            true => ", behavior: merge",
            false => choices.pick(&["", ", behavior: create"]),
        };
        let namespace = choices.pick(&["", "", ", namespace: north"]);
        let mut keys = ["a", "b", "c"].into_iter();
        let values = choices.several(3, |choices| {
            let key = keys.next().unwrap_or("a");
            let value =
                choices.pick(&["1", "it''s", "two words", "\"q\"", "a=b", "<&>", "", "é🦀"]);
            format!("'{key}={value}'")
        });
        let values = values.join(", ");
        text +=
            &format!("{field}: [{{name: {name}{behavior}{namespace}, literals: [{values}]}}]\n");
    }
    text
}

fn variables(choices: &mut Choices, resources: &[Resource]) -> String {
    let Resource {
        version,
        kind,
        name,
        ..
    } = &resources[choices.below(resources.len())];
    let fields = [
        "metadata.name",
        "kind",
        "metadata.name",
        "apiVersion",
        "metadata.namespace",
    ];
    let field = choices.pick(&fields);
    format!(
        "vars: [{{name: VAR, objref: {{apiVersion: {version}, kind: {kind}, name: {name}}}, \
         fieldref: {{fieldpath: {field}}}}}]\n"
    )
}
