//! Three layers that all set the same few labels and annotations, in every way there is.

use crate::choices::Choices;
use crate::overlay::Files;

const KEYS: &[&str] = &["app", "tier"];
const VALUES: &[&str] = &["a", "b", "'1'", "'yes'", "x-y", "\"two\\nlines\""];

/// A kind with places for labels, and how its body may be written.
const RESOURCES: &[(&str, &str, &[&str])] = &[
    (
        "apps/v1",
        "Deployment",
        &[
            "",
            "spec: {template: {}}\n",
            "spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}}}\n",
            "spec: {template: {metadata: {labels: {tier: 'b'}, annotations: {note: x}}}}\n",
            "spec: {template: {spec: {affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{podAffinityTerm: {labelSelector: {matchLabels: {}}}}]}}, containers: [{name: a, image: lamp, env: [{name: A, value: x}]}]}}}\n",
        ],
    ),
    (
        "apps/v1",
        "StatefulSet",
        &[
            "spec: {volumeClaimTemplates: [{metadata: {name: one}}, {metadata: {name: two, labels: {app: c}}}, {}]}\n",
            "",
        ],
    ),
    (
        "v1",
        "Service",
        &["", "spec: {selector: {}}\n", "spec: {selector: {app: a}}\n"],
    ),
    (
        "batch/v1",
        "CronJob",
        &[
            "",
            "spec: {jobTemplate: {spec: {selector: {matchLabels: {tier: b}}}}}\n",
        ],
    ),
    (
        "batch/v1",
        "Job",
        &["", "spec: {selector: {matchLabels: {}}}\n"],
    ),
    (
        "policy/v1",
        "PodDisruptionBudget",
        &["spec: {selector: {matchLabels: {app: a}}}\n"],
    ),
    (
        "networking.k8s.io/v1",
        "NetworkPolicy",
        &[
            "spec: {podSelector: {matchLabels: {}}, ingress: [{from: [{podSelector: {matchLabels: {}}}]}]}\n",
        ],
    ),
    ("v1", "ConfigMap", &["data: {a: b}\n", "data: {app: a}\n"]),
    (
        "example.org/v1",
        "Shop",
        &[
            "",
            "spec: {marks: {}, items: [{marks: {}}, {marks: {app: a}}]}\n",
        ],
    ),
];

const CONFIGURATION: &str = "
commonLabels: [{path: spec/marks, kind: Shop, create: true}, {path: spec/items/marks, kind: Shop}]
commonAnnotations: [{path: spec/notes, kind: Shop, create: true}, {path: spec/items/notes, create: true, kind: Shop}]
namePrefix: [{path: metadata/labels/app}, {path: spec/selector/app, kind: Service}, {path: metadata/name}]
images: [{path: metadata/labels/app}, {path: spec/template/metadata/labels/app}]
varReference: [{path: metadata/labels}, {path: metadata/labels/app}, {path: spec/selector/matchLabels/app, kind: Deployment}]
nameReference:
- kind: ConfigMap
  fieldSpecs: [{path: metadata/annotations/note}, {path: spec/selector/matchLabels/app, kind: Deployment}]
";

/// Base, middle and top.
pub fn layers(choices: &mut Choices) -> Files {
    let mut kinds: Vec<usize> = (0..=choices.below(3))
        .map(|_| choices.below(RESOURCES.len()))
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    let resources: Vec<String> = kinds.iter().map(|at| resource(choices, *at)).collect();
    let mut files = vec![
        file("base/all.yaml", &resources.join("---\n")),
        file("base/more.yaml", CONFIGURATION),
    ];
    let below = [
        ("base", "all.yaml"),
        ("middle", "../base"),
        ("top", "../middle"),
    ];
    for (folder, below) in below {
        let mut text = format!("resources: [{below}]\n");
        if choices.once_in(5) {
            let configuration = if folder == "base" {
                "more.yaml"
            } else {
                "../base/more.yaml"
            };
            text += &format!("configurations: [{configuration}]\n");
        }
        for field in FIELDS {
            if choices.below(3) == 1 {
                text += &field(choices, &kinds);
            }
        }
        files.push(file(&format!("{folder}/kustomization.yaml"), &text));
    }
    files
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

fn resource(choices: &mut Choices, at: usize) -> String {
    let (version, kind, bodies) = RESOURCES[at];
    let more = choices.pick(&[
        "",
        "",
        ", labels: {app: a}",
        ", labels: {tier: \"b\"}, annotations: {note: n}",
    ]);
    let body = choices.pick(bodies);
    format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: one{more}}}\n{body}")
}

