//! What must hold for any object: what was just applied is the same, any declared value that is
//! changed is noticed, and no malformed ownership brings the walk down.

use diff::{Comparison, Ignore, compare, projection};
use model::{ClusterId, GroupKind, ObjectKey};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const MANAGER: &str = "us";

fn key() -> ObjectKey {
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: GroupKind::new("example.org", "Thing"),
        namespace: "".into(),
        name: "t".into(),
    }
}

fn verdict(desired: &Value, live: &Value) -> Comparison {
    compare(desired, live, MANAGER, &Ignore::default(), &key()).unwrap()
}

/// A value of a custom resource. Lists are of named items, of distinct texts, or atomic.
fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|yes| json!(yes)),
        (-5_i64..500).prop_map(|number| json!(number)),
        "[a-z0-9]{0,4}".prop_map(|text| json!(text)),
        (0_u32..50).prop_map(|tenths| json!(f64::from(tenths) / 10.0)),
    ];
    scalar.prop_recursive(4, 40, 5, |below| {
        prop_oneof![
            prop::collection::btree_map("[a-e]", below.clone(), 0..4)
                .prop_map(|fields| Value::Object(Map::from_iter(fields))),
            prop::collection::btree_map("[a-e]", below.clone(), 0..4).prop_map(|items| {
                let item = |(name, value)| json!({"name": name, "value": value});
                Value::Array(items.into_iter().map(item).collect())
            }),
            prop::collection::btree_set("[a-z]{1,3}", 0..4).prop_map(|set| json!(set)),
            prop::collection::vec(below, 0..3).prop_map(|items| json!({"atomic": items})),
        ]
    })
}

fn object(spec: Value) -> Value {
    json!({"apiVersion": "example.org/v1", "kind": "Thing",
        "metadata": {"name": "t", "labels": {"a": "b"}}, "spec": spec})
}

/// The ownership an apply leaves, as structured-merge-diff writes it.
fn owned(value: &Value, name: &str) -> Value {
    match value {
        Value::Object(fields) => {
            let below = fields.iter().filter(|(_, v)| !is_empty_named_list(v));
            let below = below.map(|(name, value)| (format!("f:{name}"), owned(value, name)));
            Value::Object(below.collect())
        }
        Value::Array(items) if name != "atomic" => {
            let mut node = Map::new();
            for item in items {
                match item.get("name") {
                    Some(key) => {
                        let mut below = owned(item, "");
                        below["."] = json!({});
                        node.insert(format!("k:{}", json!({"name": key})), below);
                    }
                    None => drop(node.insert(format!("v:{item}"), json!({}))),
                }
            }
            Value::Object(node)
        }
        _ => json!({}),
    }
}

fn is_empty_named_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// The object as the server keeps it: ours, with others' fields, lists in another order.
fn applied(desired: &Value) -> Value {
    let tree =
        json!({"f:metadata": {"f:labels": {"f:a": {}}}, "f:spec": owned(&desired["spec"], "")});
    let mut live = desired.clone();
    stir(&mut live["spec"], "");
    live["metadata"]["managedFields"] = json!([{"manager": MANAGER, "operation": "Apply",
        "apiVersion": "example.org/v1", "fieldsType": "FieldsV1", "fieldsV1": tree}]);
    live["metadata"]["resourceVersion"] = json!("12");
    live["status"] = json!({"seen": true});
    live
}

fn stir(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) if !fields.is_empty() && name != "atomic" => {
            fields
                .iter_mut()
                .for_each(|(name, value)| stir(value, name));
            if !fields.contains_key("atomic") {
                fields.insert("theirs".into(), json!(1));
            }
        }
        Value::Array(items) if name != "atomic" => {
            items.iter_mut().for_each(|item| stir(item, ""));
            items.reverse();
        }
        _ => {}
    }
}

