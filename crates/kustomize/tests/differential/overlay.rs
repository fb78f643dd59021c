//! Whole overlays: a base, perhaps a component, and a top that changes what they hold.

use crate::choices::Choices;
use crate::fields::fields;
use crate::resources::{Resource, resource};

/// Files by path; the top is built.
pub type Files = Vec<(String, String)>;

const CONFIGURATION: &str = "
namePrefix: [{path: spec/text, kind: Shop}]
commonLabels: [{path: spec/marks, kind: Shop, create: true}]
commonAnnotations: [{path: spec/notes, kind: Shop, create: true}]
images: [{path: spec/containers[]/image, kind: Shop}]
replicas: [{path: spec/count, kind: Deployment, create: true}]
varReference: [{path: spec/text, kind: Shop}]
nameReference:
- kind: ConfigMap
  fieldSpecs: [{path: spec/text, kind: Shop}, {path: data/a, kind: ConfigMap}]
";

/// An overlay.
pub fn overlay(choices: &mut Choices) -> Files {
    let resources = resources(choices);
    let texts: Vec<&str> = resources.iter().map(|resource| &*resource.text).collect();
    let mut top = "resources: [../base]\n".to_owned() + &fields(choices, &resources, 4);
    let mut files = vec![file("base/all.yaml", &texts.join("---\n"))];
    let mut base = String::from("resources: [all.yaml]\n");
    if choices.once_in(2) {
        base += &fields(choices, &resources, 9);
    }
    if choices.once_in(6) {
        base += "configurations: [more.yaml]\n";
        files.push(file("base/more.yaml", CONFIGURATION));
    }
    files.push(file("base/kustomization.yaml", &base));
    if choices.once_in(4) {
        let body = fields(choices, &resources, 9);
        let head = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";
        files.push(file("part/kustomization.yaml", &format!("{head}{body}")));
        top += "components: [../part]\n";
    }
    files.push(file("top/kustomization.yaml", &top));
    files
}

fn file(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), text.to_owned())
}

fn resources(choices: &mut Choices) -> Vec<Resource> {
    let count = 1 + choices.below(4);
    let mut resources: Vec<Resource> = (0..count).map(|_| resource(choices)).collect();
    resources.sort_by_key(|resource| (resource.kind, resource.name));
    resources.dedup_by_key(|resource| (resource.kind, resource.name));
    resources
}
