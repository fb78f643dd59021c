//! A little text that goes to very many places.

use crate::lab::Repository;
use kustomize::Bounds;

fn maps(count: usize) -> String {
    let map = |number| {
        format!("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: map-{number}}}\n")
    };
    (0..count).map(map).collect()
}

#[test]
fn a_long_text_for_very_many_resources_is_refused() {
    let long = "x".repeat(1 << 20);
    for field in [
        format!("namePrefix: {long}"),
        format!("nameSuffix: {long}"),
        format!("namespace: {long}"),
        format!("commonLabels: {{a: {long}}}"),
        format!("commonAnnotations: {{a: {long}}}"),
        format!("labels: [{{pairs: {{a: {long}}}}}]"),
    ] {
        Repository::new(format!("resources: [maps.yaml]\n{field}\n"))
            .file("maps.yaml", maps(10_000))
            .fails("", &["the build is stopped"]);
    }
}

#[test]
fn a_long_image_for_very_many_containers_is_refused() {
    let containers = "{name: a, image: i},".repeat(10_000);
    let pod = format!("kind: Pod\nmetadata: {{name: p}}\nspec: {{containers: [{containers}]}}\n");
    let long = "x".repeat(1 << 20);
    Repository::new(format!(
        "resources: [pod.yaml]\nimages: [{{name: i, newName: {long}}}]\n"
    ))
    .file("pod.yaml", pod)
    .fails("", &["images[0]"]);
}

fn pairs(count: usize) -> String {
    (0..count).map(|number| format!("k{number}: v,")).collect()
}

#[test]
fn very_many_labels_are_refused() {
    for field in ["commonLabels", "commonAnnotations"] {
        let pairs = pairs(20_000);
        Repository::new(format!("resources: [maps.yaml]\n{field}: {{{pairs}}}\n"))
            .file("maps.yaml", maps(100))
            .fails("", &["the build is stopped"]);
    }
}

#[test]
fn very_many_labels_of_very_many_generated_objects_are_refused() {
    let labels = format!("generatorOptions: {{labels: {{{}}}}}\n", pairs(3000));
    let generators = (0..5000).map(|number| format!("- {{name: m{number}}}\n"));
    let generators: String = generators.collect();
    Repository::new(format!("{labels}configMapGenerator:\n{generators}"))
        .fails("", &["generatorOptions", "the build is stopped"]);
}

#[test]
fn very_many_labels_of_one_generated_object_are_written() {
    let labels = format!("generatorOptions: {{labels: {{{}}}}}\n", pairs(20_000));
    let (built, _) =
        Repository::new(format!("{labels}configMapGenerator: [{{name: a}}]\n")).builds("");
    assert_eq!(built[0].matches(": v\n").count(), 20_000);
}

#[test]
fn very_many_transformers_of_a_large_resource_are_refused() {
    let list = "a,".repeat(20_000);
    let map = format!("kind: ConfigMap\nmetadata: {{name: map}}\ndata: {{}}\nlist: [{list}]\n");
    let images = "- {name: i, newTag: t}\n".repeat(1000);
    let bounds = Bounds {
        work: 20_000,
        ..Bounds::default()
    };
    Repository::new(format!("resources: [map.yaml]\nimages:\n{images}"))
        .file("map.yaml", map)
        .within(bounds)
        .fails("", &["images[", "the build is stopped"]);
}

#[test]
fn very_many_fields_of_transformers_are_refused() {
    let specs = (0..20_000).map(|number| format!("- {{path: a{number}}}\n"));
    let specs: String = specs.collect();
    Repository::new("resources: [maps.yaml]\nconfigurations: [config.yaml]\n")
        .file("maps.yaml", maps(1))
        .file("config.yaml", format!("commonLabels:\n{specs}"))
        .fails(
            "",
            &["configurations", "config.yaml makes more than 10000 fields"],
        );
}

