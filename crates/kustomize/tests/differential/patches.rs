//! Patches of both sorts, for resources that are there.

use crate::choices::Choices;
use crate::resources::{Resource, filled};

/// The field `patches`.
pub fn patches(choices: &mut Choices, resources: &[Resource]) -> String {
    let count = 1 + choices.below(3);
    let patches = (0..count).map(|_| match choices.below(2) {
        0 => merge_patch(choices, resources),
        _ => json_patch(choices, resources),
    });
    format!("patches:\n{}", patches.collect::<String>())
}

/// The field `patchesStrategicMerge`.
pub fn patches_in_old_fields(choices: &mut Choices, resources: &[Resource]) -> String {
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
        ", labels: {app: TEXT, row: TEXT}",
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
            "/metadata/labels",
            "/metadata/labels/new",
            "/new",
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
