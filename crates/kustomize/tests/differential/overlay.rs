//! Whole overlays: a base, perhaps a component, and a top that changes what they hold.

use crate::choices::Choices;
use crate::resources::{Resource, filled, label, resource};
use crate::scalars::scalar;

/// Files by path; the top is built.
pub type Files = Vec<(String, String)>;

/// An overlay.
pub fn overlay(choices: &mut Choices) -> Files {
    let count = 1 + choices.below(4);
    let mut resources: Vec<Resource> = (0..count).map(|_| resource(choices)).collect();
    resources.sort_by_key(|resource| (resource.kind, resource.name));
    resources.dedup_by_key(|resource| (resource.kind, resource.name));
    let texts: Vec<&str> = resources.iter().map(|resource| &*resource.text).collect();
    let mut files = vec![
        ("base/all.yaml".to_owned(), texts.join("---\n")),
        (
            "top/kustomization.yaml".to_owned(),
            top(choices, &resources),
        ),
    ];
    let mut base = String::from("resources: [all.yaml]\n");
    if choices.once_in(2) {
        base += &kustomization(choices, &resources, 12);
    }
    files.push(("base/kustomization.yaml".to_owned(), base));
    if choices.once_in(4) {
        let body = kustomization(choices, &resources, 9);
        let component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
        files.push((
            "part/kustomization.yaml".to_owned(),
            format!("{component}{body}"),
        ));
        files[1].1 += "components: [../part]\n";
    }
    files
}

fn top(choices: &mut Choices, resources: &[Resource]) -> String {
    "resources: [../base]\n".to_owned() + &kustomization(choices, resources, 4)
}

