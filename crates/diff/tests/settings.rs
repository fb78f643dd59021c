//! What the installation's settings say about comparing, beside the rules of apps.

use diff::{
    CompareSettings, Comparison, Ignore, IgnoredStatus, KnownTypeField, SystemRules, compare,
    compare_predicted, projection,
};
use model::{ClusterId, GroupVersionKind, IgnoreRule, ObjectKey};
use serde_json::{Value, json};
use std::sync::Arc;

const MANAGER: &str = "argocd-controller";

fn key_of(object: &Value) -> ObjectKey {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gvk =
        GroupVersionKind::from_api_version(&text(&object["apiVersion"]), &text(&object["kind"]));
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: gvk.group_kind,
        namespace: "shop".into(),
        name: text(&object["metadata"]["name"]).as_str().into(),
    }
}

fn under(settings: &CompareSettings) -> Ignore {
    let (system, errors) = SystemRules::compile(settings);
    assert!(errors.is_empty(), "{errors:?}");
    Ignore::default().under(Arc::new(system))
}

fn is_same(desired: &Value, live: &Value, ignore: &Ignore) -> bool {
    let verdict = compare(desired, live, MANAGER, ignore, &key_of(live)).unwrap();
    verdict == Comparison::Same
}

fn thing(spec: Value) -> Value {
    json!({"apiVersion": "example.org/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": spec})
}

#[test]
fn rules_of_apps_and_of_the_installation_hold_together() {
    let rule = |kind: &str, pointer: &str| IgnoreRule {
        group: "example.org".into(),
        kind: kind.into(),
        json_pointers: vec![pointer.into()],
        ..IgnoreRule::default()
    };
    let settings = CompareSettings {
        ignore: vec![
            rule("*", "/spec/a"),
            IgnoreRule {
                group: "*".into(),
                kind: "*".into(),
                json_pointers: vec!["/spec/b".into(), "/spec/absent/x".into()],
                ..IgnoreRule::default()
            },
            rule("Other", "/spec/d"),
        ],
        ..CompareSettings::default()
    };
    let (system, _) = SystemRules::compile(&settings);
    let (app, _) = Ignore::compile(&[rule("Thing", "/spec/c"), rule("Thing", "/spec/a")]);
    let ignore = app.under(Arc::new(system));
    let desired = thing(json!({"a": 1, "b": 1, "c": 1, "d": 1}));
    let other = |field: &str| {
        let mut live = desired.clone();
        live["spec"][field] = json!(2);
        live
    };
    for field in ["a", "b", "c"] {
        assert!(is_same(&desired, &other(field), &ignore), "{field}");
    }
    assert!(!is_same(&desired, &other("d"), &ignore));
}

#[test]
fn broken_settings_are_told_by_name_and_the_rest_stands() {
    let settings = CompareSettings {
        ignore: vec![IgnoreRule {
            group: "apps".into(),
            kind: "Deployment".into(),
            jq_paths: vec![".spec[".into()],
            json_pointers: vec!["/spec/replicas".into()],
            ..IgnoreRule::default()
        }],
        known_types: vec![KnownTypeField {
            group: "example.org".into(),
            kind: "Thing".into(),
            field: "spec".into(),
            type_name: "core/v1/Nonsense".into(),
        }],
        ..CompareSettings::default()
    };
    let (system, errors) = SystemRules::compile(&settings);
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            r#"jqPathExpressions entry ".spec[" of ignore rule apps/Deployment in the settings is left out"#,
            "type 'core/v1/Nonsense' of field spec of Thing.example.org is not supported",
        ]
    );
    let deployment = |replicas: i32| {
        json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"replicas": replicas}})
    };
    let ignore = Ignore::default().under(Arc::new(system));
    assert!(is_same(&deployment(1), &deployment(2), &ignore));
}

