//! What the simulated cluster does beyond what its answers are compared in with a real one: its words,
//! its watches, and what scenarios can make of it.

use model::{GroupKind, ObjectKey, PropagationPolicy};
use serde_json::{Value, json};
use sim::{Cluster, Deletion, Effect, Happened, Patch, Quota, Reason, Rule, Write, key};

fn config_map(name: &str, data: Value) -> Value {
    json!({
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": name, "namespace": "default"}, "data": data,
    })
}

fn at(name: &str) -> ObjectKey {
    key("", "ConfigMap", "default", name)
}

fn apply(
    cluster: &mut Cluster,
    config: Value,
    manager: &str,
    force: bool,
) -> Result<Value, sim::Refusal> {
    let name = config["metadata"]["name"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let patch = Patch::Apply { config, force };
    cluster
        .patch(&at(&name), &patch, Write::by(manager))
        .map(|written| written.object)
}

fn definition() -> Value {
    json!({
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "metadata": {"name": "widgets.example.org"},
        "spec": {
            "group": "example.org", "scope": "Namespaced",
            "names": {"kind": "Widget", "plural": "widgets"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
            }}}],
        },
    })
}

#[test]
fn a_conflict_names_who_owns_the_field() {
    let mut cluster = Cluster::default();
    apply(
        &mut cluster,
        config_map("a", json!({"x": "1"})),
        "ann",
        false,
    )
    .unwrap();
    cluster
        .edit(&at("a"), &json!({"data": {"y": "1"}}), "bob")
        .unwrap();
    let refused = apply(
        &mut cluster,
        config_map("a", json!({"x": "2"})),
        "eve",
        false,
    )
    .unwrap_err();
    assert_eq!((refused.code, refused.reason), (409, Reason::Conflict));
    assert_eq!(
        refused.message,
        "Apply failed with 1 conflict: conflict with \"ann\": .data.x"
    );
    let refused = apply(
        &mut cluster,
        config_map("a", json!({"x": "2", "y": "2"})),
        "eve",
        false,
    )
    .unwrap_err();
    assert_eq!(
        refused.message,
        "Apply failed with 2 conflicts: conflicts with \"ann\":\n- .data.x\nconflicts with \"bob\" using v1:\n- .data.y"
    );
}

#[test]
fn force_takes_the_field_and_its_name() {
    let mut cluster = Cluster::default();
    cluster.set_clock("2026-01-01T00:00:00Z");
    apply(
        &mut cluster,
        config_map("a", json!({"x": "1"})),
        "ann",
        false,
    )
    .unwrap();
    let object = apply(
        &mut cluster,
        config_map("a", json!({"x": "2"})),
        "eve",
        true,
    )
    .unwrap();
    assert_eq!(object["data"], json!({"x": "2"}));
    let entry = json!({
        "manager": "eve", "operation": "Apply", "apiVersion": "v1", "time": "2026-01-01T00:00:00Z",
        "fieldsType": "FieldsV1", "fieldsV1": {"f:data": {"f:x": {}}},
    });
    assert_eq!(object["metadata"]["managedFields"], json!([entry]));
}

