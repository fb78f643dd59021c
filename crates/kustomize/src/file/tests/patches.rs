//! Patches.

use super::{gvk, read_as, refused, with};
use crate::file::*;
use crate::resource::ResId;

#[test]
fn patches() {
    let text = "
patches:
- path: patch.yaml
  options: {allowNameChange: true, allowKindChange: false}
- patch: |

    a: b
  target:
    group: apps
    version: v1
    kind: Deployment
    name: web
    namespace: prod
    labelSelector: a=b
    annotationSelector: c
";
    let by_path = Patch {
        path: "patch.yaml".to_owned(),
        options: [("allowNameChange".to_owned(), true)].into(),
        ..Patch::default()
    };
    let by_text = Patch {
        patch: "a: b".to_owned(),
        target: Some(Selector {
            id: ResId::new(gvk("apps", "v1", "Deployment"), "web", "prod"),
            label_selector: "a=b".to_owned(),
            annotation_selector: "c".to_owned(),
        }),
        ..Patch::default()
    };
    read_as(text, with(|all| all.patches = vec![by_path, by_text]));
    refused(
        "patches:\n- path: a\n  target:\n    apiVersion: v1\n",
        4,
        "in `patches[0].target`: unknown field \"apiVersion\"; did you mean \"version\"?",
    );
    refused(
        "patches:\n- path: a\n- target: {}\n",
        3,
        "field `patches[1]`: must specify one of patch and path: neither says anything",
    );
    refused(
        "patches:\n- {path: a, patch: b}\n",
        2,
        "field `patches[0]`: patch and path can't be set at the same time; keep one of them",
    );
}

#[test]
fn patches_json6902() {
    let patch = Patch {
        patch: " []".to_owned(),
        target: Some(Selector {
            id: ResId::new(gvk("", "", ""), "web", ""),
            ..Selector::default()
        }),
        ..Patch::default()
    };
    let text = "patchesJson6902: [{patch: ' []', target: {name: web}}]";
    read_as(text, with(|all| all.patches_json6902 = vec![patch]));
    for (text, problem) in [
        ("{path: a}", "a JSON patch needs a `target` with a `name`"),
        (
            "{path: a, target: {kind: B}}",
            "must specify the target name; set `name` in `target`",
        ),
        (
            "{target: {name: b}}",
            "empty file path and empty jsonOp; name a file or write the operations",
        ),
        (
            "{path: a, patch: b, target: {name: b}}",
            "must specify a file path or jsonOp, not both; keep one of them",
        ),
    ] {
        let text = format!("patchesJson6902:\n- {text}\n");
        refused(&text, 2, &format!("field `patchesJson6902[0]`: {problem}"));
    }
}