#[test]
fn notes_of_very_many_transformers_are_counted() {
    let patch = r#"[{"op": "add", "path": "/data", "value": {}}]"#;
    let entry = format!("- {{patch: '{patch}', target: {{kind: ConfigMap}}}}\n");
    let bounds = Bounds {
        text: 1 << 20,
        ..Bounds::default()
    };
    let asked = "buildMetadata: [transformerAnnotations]\n";
    Repository::new(format!(
        "resources: [maps.yaml]\n{asked}patches:\n{}",
        entry.repeat(200)
    ))
    .file("maps.yaml", maps(10))
    .within(bounds)
    .fails("", &["it would write more than 1048576 bytes"]);
}

#[test]
fn a_long_name_that_names_very_much_is_noted_in_short() {
    let names = "{configMapRef: {name: map-0}},".repeat(2000);
    let name = "n".repeat(100_000);
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\n\
         spec: {{containers: [{{name: c, envFrom: [{names}]}}]}}\n"
    );
    let (built, _) = Repository::new("namePrefix: p-\nresources: [maps.yaml, pod.yaml]\n")
        .file("maps.yaml", maps(1))
        .file("pod.yaml", pod)
        .builds("");
    assert!(
        built
            .iter()
            .any(|object| object.matches("name: p-map-0\n").count() == 2000)
    );
}

/// A configuration whose fields are in each item of a list.
fn in_a_list(items: usize, config: &str, field: &str) -> Repository {
    let list = "{a: b},".repeat(items);
    let object = format!("kind: A\nmetadata: {{name: a}}\nlist: [{list}]\n");
    Repository::new(format!(
        "resources: [object.yaml]\nconfigurations: [config.yaml]\n{field}\n"
    ))
    .file("object.yaml", object)
    .file("config.yaml", config)
}

#[test]
fn a_long_text_for_very_many_items_is_refused() {
    let long = "x".repeat(1 << 20);
    for (config, field) in [
        (
            "namePrefix: [{path: list/a}]",
            format!("namePrefix: {long}"),
        ),
        (
            "nameSuffix: [{path: list/a}]",
            format!("nameSuffix: {long}"),
        ),
        ("namespace: [{path: list/a}]", format!("namespace: {long}")),
        (
            "commonLabels: [{path: list/l, create: true}]",
            format!("commonLabels: {{a: {long}}}"),
        ),
        (
            "commonAnnotations: [{path: list/l, create: true}]",
            format!("commonAnnotations: {{a: {long}}}"),
        ),
    ] {
        let name = field.split(':').next().unwrap_or_default().to_owned();
        in_a_list(1000, config, &field).fails("", &[&name, "bytes"]);
    }
}

#[test]
fn fields_deeper_than_any_object_are_not_made() {
    let deep = "a/".repeat(100_000);
    for (field, text) in [
        ("namePrefix", "p-"),
        ("namespace", "ns"),
        ("commonLabels", "{a: b}"),
    ] {
        let config = format!("{field}: [{{path: {deep}a, create: true}}]");
        in_a_list(1, &config, &format!("{field}: {text}")).fails("", &[field, "100001 steps"]);
    }
    let target = format!("[{{fieldPath: {deep}a}}]");
    let transformer =
        "apiVersion: builtin\nkind: ValueAddTransformer\nmetadata: {name: v}\nvalue: v\n";
    Repository::new("resources: [maps.yaml]\ntransformers: [v.yaml]\n")
        .file("maps.yaml", maps(1))
        .file("v.yaml", format!("{transformer}targets: {target}\n"))
        .fails("", &["transformers v", "100001 steps"]);
}

#[test]
fn fields_that_are_made_in_very_many_items_are_refused() {
    let config = format!(
        "namePrefix: [{{path: list/x/{}a, create: true}}]",
        "a/".repeat(250)
    );
    in_a_list(20_000, &config, "namePrefix: p-").fails("", &["namePrefix", "bytes"]);
}
