//! Replacements from one resource into others.

use crate::choices::Choices;
use crate::resources::Resource;
use crate::scalars::scalar;

fn field_paths(kind: &str) -> &'static [&'static str] {
    match kind {
        "Deployment" | "StatefulSet" => &[
            "spec.replicas",
            "spec.template.spec.containers.[name=a].image",
            "spec.template.spec.containers.*.image",
            "spec.template.spec.containers.0.args.0",
            "spec.template.spec.containers.[name=a].env.[name=B].value",
        ],
        "ConfigMap" => &["data.a", "data.b", "data.new"],
        "Shop" => &[
            "spec.a",
            "spec.b.d.0",
            "spec.text",
            "spec.b.c",
            "spec.b.d.[=word]",
            "spec.b",
        ],
        _ => &[
            "metadata.annotations.new",
            "metadata.labels.app",
            "metadata.annotations.note",
        ],
    }
}

/// The field `replacements`.
pub fn replacements(choices: &mut Choices, resources: &[Resource]) -> String {
    let from = &resources[choices.below(resources.len())];
    let field = match choices.below(3) {
        0 => "metadata.name",
        _ => choices.pick(field_paths(from.kind)),
    };
    let source = match choices.once_in(3) {
        true => format!("sourceValue: {}", scalar_text(choices)),
        false => format!(
            "source: {{kind: {}, name: {}, fieldPath: '{field}'{}}}",
            from.kind,
            from.name,
            choices.pick(&["", "", "", ", options: {delimiter: '-', index: 0}"])
        ),
    };
    let options = choices.pick(&[
        ", options: {create: true}",
        "",
        ", options: {delimiter: ':', index: 1}",
        ", options: {delimiter: '/', index: -1}",
        ", options: {delimiter: '/', index: 9}",
    ]);
    let kind = resources[choices.below(resources.len())].kind;
    let path = choices.pick(field_paths(kind));
    format!(
        "replacements:\n- {source}\n  targets:\n  - {{select: {{kind: {kind}}}, \
         fieldPaths: ['{path}']{options}}}\n"
    )
}

fn scalar_text(choices: &mut Choices) -> String {
    let scalar = scalar(choices);
    match scalar.starts_with('"') {
        true => scalar,
        false => format!("'{}'", scalar.replace('\'', "''")),
    }
}