/// Places of all single values, as JSON pointers.
fn scalars(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields
                .iter()
                .for_each(|(name, below)| scalars(below, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(index, below)| scalars(below, &format!("{at}/{index}"), found));
        }
        Value::Null => {}
        _ => found.push(at.to_owned()),
    }
}

fn changed(value: &Value) -> Value {
    match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_f64().unwrap_or(0.0) + 1000.5),
        Value::String(text) => json!(format!("changed-{text}")),
        _ => json!("changed"),
    }
}

fn any_tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({})),
        Just(json!(null)),
        Just(json!(3)),
        Just(json!([]))
    ];
    let name = prop_oneof![
        Just("f:spec".to_owned()),
        Just("f:metadata".to_owned()),
        Just("k:{\"name\":\"a\"}".to_owned()),
        Just("k:{\"name\":".to_owned()),
        Just("k:{}".to_owned()),
        Just("v:\"a\"".to_owned()),
        Just("i:0".to_owned()),
        "[fkvi.x]:?[a-e{]?",
    ];
    leaf.prop_recursive(5, 40, 4, move |below| {
        prop::collection::btree_map(name.clone(), below, 0..4)
            .prop_map(|fields| Value::Object(Map::from_iter(fields)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_was_just_applied_is_the_same(spec in any_value()) {
        let desired = object(spec);
        let live = applied(&desired);
        prop_assert_eq!(verdict(&desired, &live), Comparison::Same, "{}", live);
    }

    #[test]
    fn any_declared_value_that_changed_is_noticed(spec in any_value(), at in any::<prop::sample::Index>()) {
        let desired = object(spec);
        let mut places = Vec::new();
        scalars(&desired["spec"], "", &mut places);
        prop_assume!(!places.is_empty());
        let place = &places[at.index(places.len())];
        let mut newer = desired.clone();
        let value = newer["spec"].pointer_mut(place).unwrap();
        *value = changed(value);
        let live = applied(&desired);
        prop_assert_ne!(verdict(&newer, &live), Comparison::Same, "{} in {}", place, live);
    }

    #[test]
    fn a_live_change_at_a_declared_value_changes_the_projection(spec in any_value(), at in any::<prop::sample::Index>()) {
        let desired = object(spec);
        let mut places = Vec::new();
        scalars(&desired["spec"], "", &mut places);
        prop_assume!(!places.is_empty());
        let mut live = desired.clone();
        let digest = |live: &Value| projection(&desired, live, MANAGER, &Ignore::default(), &key());
        let before = digest(&live);
        live["status"] = json!({"busy": 1});
        live["metadata"]["resourceVersion"] = json!("99");
        prop_assert_eq!(before, digest(&live));
        let value = live["spec"].pointer_mut(&places[at.index(places.len())]).unwrap();
        *value = changed(value);
        prop_assert_ne!(before, digest(&live));
    }

    #[test]
    fn malformed_ownership_never_panics(spec in any_value(), other in any_value(), tree in any_tree()) {
        let (desired, mut live) = (object(spec), object(other));
        live["metadata"]["managedFields"] = json!([{"manager": MANAGER, "operation": "Apply",
            "apiVersion": "example.org/v1", "fieldsV1": tree}, 3, {"manager": [], "fieldsV1": tree}]);
        verdict(&desired, &live);
        verdict(&live, &live);
    }

    #[test]
    fn odd_objects_never_panic(one in any_value(), other in any_value()) {
        let ignore = Ignore::default();
        let _ = compare(&one, &other, MANAGER, &ignore, &key());
        let _ = diff::compare_predicted(&one, &other, MANAGER, &ignore, &key());
        projection(&one, &other, MANAGER, &ignore, &key());
    }
}

#[test]
fn very_deep_objects_are_left_to_the_server() {
    let nested = |depth: usize| (0..depth).fold(json!(1), |below, _| json!({"a": below}));
    let (desired, live) = (object(nested(500)), object(nested(500)));
    assert_eq!(verdict(&desired, &live), Comparison::Doubtful(Vec::new()));
}