const FIELDS: &[fn(&mut Choices, &[usize]) -> String] = &[
    common_labels,
    common_annotations,
    labels,
    patches,
    replacements,
    transformers,
    others,
];

/// One pair or two.
fn pairs(choices: &mut Choices) -> String {
    let one = format!("{}: {}", choices.pick(KEYS), choices.pick(VALUES));
    match choices.below(3) {
        0 => format!(
            "app: {}, tier: {}",
            choices.pick(VALUES),
            choices.pick(VALUES)
        ),
        _ => one,
    }
}

fn common_labels(choices: &mut Choices, _: &[usize]) -> String {
    format!("commonLabels: {{{}}}\n", pairs(choices))
}

fn common_annotations(choices: &mut Choices, _: &[usize]) -> String {
    let value = choices.pick(&["one", "x", "$(VAR)", "'true'"]);
    format!("commonAnnotations: {{note: {value}}}\n")
}

fn labels(choices: &mut Choices, _: &[usize]) -> String {
    let mut one = || {
        let flags = choices.pick(&[
            ", includeSelectors: true",
            ", includeTemplates: true",
            "",
            ", fields: [{path: spec/marks, kind: Shop, create: true}, {path: spec/template/metadata/labels, create: true, kind: Job}]",
        ]);
        format!("- {{pairs: {{{}}}{flags}}}\n", pairs(choices))
    };
    let (one, other) = (one(), one());
    match one == other {
        true => format!("labels:\n{one}"),
        false => format!("labels:\n{one}{other}"),
    }
}

/// Where labels stand, with a hole for what stands there.
const SPOTS: &[&str] = &[
    "metadata: {name: one, labels: {HOLE}}",
    "metadata: {name: one, annotations: {note: VALUE}}",
    "metadata: {name: one}\nspec: {template: {metadata: {labels: {HOLE}}}}",
    "metadata: {name: one, labels: {HOLE}}\nspec: {selector: {matchLabels: {HOLE}}}",
    "metadata: {name: one, labels: null}\nspec: {template: {metadata: {annotations: {note: VALUE}}}}",
    "metadata: {name: one}\nspec: {selector: {HOLE}}",
    "metadata: {name: one}\nspec: {marks: {HOLE}, items: [{marks: {HOLE}}]}",
    "metadata: {name: one}\nspec: {template: {metadata: {labels: {$patch: replace, HOLE}}, spec: {containers: [{name: a, image: l}]}}}",
];

fn patches(choices: &mut Choices, kinds: &[usize]) -> String {
    let mut text = String::from("patches:\n");
    for _ in 0..=choices.below(2) {
        let (version, kind, _) = RESOURCES[kinds[choices.below(kinds.len())]];
        text += &match choices.once_in(5) {
            true => json_patch(choices, kind),
            false => {
                let spot = choices.pick(SPOTS);
                let spot = filled(choices, spot);
                let body = spot.replace('\n', "\n    ");
                let target = choices.pick(&["", "  target: {labelSelector: app=a}\n"]);
                format!(
                    "- patch: |-\n    apiVersion: {version}\n    kind: {kind}\n    {body}\n{target}"
                )
            }
        };
    }
    text
}

