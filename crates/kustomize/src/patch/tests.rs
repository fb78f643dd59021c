//! Entries of a kustomization and what they make of its resources. Facts: Kustomize 5.8.1, its tests
//! of the three transformers, and the tool itself.

use super::{PatchError, apply_json6902, apply_patch, apply_strategic_merge};
use crate::file::{Patch, Selector};
use crate::load::{Loader, Nowhere, Restrictions};
use crate::resource::{Gvk, ResId, ResMap, read_resources};
use crate::schema::Schema;
use model::{MemoryTree, TreePath};
use std::error::Error;

const RESOURCES: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web, tier: front}}
spec: {replicas: 1}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: prod, labels: {app: api}}
spec: {replicas: 1}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: ClusterIP}
";

/// Applies something to the resources, beside which a file lies.
fn applied(
    file: &str,
    apply: impl FnOnce(&mut ResMap, &Loader) -> Result<(), PatchError>,
) -> Result<Vec<String>, String> {
    let tree = MemoryTree::of([("k/patch.yaml", file)]).unwrap();
    let folder = TreePath::parse("k").unwrap();
    let loader = Loader::new(&tree, folder, Restrictions::RootOnly, &Nowhere).unwrap();
    let mut resources = ResMap::default();
    let objects = read_resources(RESOURCES.as_bytes()).unwrap();
    resources.append_all(objects, Schema::builtin()).unwrap();
    apply(&mut resources, &loader).map_err(|error| whole(&error))?;
    let lines = resources.resources.iter_mut().map(|resource| {
        resource.remove_notes().unwrap();
        resource.node.to_value().unwrap().to_string()
    });
    Ok(lines.collect())
}

fn whole(error: &dyn Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", whole(source)),
        None => error.to_string(),
    }
}

fn patch_of(patch: &str, target: Option<Selector>) -> Patch {
    Patch {
        patch: patch.to_owned(),
        target,
        ..Patch::default()
    }
}

fn target(kind: &str, name: &str) -> Selector {
    Selector {
        id: ResId::new(Gvk::unscoped("", "", kind), name, ""),
        ..Selector::default()
    }
}

fn patched(patch: &Patch) -> Result<Vec<String>, String> {
    applied("", |resources, loader| {
        apply_patch(resources, patch, loader, Schema::builtin())
    })
}

const WEB: &str = r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"app":"web","tier":"front"},"name":"web"},"spec":{"replicas":1}}"#;
const API: &str = r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"app":"api"},"name":"api","namespace":"prod"},"spec":{"replicas":1}}"#;
const SERVICE: &str =
    r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"type":"ClusterIP"}}"#;

fn with(object: &str, changes: &[(&str, &str)]) -> String {
    changes
        .iter()
        .fold(object.to_owned(), |object, (from, to)| {
            assert!(object.contains(from), "{object} has no {from}");
            object.replace(from, to)
        })
}

const THREE: (&str, &str) = ("\"replicas\":1", "\"replicas\":3");

#[test]
fn an_object_finds_its_resource_by_its_id() {
    let patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: default}\nspec: {replicas: 3}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n$patch: delete\n";
    // The namespace stays as the resource has it.
    let expected = vec![with(WEB, &[THREE]), API.to_owned()];
    assert_eq!(patched(&patch_of(patch, None)), Ok(expected));
}

#[test]
fn a_target_finds_all_it_fits() {
    let patch = "apiVersion: v9\nkind: Other\nmetadata: {name: any, labels: {x: null}}\nspec: {replicas: 3}\n";
    let labelled = |object| {
        with(
            object,
            &[THREE, ("\"labels\":{", "\"labels\":{\"x\":\"null\",")],
        )
    };
    let sorted = |object: String| {
        object
            .replace(
                "\"x\":\"null\",\"app\":\"web\",\"tier\":\"front\"",
                "\"app\":\"web\",\"tier\":\"front\",\"x\":\"null\"",
            )
            .replace(
                "\"x\":\"null\",\"app\":\"api\"",
                "\"app\":\"api\",\"x\":\"null\"",
            )
    };
    // Labels become text, so null deletes nothing there.
    let expected = vec![
        sorted(labelled(WEB)),
        sorted(labelled(API)),
        SERVICE.to_owned(),
    ];
    assert_eq!(
        patched(&patch_of(patch, Some(target("Deploy.*", "")))),
        Ok(expected)
    );
    let unchanged = vec![WEB.to_owned(), API.to_owned(), SERVICE.to_owned()];
    assert_eq!(
        patched(&patch_of(patch, Some(target("Deploy", "")))),
        Ok(unchanged)
    );
    let delete = "kind: Any\nmetadata: {name: any}\n$patch: delete\n";
    let left = vec![API.to_owned()];
    assert_eq!(
        patched(&patch_of(delete, Some(target("", "web")))),
        Ok(left)
    );
}

