//! Fields that are texts, lists and maps of texts, and small structures.

use super::{gvk, map, read_as, refused, texts, with};
use crate::file::*;

#[test]
fn lists_of_texts() {
    type Place = fn(&mut Kustomization) -> &mut Vec<String>;
    let fields: [(&str, Place); 9] = [
        ("resources", |all| &mut all.resources),
        ("components", |all| &mut all.components),
        ("crds", |all| &mut all.crds),
        ("configurations", |all| &mut all.configurations),
        ("generators", |all| &mut all.generators),
        ("transformers", |all| &mut all.transformers),
        ("validators", |all| &mut all.validators),
        ("buildMetadata", |all| &mut all.build_metadata),
        ("patchesStrategicMerge", |all| {
            &mut all.patches_strategic_merge
        }),
    ];
    for (name, place) in fields {
        let text = format!("{name}:\n- one\n- \"2\"\n");
        read_as(&text, with(|all| *place(all) = texts(["one", "2"])));
        let problem =
            format!("field `{name}[1]`: expected a text, found the number 2; put it in quotes");
        refused(&format!("{name}:\n- one\n- 2\n"), 3, &problem);
        let problem =
            format!("field `{name}`: expected a list, found a text; put `- ` before each item");
        refused(&format!("{name}: one\n"), 1, &problem);
    }
}

#[test]
fn texts_of_the_kustomization() {
    type Place = fn(&mut Kustomization) -> &mut String;
    let fields: [(&str, Place); 3] = [
        ("namePrefix", |all| &mut all.name_prefix),
        ("nameSuffix", |all| &mut all.name_suffix),
        ("namespace", |all| &mut all.namespace),
    ];
    for (name, place) in fields {
        let text = format!("{name}: dev-\n");
        read_as(&text, with(|all| *place(all) = "dev-".to_owned()));
        let problem =
            format!("field `{name}`: expected a text, found the boolean true; put it in quotes");
        refused(&format!("\n{name}: yes\n"), 2, &problem);
    }
}

#[test]
fn maps_of_texts() {
    type Place = fn(&mut Kustomization) -> &mut StringMap;
    let fields: [(&str, Place); 3] = [
        ("openapi", |all| &mut all.openapi),
        ("commonLabels", |all| &mut all.common_labels),
        ("commonAnnotations", |all| &mut all.common_annotations),
    ];
    for (name, place) in fields {
        let text = format!("{name}:\n  a.b/c: one\n  7: null\n");
        read_as(
            &text,
            with(|all| *place(all) = map([("a.b/c", "one"), ("7", "")])),
        );
        let problem = format!(
            "field `{name}[\"a.b/c\"]`: expected a text, found the number 1; put it in quotes"
        );
        refused(&format!("{name}:\n  x: y\n  a.b/c: 1\n"), 3, &problem);
        refused(
            &format!("{name}: [a]\n"),
            1,
            &format!("field `{name}`: expected a map, found a list"),
        );
    }
}

#[test]
fn labels() {
    let spec = FieldSpec {
        gvk: gvk("apps", "v1", "Deployment"),
        path: "spec/x".to_owned(),
        create: true,
    };
    let text = "
labels:
- pairs: {team: web}
  includeSelectors: true
  includeTemplates: no
  fields:
  - {group: apps, version: v1, kind: Deployment, path: spec/x, create: true}
- {}
";
    let labels = Label {
        pairs: map([("team", "web")]),
        include_selectors: true,
        include_templates: false,
        fields: vec![spec],
    };
    read_as(
        text,
        with(|all| all.labels = vec![labels, Label::default()]),
    );
    refused(
        "labels:\n- pair: {team: web}\n",
        2,
        "in `labels[0]`: unknown field \"pair\"; did you mean \"pairs\"?",
    );
    refused(
        "labels:\n- pairs: {team: web}\n  includeSelectors: 'true'\n",
        3,
        "field `labels[0].includeSelectors`: expected true or false, found a text; write it \
         without quotes",
    );
}

#[test]
fn images() {
    let text = "
images:
- name: nginx
  newName: mirror/nginx
  newTag: '1.10'
  tagSuffix: -slim
  digest: sha256:ab
";
    let image = Image {
        name: "nginx".to_owned(),
        new_name: "mirror/nginx".to_owned(),
        new_tag: "1.10".to_owned(),
        tag_suffix: "-slim".to_owned(),
        digest: "sha256:ab".to_owned(),
    };
    read_as(text, with(|all| all.images = vec![image]));
    refused(
        "images:\n- name: nginx\n  newTag: 1.10\n",
        3,
        "field `images[0].newTag`: expected a text, found the number 1.1; put it in quotes",
    );
    refused(
        "images:\n- name: nginx\n  tag: '1'\n",
        3,
        "in `images[0]`: unknown field \"tag\"; did you mean \"newTag\"?",
    );
}

#[test]
fn replicas() {
    let replica = Replica {
        name: "web".to_owned(),
        count: 3,
    };
    for count in ["3", "3.0", "0x3", "0b11", "3e0"] {
        let text = format!("replicas: [{{name: web, count: {count}}}]");
        read_as(&text, with(|all| all.replicas = vec![replica.clone()]));
    }
    refused(
        "replicas:\n- name: web\n  count: '3'\n",
        3,
        "field `replicas[0].count`: expected a whole number, found a text; write digits, without \
         quotes",
    );
    refused(
        "replicas:\n- name: web\n  count: 2.5\n",
        3,
        "field `replicas[0].count`: expected a whole number, found the number 2.5",
    );
}

#[test]
fn sort_options() {
    let text = "
sortOptions:
  order: legacy
  legacySortOptions:
    orderFirst: [Namespace]
    orderLast: [Job, Pod]
";
    let options = SortOptions {
        order: "legacy".to_owned(),
        legacy: Some(LegacySortOptions {
            order_first: texts(["Namespace"]),
            order_last: texts(["Job", "Pod"]),
        }),
    };
    read_as(text, with(|all| all.sort_options = Some(options)));
    refused(
        "sortOptions: fifo\n",
        1,
        "field `sortOptions`: expected a map, found a text",
    );
}

#[test]
fn metadata_is_read_and_not_kept() {
    let text = "metadata: {name: a, namespace: b, labels: {c: d}, annotations: {e: f}}";
    read_as(text, with(|_| {}));
    refused(
        "metadata:\n  creationTimestamp: null\n",
        2,
        "in `metadata`: unknown field \"creationTimestamp\"; known are name, namespace, labels, \
         annotations",
    );
}