fn json_patch(choices: &mut Choices, kind: &str) -> String {
    let op = choices.pick(&["replace", "add", "remove"]);
    format!(
        "- target: {{kind: {kind}}}\n  patch: '[{{\"op\": \"{op}\", \"path\": \"/metadata/labels/{}\", \"value\": \"{}\"}}]'\n",
        choices.pick(KEYS),
        choices.pick(&["a", "z"])
    )
}

fn replacements(choices: &mut Choices, kinds: &[usize]) -> String {
    const PATHS: &[&str] = &[
        "metadata.labels.app",
        "metadata.labels",
        "spec.template.metadata.labels.app",
        "spec.selector.matchLabels",
        "spec.selector.app",
        "metadata.annotations.note",
        "spec.items.*.marks.app",
        "spec.volumeClaimTemplates.*.metadata.labels.app",
        "spec.marks.tier",
    ];
    let kind = |choices: &mut Choices| RESOURCES[kinds[choices.below(kinds.len())]].1;
    let mut text = String::from("replacements:\n");
    for _ in 0..=choices.below(2) {
        let source = match choices.below(3) {
            0 | 1 => format!("sourceValue: {}", choices.pick(VALUES)),
            _ => format!(
                "source: {{kind: {}, fieldPath: '{}'}}",
                kind(choices),
                choices.pick(PATHS)
            ),
        };
        let options = choices.pick(&[
            ", options: {create: true}",
            "",
            ", options: {create: true}",
            ", options: {delimiter: '-', index: 0}",
            ", options: {delimiter: '-', index: 5}",
        ]);
        text += &format!(
            "- {source}\n  targets:\n  - {{select: {{kind: {}}}, fieldPaths: ['{}', '{}']{options}}}\n",
            kind(choices),
            choices.pick(PATHS),
            choices.pick(PATHS)
        );
    }
    text
}

fn transformers(choices: &mut Choices, _: &[usize]) -> String {
    let (kind, field) = choices_transformer(choices);
    let pairs = pairs(choices);
    format!(
        "transformers:\n- |-\n  apiVersion: builtin\n  kind: {kind}\n  metadata: {{name: own}}\n  {field}: {{{pairs}}}\n  fieldSpecs:\n  - {{path: metadata/{field}, create: true}}\n  - {{path: spec/template/metadata/{field}, create: true, kind: Deployment}}\n  - {{path: spec/template/metadata/labels, kind: Deployment}}\n"
    )
}

fn choices_transformer(choices: &mut Choices) -> (&'static str, &'static str) {
    match choices.below(2) {
        0 => ("LabelTransformer", "labels"),
        _ => ("AnnotationsTransformer", "annotations"),
    }
}

fn others(choices: &mut Choices, kinds: &[usize]) -> String {
    let kind = RESOURCES[kinds[choices.below(kinds.len())]];
    let texts = [
        "namePrefix: p-\n".to_owned(),
        "namespace: hall\n".to_owned(),
        "images: [{name: a, newName: other}]\n".to_owned(),
        "buildMetadata: [managedByLabel]\n".to_owned(),
        format!(
            "vars: [{{name: VAR, objref: {{apiVersion: {}, kind: {}, name: one}}, fieldref: {{fieldpath: metadata.name}}}}]\n",
            kind.0, kind.1
        ),
        "configMapGenerator: [{name: made, literals: [a=b]}]\n".to_owned(),
    ];
    texts[choices.below(texts.len())].clone()
}

fn filled(choices: &mut Choices, spot: &str) -> String {
    let mut text = spot.to_owned();
    while text.contains("HOLE") {
        let pair = match choices.once_in(5) {
            true => format!("{}: null", choices.pick(KEYS)),
            false => pairs(choices),
        };
        text = text.replacen("HOLE", &pair, 1);
    }
    text.replace("VALUE", choices.pick(&["one", "two"]))
}