/// Each field is there once in so many times.
fn kustomization(choices: &mut Choices, resources: &[Resource], rarity: usize) -> String {
    const FIELDS: &[fn(&mut Choices, &[Resource]) -> String] = &[
        |choices, _| format!("namePrefix: {}\n", choices.pick(&["p-", "q", "\"1\""])),
        |choices, _| format!("nameSuffix: {}\n", choices.pick(&["-s", "-t2"])),
        |choices, _| {
            format!(
                "namespace: {}\n",
                choices.pick(&["hall", "north", "default"])
            )
        },
        |choices, _| {
            format!(
                "commonLabels: {{app: {}, new: {}}}\n",
                label(choices),
                label(choices)
            )
        },
        |choices, _| format!("commonAnnotations: {{note: {}}}\n", label(choices)),
        labels,
        images,
        replicas,
        patches,
        patches_in_old_fields,
        replacements,
        generators,
        variables,
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

fn patches(choices: &mut Choices, resources: &[Resource]) -> String {
    let count = 1 + choices.below(3);
    let patches = (0..count).map(|_| match choices.below(2) {
        0 => merge_patch(choices, resources),
        _ => json_patch(choices, resources),
    });
    format!("patches:\n{}", patches.collect::<String>())
}

fn patches_in_old_fields(choices: &mut Choices, resources: &[Resource]) -> String {
    let resource = &resources[choices.below(resources.len())];
    let patch = merge_text(choices, resource);
    format!("patchesStrategicMerge:\n- |-\n{}", indented(&patch, 2))
}

fn indented(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    text.lines()
        .map(|line| format!("{margin}{line}\n"))
        .collect()
}

fn merge_patch(choices: &mut Choices, resources: &[Resource]) -> String {
    let resource = &resources[choices.below(resources.len())];
    let patch = indented(&merge_text(choices, resource), 4);
    let target = choices.pick(&[
        "",
        "  target: {name: .*}\n",
        "  target: {labelSelector: tier=web}\n",
    ]);
    format!("- patch: |-\n{patch}{target}")
}

fn merge_text(choices: &mut Choices, resource: &Resource) -> String {
    const BODIES: &[&str] = &[
        "spec: {a: SCALAR, b: {c: null, e: SCALAR}}",
        "spec: {template: {spec: {containers: [{name: a, image: null, env: [{name: A, value: SCALAR}, {name: Z, value: z}]}]}}}",
        "spec: {template: {spec: {containers: [{name: b, $patch: delete}, {name: new, image: n}]}}}",
        "spec: {template: {spec: {volumes: [{name: w, $patch: delete}, {name: v, emptyDir: {}, configMap: null}]}}}",
        "spec: {template: {spec: {$patch: replace, hostname: SCALAR}}}",
        "spec: {ports: [{port: 80, targetPort: SCALAR}, {port: 53, name: n}]}",
        "spec: {template: {spec: {containers: [{name: a, ports: [{containerPort: 80, name: n}, {containerPort: 53}]}]}}}",
        "spec: {containers: [{name: a, args: [SCALAR]}], tolerations: [{key: t}]}",
        "data: {a: SCALAR, c: TEXT}",
        "data: null",
        "$patch: delete",
        "spec: {$patch: delete}",
        "spec: {replicas: SCALAR, strategy: {type: Recreate}}",
        "spec: {}",
        "subjects: [{kind: Group, name: g}]",
    ];
    let Resource {
        version,
        kind,
        name,
        namespace,
        ..
    } = resource;
    let namespace = namespace.map_or(String::new(), |name| format!(", namespace: {name}"));
    let extra = choices.pick(&[
        "",
        ", labels: {app: null, more: TEXT}",
        ", annotations: {note: TEXT}",
    ]);
    let body = choices.pick(BODIES);
    let text = format!(
        "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}{namespace}{extra}}}\n{body}\n"
    );
    filled(choices, &text)
}

/// Fields that a resource of a kind mostly has; of a list, one after its last too.
fn json_paths(kind: &str) -> &'static [&'static str] {
    match kind {
        "Deployment" | "StatefulSet" => &[
            "/spec/replicas",
            "/spec/template/spec/containers/0/args/-",
            "/spec/template/spec/containers/0/env/1",
            "/spec/template/spec/containers/1",
            "/spec/template/spec/containers/-1",
            "/spec/template/spec/nodeSelector/x~1y",
        ],
        "ConfigMap" => &["/data/a", "/data/b", "/data/x~1y", "/data/new"],
        "Service" => &[
            "/spec/ports/0",
            "/spec/ports/-",
            "/spec/ports/1/name",
            "/spec/type",
        ],
        "Shop" => &[
            "/spec/a",
            "/spec/b/d/0",
            "/spec/b/d/-",
            "/spec/b/d/-1",
            "/spec/b",
            "/spec/new",
        ],
        _ => &[
            "/metadata/annotations",
            "/metadata/name",
            "/metadata/labels",
            "/kind",
        ],
    }
}

fn json_patch(choices: &mut Choices, resources: &[Resource]) -> String {
    let resource = &resources[choices.below(resources.len())];
    let paths = json_paths(resource.kind);
    let operations = (0..=choices.below(3)).map(|_| {
        let op = choices.pick(&["add", "add", "replace", "remove", "test", "copy", "move"]);
        let path = choices.pick(paths);
        let rest = match op {
            "remove" => String::new(),
            "copy" | "move" => format!(", from: {}", choices.pick(paths)),
            _ => filled(choices, ", value: SCALAR"),
        };
        format!("    - {{op: {op}, path: {path}{rest}}}\n")
    });
    let operations: String = operations.collect();
    let target = match choices.below(3) {
        0 => format!("kind: {}", resource.kind),
        1 => format!("kind: {}, name: {}", resource.kind, resource.name),
        _ => format!(
            "kind: {}, name: {}.*, version: v.",
            resource.kind, resource.name
        ),
    };
    format!("- patch: |-\n{operations}  target: {{{target}}}\n")
}

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
            "metadata.name",
        ],
    }
}

fn replacements(choices: &mut Choices, resources: &[Resource]) -> String {
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