#[test]
fn option_ignore_aggregate_roles() {
    let desired = json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
        "metadata": {"name": "a"}, "rules": [],
        "aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}});
    let mut live = desired.clone();
    live["rules"] = json!([{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]);
    let on = under(&CompareSettings {
        ignore_aggregated_roles: true,
        ..CompareSettings::default()
    });
    assert!(is_same(&desired, &live, &on));
    assert!(!is_same(&desired, &live, &Ignore::default()));
    let changes = compare_predicted(&desired, &live, MANAGER, &on, &key_of(&live)).unwrap();
    assert_eq!(changes, []);
    // Roles of which the rules are told here count as ever.
    let (mut plain, mut other) = (desired, live);
    for role in [&mut plain, &mut other] {
        role.as_object_mut().unwrap().remove("aggregationRule");
    }
    assert!(!is_same(&plain, &other, &on));
}

#[test]
fn option_ignore_resource_status_field() {
    let with = |kind: &str, status: i32| {
        json!({"apiVersion": "apiextensions.k8s.io/v1", "kind": kind, "metadata": {"name": "a"},
            "status": {"x": status}})
    };
    for (setting, of_definition, of_other) in [
        ("all", true, true),
        ("", true, true),
        ("nonsense", true, true),
        ("crd", true, false),
        ("none", false, false),
        ("off", false, false),
        ("false", false, false),
    ] {
        let ignore = under(&CompareSettings {
            ignored_status: IgnoredStatus::read(setting),
            ..CompareSettings::default()
        });
        for (kind, ignored) in [
            ("CustomResourceDefinition", of_definition),
            ("Other", of_other),
        ] {
            let (desired, live) = (with(kind, 1), with(kind, 2));
            assert_eq!(
                is_same(&desired, &live, &ignore),
                ignored,
                "{setting}: {kind}"
            );
            let changes =
                compare_predicted(&desired, &live, MANAGER, &ignore, &key_of(&live)).unwrap();
            assert_eq!(changes.is_empty(), ignored, "{setting}: {kind}");
            let digest = |live: &Value| projection(&desired, live, MANAGER, &ignore, &key_of(live));
            assert_eq!(
                digest(&desired) == digest(&live),
                ignored,
                "{setting}: {kind}"
            );
        }
    }
}

#[test]
fn known_types_hold_for_dry_runs_too() {
    let settings = CompareSettings {
        known_types: [
            ("spec.ram", "core/Quantity"),
            ("spec.wait", "meta/v1/Duration"),
            ("spec.pods", "core/v1/PodSpec"),
        ]
        .map(|(field, type_name)| KnownTypeField {
            group: "example.org".into(),
            kind: "Thing".into(),
            field: field.into(),
            type_name: type_name.into(),
        })
        .to_vec(),
        ..CompareSettings::default()
    };
    let ignore = under(&settings);
    let one = thing(
        json!({"ram": "1.25G", "wait": "8760h", "pods": [{"tty": false,
        "containers": [{"name": "a", "resources": {"limits": {"cpu": "2000m"}}}]}]}),
    );
    let other = thing(json!({"ram": "1250M", "wait": "8760h0m0s", "pods": [{
        "containers": [{"name": "a", "resources": {"limits": {"cpu": "2"}}}]}]}));
    assert!(is_same(&one, &other, &ignore) && !is_same(&one, &other, &Ignore::default()));
    // A verdict is remembered for its projection, and must not outlive the settings.
    let digest = |ignore: &Ignore| projection(&one, &other, MANAGER, ignore, &key_of(&one));
    assert_ne!(digest(&ignore), digest(&Ignore::default()));
    assert_eq!(digest(&ignore), digest(&under(&settings)));
    let predicted = |one: &Value, other: &Value| {
        compare_predicted(one, other, MANAGER, &ignore, &key_of(one)).unwrap()
    };
    assert_eq!(predicted(&one, &other), []);
    assert_eq!(predicted(&other, &one), []);
    let more = thing(json!({"ram": "1251M", "wait": "8761h", "pods": []}));
    assert_eq!(predicted(&more, &other).len(), 3);
}

#[test]
fn rollouts_hold_a_pod_and_nobody_has_to_say_so() {
    let rollout = |cpu: &str| {
        json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "metadata": {"name": "a"},
            "spec": {"template": {"spec": {"containers": [
                {"name": "a", "resources": {"requests": {"cpu": cpu}}}]}}}})
    };
    assert!(is_same(
        &rollout("1000m"),
        &rollout("1"),
        &Ignore::default()
    ));
    assert!(!is_same(
        &rollout("1000m"),
        &rollout("2"),
        &Ignore::default()
    ));
}

#[test]
fn ignore_diff_config_has_ignore_difference() {
    let rule = |group: &str, kind: &str, name: &str, namespace: &str| IgnoreRule {
        group: group.into(),
        kind: kind.into(),
        name: name.into(),
        namespace: namespace.into(),
        json_pointers: vec!["/spec/x".into()],
        ..IgnoreRule::default()
    };
    let (desired, live) = (thing(json!({"x": 1})), thing(json!({"x": 2})));
    for (rule, ignored) in [
        (rule("example.org", "Thing", "", ""), true),
        (rule("*", "*", "", ""), true),
        (rule("example.*", "Th*", "a", "shop"), true),
        (rule("", "Thing", "", ""), false),
        (rule("other.org", "Thing", "", ""), false),
        (rule("example.org", "Other", "", ""), false),
        (rule("example.org", "Thing", "b", ""), false),
        (rule("example.org", "Thing", "", "other"), false),
    ] {
        let (of_app, _) = Ignore::compile(&[rule.clone(), rule.clone()]);
        let of_system = under(&CompareSettings {
            ignore: vec![rule.clone()],
            ..CompareSettings::default()
        });
        assert_eq!(is_same(&desired, &live, &of_app), ignored, "{rule:?}");
        assert_eq!(is_same(&desired, &live, &of_system), ignored, "{rule:?}");
    }
}

#[test]
fn annotations_that_are_said_to_be_secret_are_masked_wherever_a_change_is_told() {
    let ignore = under(&CompareSettings {
        masked_annotations: vec!["example.org/token".into()],
        ..CompareSettings::default()
    });
    let secret = |kind: &str, token: &str| {
        json!({"apiVersion": "v1", "kind": kind, "metadata": {"name": "a", "annotations":
            {"example.org/token": token, "plain": token}}})
    };
    for (kind, shown) in [("Secret", 1), ("ConfigMap", 2)] {
        let (desired, live) = (secret(kind, "one"), secret(kind, "other"));
        let (Comparison::Doubtful(seen) | Comparison::Different(seen)) =
            compare(&desired, &live, MANAGER, &ignore, &key_of(&live)).unwrap()
        else {
            panic!("they differ");
        };
        let predicted = compare_predicted(&desired, &live, MANAGER, &ignore, &key_of(&live));
        for changes in [seen, predicted.unwrap()] {
            let lines = changes
                .iter()
                .map(|change| diff::describe(change, &key_of(&live)));
            let lines: Vec<String> = lines.filter(|line| line.contains("other")).collect();
            assert_eq!(lines.len(), shown, "{kind}: {lines:?}");
            let hidden = changes
                .iter()
                .map(|change| diff::without_secrets(change, &key_of(&live)));
            let told = hidden.filter(|change| change.have == Some(json!("other")));
            assert_eq!(told.count(), shown, "{kind}");
        }
    }
}
