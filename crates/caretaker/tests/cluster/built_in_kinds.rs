//! Objects of Kubernetes' own kinds carry many fields that the server filled in. None of them may
//! need a dry run to be known as wanted.

use diff::{Comparison, Ignore, changes_text, compare};
use model::{ClusterId, GroupVersionKind, ObjectKey};
use serde_json::Value;
use testbed::ControlPlane;

const OBJECTS: &str = include_str!("built-in-kinds.yaml");
const MANAGER: &str = "argocd-controller";

#[test]
fn what_the_server_fills_in_needs_no_dry_run() {
    none_is_doubtful(&["--server-side"]);
}

#[test]
fn nor_does_it_where_kubectl_applied_the_objects() {
    none_is_doubtful(&[]);
}

/// Applies all objects, in a control plane of their own: one of them names a group that is not
/// served, which others would notice.
fn none_is_doubtful(way: &[&str]) {
    let plane = ControlPlane::own();
    let namespace = plane.namespace("built-in");
    let manager = format!("--field-manager={MANAGER}");
    let apply = ["apply", &manager, "-n", &namespace, "-f", "-"];
    let apply = [&apply, way].concat();
    plane
        .kubectl_stdin(&apply, OBJECTS)
        .expect("the server takes all of them");
    let get = [
        "get",
        "-n",
        &namespace,
        "-f",
        "-",
        "-o",
        "json",
        "--show-managed-fields",
    ];
    let live = plane
        .kubectl_stdin(&get, OBJECTS)
        .expect("all of them are there");
    let live: Value = serde_json::from_str(&live).expect("kubectl writes JSON");
    let live = live["items"].as_array().cloned().unwrap_or_default();
    let wanted = yaml::read_documents(OBJECTS.as_bytes(), &yaml::Limits::default());
    let wanted = wanted.expect("it is our own file");
    assert_eq!(wanted.len(), live.len());
    assert!(wanted.len() >= 60, "kinds are missing");
    let mut wrong = String::new();
    for (wanted, live) in wanted.iter().zip(&live) {
        let (wanted, key) = (&wanted.value, key_of(live));
        assert_eq!(key_of(wanted).name, key.name);
        match compare(wanted, live, MANAGER, &Ignore::default(), &key) {
            Ok(Comparison::Same) => {}
            Ok(Comparison::Doubtful(changes)) => {
                wrong += &format!("doubtful: {}", changes_text(&changes, &key))
            }
            Ok(Comparison::Different(changes)) => {
                wrong += &format!("different: {}", changes_text(&changes, &key))
            }
            Err(error) => wrong += &format!("{key}: {error}\n"),
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    println!("{} objects, no dry run", live.len());
}

fn key_of(object: &Value) -> ObjectKey {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gvk =
        GroupVersionKind::from_api_version(&text(&object["apiVersion"]), &text(&object["kind"]));
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: gvk.group_kind,
        namespace: text(&object["metadata"]["namespace"]).as_str().into(),
        name: text(&object["metadata"]["name"]).as_str().into(),
    }
}
