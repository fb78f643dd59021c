//! Maps and lists that nest without end, in every file that is read.

use crate::lab::Repository;

const DEEP: usize = 100_000;
const MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {a: b}\n";

/// What nests a hundred thousand deep, in each style.
fn texts() -> [(&'static str, String); 5] {
    [
        ("lists in lists", "[".repeat(DEEP)),
        ("maps in maps", "{a: ".repeat(DEEP)),
        ("JSON", "{\"a\":".repeat(DEEP)),
        ("dashes", "- ".repeat(DEEP)),
        ("keys", "? ".repeat(DEEP)),
    ]
}

#[test]
fn deep_resources_are_refused() {
    for (style, text) in texts() {
        let effort = Repository::new("resources: [deep.yaml]\n")
            .file("deep.yaml", text)
            .fails("", &["resources[0] deep.yaml", "512"]);
        assert!(effort.questions < 20, "{style}");
    }
}

#[test]
fn deep_block_maps_are_refused() {
    let lines = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth)));
    Repository::new("resources: [deep.yaml]\n")
        .file("deep.yaml", lines.collect::<String>())
        .fails("", &["resources[0] deep.yaml", "512"]);
}

#[test]
fn deep_kustomizations_are_refused() {
    for (_, text) in texts() {
        Repository::new(text).fails("", &["kustomization.yaml", "512"]);
    }
}

#[test]
fn deep_patches_are_refused() {
    for (_, text) in texts() {
        let patches = "patches: [{path: deep.yaml, target: {kind: ConfigMap}}]\n";
        Repository::new(format!("resources: [map.yaml]\n{patches}"))
            .file("map.yaml", MAP)
            .file("deep.yaml", text)
            .fails("", &["patches[0] deep.yaml"]);
    }
}

#[test]
fn a_deep_value_in_a_json_patch_is_refused() {
    let (open, close) = ("[".repeat(DEEP / 5), "]".repeat(DEEP / 5));
    let patch = format!(r#"[{{"op":"add","path":"/data/b","value":{open}{close}}}]"#);
    let patches = "patches: [{path: deep.json, target: {kind: ConfigMap}}]\n";
    Repository::new(format!("resources: [map.yaml]\n{patches}"))
        .file("map.yaml", MAP)
        .file("deep.json", patch)
        .fails("", &["patches[0] deep.json"]);
}

#[test]
fn other_deep_files_are_refused() {
    for (field, text) in texts().iter().flat_map(|(_, text)| {
        let entries = [
            "configurations: [deep.yaml]",
            "crds: [deep.yaml]",
            "openapi: {path: deep.yaml}",
            "replacements: [{path: deep.yaml}]",
            "transformers: [deep.yaml]",
            "generators: [deep.yaml]",
            "validators: [deep.yaml]",
        ];
        entries.map(|entry| (entry, text.clone()))
    }) {
        let name = field.split(':').next().unwrap_or(field);
        Repository::new(format!("resources: [map.yaml]\n{field}\n"))
            .file("map.yaml", MAP)
            .file("deep.yaml", text)
            .fails("", &["kustomization.yaml", name, "deep"]);
    }
}

#[test]
fn objects_as_deep_as_may_be_are_built() {
    let (open, close) = ("{a: ".repeat(500), "}".repeat(500));
    let (built, _) = Repository::new("resources: [deep.yaml]\nnamePrefix: p-\n")
        .file("deep.yaml", format!("{MAP}deep: {open}b{close}\n"))
        .builds("");
    assert_eq!(built.len(), 1);
}

#[test]
fn thousands_of_transformers_written_out_are_read() {
    let transformer = |number| {
        format!(
            "- |\n  apiVersion: builtin\n  kind: PrefixTransformer\n  metadata: {{name: t{number}}}\n  \
             prefix: ''\n  fieldSpecs: [{{path: metadata/name}}]\n"
        )
    };
    let transformers: String = (0..2000).map(transformer).collect();
    let (built, _) = Repository::new(format!(
        "resources: [map.yaml]\ntransformers:\n{transformers}"
    ))
    .file("map.yaml", MAP)
    .builds("");
    assert_eq!(built.len(), 1);
}