#[test]
fn kubectl_takes_over_what_it_applied_on_the_clients_side() {
    let mut cluster = Cluster::default();
    let mut before = config_map("a", json!({"x": "1"}));
    before["metadata"]["annotations"] =
        json!({"kubectl.kubernetes.io/last-applied-configuration": before.to_string()});
    cluster
        .create(at("a"), before, "kubectl-client-side-apply")
        .unwrap();
    let wanted = config_map("a", json!({"x": "2"}));
    assert!(apply(&mut cluster, wanted.clone(), "another", false).is_err());
    let object = apply(&mut cluster, wanted, "kubectl", false).unwrap();
    assert_eq!(object["data"], json!({"x": "2"}));
    let remembered =
        &object["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"];
    assert!(
        remembered.as_str().unwrap().contains(r#""x":"2""#),
        "{remembered}"
    );
}

#[test]
fn a_watch_tells_what_happened_until_it_is_forgotten() {
    let mut cluster = Cluster::default();
    let start = cluster.version();
    apply(
        &mut cluster,
        config_map("a", json!({"x": "1"})),
        "ann",
        false,
    )
    .unwrap();
    apply(
        &mut cluster,
        config_map("a", json!({"x": "1"})),
        "ann",
        false,
    )
    .unwrap();
    apply(
        &mut cluster,
        config_map("a", json!({"x": "2"})),
        "ann",
        false,
    )
    .unwrap();
    cluster
        .delete(&at("a"), None, PropagationPolicy::Background)
        .unwrap();
    let kind = GroupKind::new("", "ConfigMap");
    let watched = cluster.watch(&kind, start).unwrap();
    let happened: Vec<Happened> = watched.events.iter().map(|told| told.happened).collect();
    assert_eq!(
        happened,
        [Happened::Added, Happened::Modified, Happened::Deleted]
    );
    assert_eq!(watched.bookmark, cluster.version());
    cluster.forget();
    let refused = cluster.watch(&kind, start).unwrap_err();
    assert_eq!((refused.code, refused.reason), (410, Reason::Expired));
    assert!(
        cluster
            .watch(&kind, watched.bookmark)
            .unwrap()
            .events
            .is_empty()
    );
}

#[test]
fn rules_and_quotas_speak_before_anything_is_kept() {
    let mut cluster = Cluster::default();
    let rule = |name: &str, effect: Effect| Rule {
        kind: "ConfigMap".into(),
        name: name.into(),
        effect,
    };
    cluster.rules.push(rule(
        "changed",
        Effect::Change(json!({"metadata": {"labels": {"by": "rule"}}})),
    ));
    cluster
        .rules
        .push(rule("refused", Effect::Refuse("not today".into())));
    let object = apply(&mut cluster, config_map("changed", json!({})), "ann", false).unwrap();
    assert_eq!(object["metadata"]["labels"], json!({"by": "rule"}));
    let refused = apply(&mut cluster, config_map("refused", json!({})), "ann", false).unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (
            403,
            "admission webhook \"rule.example.org\" denied the request: not today"
        )
    );

    let quota = Quota {
        name: "few".into(),
        namespace: "default".into(),
        kind: "ConfigMap".into(),
        most: 1,
    };
    cluster.quotas.push(quota);
    let refused = apply(&mut cluster, config_map("more", json!({})), "ann", false).unwrap_err();
    assert_eq!(
        refused.message,
        "configmaps \"more\" is forbidden: exceeded quota: few, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1"
    );
}

#[test]
fn a_kind_is_served_once_its_definition_is_established() {
    let mut cluster = Cluster::default();
    cluster.slow_definitions = true;
    let definitions = GroupKind::new("apiextensions.k8s.io", "CustomResourceDefinition");
    cluster
        .post(&definitions, "", &definition(), Write::by("ann"))
        .unwrap();
    let widget = json!({"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": "w"}, "spec": {"a": 1}});
    let widgets = GroupKind::new("example.org", "Widget");
    let refused = cluster
        .post(&widgets, "default", &widget, Write::by("ann"))
        .unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (404, "the server could not find the requested resource")
    );
    cluster.establish();
    let conditions = &cluster
        .get(&key(
            "apiextensions.k8s.io",
            "CustomResourceDefinition",
            "",
            "widgets.example.org",
        ))
        .unwrap()["status"]["conditions"];
    let kinds: Vec<&Value> = conditions
        .as_array()
        .unwrap()
        .iter()
        .map(|condition| &condition["type"])
        .collect();
    assert_eq!(kinds, ["NamesAccepted", "Established"]);
    cluster
        .post(&widgets, "default", &widget, Write::by("ann"))
        .unwrap();
}

