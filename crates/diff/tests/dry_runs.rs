//! What a dry run's answer says, in a few fields each.

use diff::{Change, CompareError, Ignore, compare, compare_predicted};
use model::{ClusterId, GroupKind, IgnoreRule, ObjectKey};
use serde_json::{Value, json};

const MANAGER: &str = "argocd-controller";
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn key(kind: &str) -> ObjectKey {
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: GroupKind::new("", kind),
        namespace: "shop".into(),
        name: "a".into(),
    }
}

fn object(metadata: Value, spec: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Thing", "metadata": metadata, "spec": spec})
}

/// `metadata` of an object of which our manager applied these fields.
fn ours(fields: Value) -> Value {
    json!({"managedFields": [{"manager": MANAGER, "operation": "Apply", "apiVersion": "v1",
        "fieldsV1": fields}]})
}

fn changes(predicted: &Value, live: &Value) -> Vec<Change> {
    compare_predicted(predicted, live, MANAGER, &Ignore::default(), &key("Thing")).unwrap()
}

fn told(predicted: &Value, live: &Value) -> Vec<String> {
    let changes = changes(predicted, live);
    changes
        .iter()
        .map(|change| diff::describe(change, &key("Thing")))
        .collect()
}

#[test]
fn last_applied_is_no_difference() {
    let with = |text: &str| {
        object(
            json!({"annotations": {LAST_APPLIED: text}}),
            json!({"a": 1}),
        )
    };
    let without = object(json!({}), json!({"a": 1}));
    assert!(told(&without, &with("{}")).is_empty());
    assert!(told(&with("{\"a\":1}"), &with("{\"a\":2}")).is_empty());
}

#[test]
fn nested_list_items_that_git_adds_are_told_with_what_the_server_filled_in() {
    let container = |env: Value, ports: Value| {
        object(
            json!({}),
            json!({"containers": [{"name": "a", "env": env, "ports": ports}]}),
        )
    };
    let live = container(
        json!([{"name": "A", "value": "1"}]),
        json!([{"name": "web", "containerPort": 80}]),
    );
    let predicted = container(
        json!([{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]),
        json!([{"name": "web", "containerPort": 80},
            {"name": "more", "containerPort": 90, "protocol": "TCP"}]),
    );
    assert_eq!(
        told(&predicted, &live),
        [
            r#"spec.containers[name=a].env[name=B]: want {"name":"B","value":"2"}, have nothing"#,
            r#"spec.containers[name=a].ports[name=more]: want {"containerPort":90,"name":"more","protocol":"TCP"}, have nothing"#,
        ]
    );
}

#[test]
fn what_git_no_longer_has_is_live_alone() {
    let labels = |labels: Value| object(json!({"labels": labels}), json!({}));
    assert_eq!(
        told(
            &labels(json!({"a": "1"})),
            &labels(json!({"a": "1", "b": "2"}))
        ),
        [r#"metadata.labels.b: want nothing, have "2""#]
    );
    let data = |data: Value| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {}, "data": data});
    assert_eq!(
        told(&data(json!({"a": "1"})), &data(json!({"a": "1", "b": "2"}))),
        [r#"data.b: want nothing, have "2""#]
    );
}

#[test]
fn ignored_fields_are_in_neither_side() {
    let rule = IgnoreRule {
        group: "*".into(),
        kind: "*".into(),
        json_pointers: vec!["/spec/a".into()],
        ..IgnoreRule::default()
    };
    let (ignore, _) = Ignore::compile(&[rule]);
    let (predicted, live) = (
        object(json!({}), json!({"a": 1, "b": 1})),
        object(json!({}), json!({"a": 2, "b": 2})),
    );
    let changes = compare_predicted(&predicted, &live, MANAGER, &ignore, &key("Thing")).unwrap();
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    assert_eq!(paths, ["spec.b"]);
}

#[test]
fn the_servers_own_counters_are_no_difference() {
    let counted = |number: &str| {
        object(
            json!({"resourceVersion": number, "generation": number.len(), "managedFields": [{"time": number}]}),
            json!({}),
        )
    };
    assert!(told(&counted("1"), &counted("22")).is_empty());
}

#[test]
fn exclude_manager_owned_ancestors() {
    let of = |leaf: i32, sibling: i32| {
        object(
            ours(json!({"f:spec": {"f:free": {"f:leaf": {}}}})),
            json!({"free": {"leaf": leaf, "sibling": sibling}}),
        )
    };
    // A webhook's own field beside ours is not what an apply is for.
    assert!(told(&of(1, 2), &of(1, 1)).is_empty());
    assert_eq!(
        told(&of(2, 2), &of(1, 1)),
        ["spec.free.leaf: want 2, have 1"]
    );
}

#[test]
fn a_list_that_is_ours_as_a_whole_is_compared_to_its_last_item() {
    let of = |items: Value| {
        object(
            ours(json!({"f:spec": {"f:items": {}}})),
            json!({"items": items}),
        )
    };
    assert_eq!(
        told(&of(json!([{"a": 1}])), &of(json!([{"a": 2}]))).len(),
        1
    );
    assert!(told(&of(json!([{"a": 1}])), &of(json!([{"a": 1}]))).is_empty());
}

#[test]
fn what_is_no_object_is_an_error() {
    let (thing, none) = (object(json!({}), json!({})), Value::Null);
    let (ignore, key) = (Ignore::default(), key("Thing"));
    for (desired, live) in [(&none, &thing), (&thing, &none)] {
        let compared = compare(desired, live, MANAGER, &ignore, &key);
        assert!(matches!(compared, Err(CompareError::NotAnObject(_))));
        let predicted = compare_predicted(desired, live, MANAGER, &ignore, &key);
        assert!(matches!(predicted, Err(CompareError::NotAnObject(_))));
    }
}