#[test]
fn labels_and_namespaces_select_too() {
    let patch = "kind: Any\nmetadata: {name: any}\nspec: {replicas: 3}\n";
    let one_of = |selector: Selector| {
        let found = patched(&patch_of(patch, Some(selector))).unwrap();
        let three = |line: &String| line.contains("\"replicas\":3");
        (0..3).filter(|at| three(&found[*at])).collect::<Vec<_>>()
    };
    let labels = |text: &str| Selector {
        label_selector: text.to_owned(),
        ..Selector::default()
    };
    assert_eq!(one_of(labels("app in (web,other)")), [0]);
    assert_eq!(one_of(labels("!tier")), [1, 2]);
    let mut namespace = Selector::default();
    namespace.id.namespace = "def.*".to_owned();
    assert_eq!(one_of(namespace.clone()), [0, 2]);
    namespace.id.gvk.group = "apps".to_owned();
    assert_eq!(one_of(namespace), [0]);
}

#[test]
fn names_and_kinds_change_only_if_they_may() {
    let patch = "kind: StatefulSet\nmetadata: {name: new}\nspec: {replicas: 3}\n";
    let mut entry = patch_of(patch, Some(target("Deployment", "web")));
    assert_eq!(patched(&entry).unwrap()[0], with(WEB, &[THREE]));
    entry.options = [("allowNameChange".to_owned(), true)].into();
    let renamed = with(WEB, &[THREE, ("\"name\":\"web\"", "\"name\":\"new\"")]);
    assert_eq!(patched(&entry).unwrap()[0], renamed);
    entry.options.insert("allowKindChange".to_owned(), true);
    let changed = with(&renamed, &[("Deployment", "StatefulSet")]);
    assert_eq!(patched(&entry).unwrap()[0], changed);
    let mut clash = patch_of(
        "kind: Deployment\nmetadata: {name: web}\n",
        Some(target("", "")),
    );
    clash.options = [("allowKindChange".to_owned(), true)].into();
    assert!(patched(&clash).is_ok());
    clash.options.insert("allowNameChange".to_owned(), true);
    clash.target = Some(target("Deployment", "web"));
    assert!(patched(&clash).is_ok());
    clash.patch = "kind: Service\nmetadata: {name: web}\n".to_owned();
    clash.target = Some(Selector {
        id: ResId::new(Gvk::unscoped("", "v1", ""), "web", ""),
        ..Selector::default()
    });
    assert!(patched(&clash).is_ok());
}

#[test]
fn json_patches_need_a_target() {
    let operations = "- {op: replace, path: /spec/replicas, value: 3}\n- {op: add, path: /metadata/annotations, value: {a: 5}}\n";
    let annotated = (
        "\"metadata\":{",
        "\"metadata\":{\"annotations\":{\"a\":\"5\"},",
    );
    let expected = vec![
        with(WEB, &[THREE, annotated]),
        API.to_owned(),
        SERVICE.to_owned(),
    ];
    let entry = patch_of(operations, Some(target("Deployment", "web")));
    assert_eq!(patched(&entry), Ok(expected.clone()));
    let found = applied(operations, |resources, loader| {
        let entry = Patch {
            path: "patch.yaml".to_owned(),
            patch: String::new(),
            ..entry
        };
        apply_json6902(resources, &entry, loader, Schema::builtin())
    });
    assert_eq!(found, Ok(expected));
}