#[test]
fn a_namespace_takes_what_is_in_it_along() {
    let mut cluster = Cluster::default();
    cluster.lazy_collector = true;
    cluster.create_namespace("going");
    let kind = GroupKind::new("", "ConfigMap");
    let mut object = config_map("a", json!({}));
    object["metadata"]["namespace"] = json!("going");
    cluster
        .post(&kind, "going", &object, Write::by("ann"))
        .unwrap();
    let namespace = key("", "Namespace", "", "going");
    cluster.remove(&namespace, &Deletion::default()).unwrap();
    object["metadata"]["name"] = json!("b");
    let refused = cluster
        .post(&kind, "going", &object, Write::by("ann"))
        .unwrap_err();
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (
            403,
            "configmaps \"b\" is forbidden: unable to create new content in namespace going because it is being terminated"
        )
    );
    cluster.collect();
    assert_eq!(cluster.get(&namespace), None);
    assert_eq!(cluster.get(&key("", "ConfigMap", "going", "a")), None);
}

#[test]
fn a_name_is_made_of_its_beginning() {
    let mut cluster = Cluster::default();
    let object =
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"generateName": "run-"}});
    let kind = GroupKind::new("", "ConfigMap");
    let mut names = Vec::new();
    for _ in 0..2 {
        let made = cluster
            .post(&kind, "default", &object, Write::by("ann"))
            .unwrap();
        names.push(made.object["metadata"]["name"].as_str().unwrap().to_owned());
    }
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("run-") && name.len() == 9),
        "{names:?}"
    );
    assert_ne!(names[0], names[1]);
}

#[test]
fn workloads_become_what_they_say() {
    let mut cluster = Cluster::default();
    let template = json!({
        "metadata": {"labels": {"app": "a"}},
        "spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "a:1"}]},
    });
    let job = |name: &str, says: &str| {
        json!({
            "apiVersion": "batch/v1", "kind": "Job",
            "metadata": {"name": name, "annotations": {"sim/behaviour": says}}, "spec": {"template": template},
        })
    };
    let kind = GroupKind::new("batch", "Job");
    for (name, says) in [("well", ""), ("badly", "fails"), ("long", "runs-on")] {
        cluster
            .post(&kind, "default", &job(name, says), Write::by("ann"))
            .unwrap();
    }
    cluster.settle();
    let condition = |name: &str| {
        cluster.get(&key("batch", "Job", "default", name)).unwrap()["status"]["conditions"][0]["type"].clone()
    };
    assert_eq!(
        [condition("well"), condition("badly"), condition("long")],
        [json!("Complete"), json!("Failed"), Value::Null]
    );
    let version = cluster.version();
    cluster.settle();
    assert_eq!(cluster.version(), version, "what has settled stays");
}

#[test]
fn the_last_finalizer_holds_until_it_is_taken_away() {
    let mut cluster = Cluster::default();
    let mut held = config_map("held", json!({}));
    held["metadata"]["finalizers"] = json!(["example.org/hold"]);
    cluster.create(at("held"), held, "ann").unwrap();
    cluster
        .delete(&at("held"), None, PropagationPolicy::Background)
        .unwrap();
    assert!(cluster.get(&at("held")).unwrap()["metadata"]["deletionTimestamp"].is_string());
    cluster
        .edit(
            &at("held"),
            &json!({"metadata": {"finalizers": null}}),
            "ann",
        )
        .unwrap();
    assert_eq!(cluster.get(&at("held")), None);
}

#[test]
fn a_replaced_object_keeps_its_uid_and_loses_what_is_not_said() {
    let mut cluster = Cluster::default();
    let first = cluster
        .replace(
            &at("a"),
            &config_map("a", json!({"x": "1", "y": "1"})),
            "ann",
            false,
        )
        .unwrap();
    let second = cluster
        .replace(&at("a"), &config_map("a", json!({"x": "2"})), "ann", false)
        .unwrap();
    assert_eq!(first["metadata"]["uid"], second["metadata"]["uid"]);
    assert_eq!(second["data"], json!({"x": "2"}));
    let tried = cluster
        .replace(&at("a"), &config_map("a", json!({"x": "3"})), "ann", true)
        .unwrap();
    assert_eq!(tried["data"], json!({"x": "3"}));
    assert_eq!(cluster.get(&at("a")).unwrap()["data"], json!({"x": "2"}));
}