#[test]
fn paths_may_be_patches() {
    let inline =
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3}\n";
    let file = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort}\n";
    let paths = [inline.to_owned(), "patch.yaml".to_owned()];
    let found = applied(file, |resources, loader| {
        apply_strategic_merge(resources, &paths, "", loader, Schema::builtin())
    });
    let service = with(SERVICE, &[("ClusterIP", "NodePort")]);
    assert_eq!(
        found,
        Ok(vec![with(WEB, &[THREE]), API.to_owned(), service])
    );
}

#[test]
fn a_patch_with_nothing_in_it_does_nothing() {
    for text in ["# nothing\n", "{}", "[]", "---\n"] {
        let unchanged = vec![WEB.to_owned(), API.to_owned(), SERVICE.to_owned()];
        assert_eq!(patched(&patch_of(text, None)), Ok(unchanged), "{text}");
    }
}

#[test]
fn what_is_wrong_with_a_patch_is_said() {
    let any = || Some(target("", ""));
    let object = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-1}\n";
    let two = format!("{object}---\n{object}");
    let both = Patch {
        path: "patch.yaml".to_owned(),
        ..patch_of(object, None)
    };
    let missing = Patch {
        path: "no.yaml".to_owned(),
        ..Patch::default()
    };
    for (entry, parts) in [
        (
            patch_of(object, None),
            &[
                "no resource matches strategic merge patch [patch:",
                "line 1; near it: Deployment.v1.apps/web.[noNs], Deployment.v1.apps/api.prod",
                "no matches for Id Deployment.v1.apps/web-1.[noNs]",
            ][..],
        ),
        (
            patch_of(&two, any()),
            &["Multiple Strategic-Merge Patches in one `patches` entry is not allowed"],
        ),
        (
            patch_of("- {op: remove, path: /x}", None),
            &["must specify a target for JSON patch [patch: \"- {op: remove"],
        ),
        (
            patch_of("- {op: remove, path: /x}", any()),
            &[
                "does not apply to Deployment.v1.apps/web.[noNs]",
                "operation 1 (remove /x)",
            ],
        ),
        (
            patch_of("kind: Any\nmetadata: {name: a}\nspec: 5\n", any()),
            &[
                "does not apply to Deployment.v1.apps/web.[noNs]",
                "spec (line 3): wrong node kind: expected MappingNode but got ScalarNode",
            ],
        ),
        (
            patch_of("a: b", any()),
            &[
                "unable to parse SM or JSON patch from [patch: \"a: b\"]",
                "missing Resource metadata",
                "found a map",
            ],
        ),
        (
            patch_of(object, Some(target("(", ""))),
            &[
                "unable to find patch target",
                "kind of the selector",
                "error parsing regexp",
            ],
        ),
        (Patch::default(), &["must specify one of patch and path"]),
        (both, &["patch and path can't be set at the same time"]),
        (
            missing,
            &[
                "failed to get the patch file from path(no.yaml)",
                "doesn't exist",
            ],
        ),
    ] {
        let error = patched(&entry).unwrap_err();
        for part in parts {
            assert!(error.contains(part), "{error}\n{part}");
        }
    }
}

#[test]
fn what_is_wrong_with_the_older_fields_is_said() {
    let merge = |paths: &[&str]| {
        let paths: Vec<_> = paths.iter().map(|path| (*path).to_owned()).collect();
        let found = applied("# nothing\n", |resources, loader| {
            apply_strategic_merge(resources, &paths, "", loader, Schema::builtin())
        });
        found.unwrap_err()
    };
    assert!(merge(&["patch.yaml"]).contains("patch appears to be empty"));
    assert!(merge(&["other.yaml"]).contains("doesn't exist"));
    assert!(merge(&["kind: A\nspec: 1\n"]).contains("missing metadata.name"));
    let json = |patch: &str, target: Option<Selector>| {
        let found = applied("", |resources, loader| {
            apply_json6902(
                resources,
                &patch_of(patch, target),
                loader,
                Schema::builtin(),
            )
        });
        found.unwrap_err()
    };
    let named = || Some(target("", "web"));
    assert!(json("[]", named()).contains("patch appears to be empty"));
    assert!(json("- 5", named()).contains("decoding JSON patch"));
    assert!(json("[]", Some(target("Service", ""))).contains("must specify the target name"));
    assert!(json("[]", None).contains("must specify a target"));
}
