//! Projects as people write them, and what they permit.

use argo::Settings;
use argo::project::{AppProject, missing};
use model::{App, ClusterId, GroupKind, ObjectKey, Project, Timestamp, Verdict};
use serde_json::{Value, json};

fn project(spec: Value) -> AppProject {
    let resource = json!({"metadata": {"name": "team", "namespace": "argocd"}, "spec": spec});
    AppProject::from_resource(&resource).0
}

fn app(namespace: &str) -> App {
    let resource = json!({
        "metadata": {"name": "shop", "namespace": namespace},
        "spec": {
            "source": {"repoURL": "https://example.com/team/shop.git", "path": "."},
            "destination": {"name": "in-cluster", "namespace": "shop"},
        },
    });
    argo::translate(&resource, &Settings::default())
}

fn open() -> Value {
    json!({"sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "*"}]})
}

fn with(field: &str, value: Value) -> AppProject {
    let mut spec = open();
    spec[field] = value;
    project(spec)
}

fn key(group: &str, kind: &str, namespace: &str, name: &str) -> ObjectKey {
    ObjectKey {
        cluster: ClusterId::in_cluster(),
        group_kind: GroupKind::new(group, kind),
        namespace: namespace.into(),
        name: name.into(),
    }
}

fn refusal(verdict: Verdict) -> String {
    match verdict {
        Verdict::Refused(why) => why,
        Verdict::Permitted => "permitted".to_owned(),
    }
}

#[test]
fn refusals_have_argo_cds_words() {
    assert_eq!(
        refusal(project(open()).permits_app(&app("argocd"))),
        "permitted"
    );
    assert_eq!(
        refusal(
            with("sourceRepos", json!(["https://example.com/other/*"])).permits_app(&app("argocd"))
        ),
        "application repo https://example.com/team/shop.git is not permitted in project 'team'"
    );
    assert_eq!(
        refusal(
            with("destinations", json!([{"server": "*", "namespace": "x"}])).permits_app(&app(""))
        ),
        "application destination server 'https://kubernetes.default.svc' and namespace 'shop' do \
         not match any of the allowed destinations in project 'team'"
    );
    assert_eq!(
        refusal(project(open()).permits_app(&app("elsewhere"))),
        "application 'shop' in namespace 'elsewhere' is not permitted to use project 'team'"
    );
    assert_eq!(
        missing(""),
        "Application referencing project default which does not exist"
    );
}

#[test]
fn a_destination_may_be_named() {
    let named = with(
        "destinations",
        json!([{"name": "in-cluster", "namespace": "shop"}]),
    );
    assert!(named.permits_app(&app("argocd")).is_permitted());
    let other = with(
        "destinations",
        json!([{"name": "other", "namespace": "shop"}]),
    );
    assert!(!other.permits_app(&app("argocd")).is_permitted());
}

#[test]
fn apps_of_other_namespaces_are_let_in_by_globs() {
    let project = with("sourceNamespaces", json!(["team-*"]));
    assert!(project.permits_app(&app("team-a")).is_permitted());
    assert!(!project.permits_app(&app("other")).is_permitted());
}

#[test]
fn an_empty_project_permits_nothing() {
    let project = project(json!({}));
    assert!(!project.permits_app(&app("argocd")).is_permitted());
    assert!(
        !project
            .permits_object(&key("", "ConfigMap", "shop", "a"), true)
            .is_permitted()
    );
    assert!(
        !project
            .permits_object(&key("", "Namespace", "", "a"), false)
            .is_permitted()
    );
}

#[test]
fn lists_of_kinds_decide_as_in_argo_cd() {
    let config_map = key("", "ConfigMap", "shop", "a");
    let namespace = key("", "Namespace", "", "team1-a");
    let any = json!([{"group": "*", "kind": "*"}]);
    for (field, list, namespaced, cluster) in [
        ("info", json!(null), true, false),
        ("namespaceResourceWhitelist", json!([]), false, false),
        (
            "namespaceResourceWhitelist",
            json!([{"group": "", "kind": "Config*"}]),
            true,
            false,
        ),
        (
            "namespaceResourceWhitelist",
            json!([{"group": "apps", "kind": "*"}]),
            false,
            false,
        ),
        ("namespaceResourceBlacklist", any.clone(), false, false),
        ("clusterResourceWhitelist", any.clone(), true, true),
        (
            "clusterResourceWhitelist",
            json!([{"group": "", "kind": "Namespace", "name": "team1-*"}]),
            true,
            true,
        ),
        (
            "clusterResourceWhitelist",
            json!([{"group": "", "kind": "Namespace", "name": "team2-*"}]),
            true,
            false,
        ),
    ] {
        let project = with(field, list);
        assert_eq!(
            project.permits_object(&config_map, true).is_permitted(),
            namespaced,
            "{field}"
        );
        assert_eq!(
            project.permits_object(&namespace, false).is_permitted(),
            cluster,
            "{field}"
        );
    }
    let mut spec = open();
    spec["clusterResourceWhitelist"] = any.clone();
    spec["clusterResourceBlacklist"] = any;
    assert_eq!(
        refusal(project(spec).permits_object(&namespace, false)),
        "resource :Namespace is not permitted in project team"
    );
}

#[test]
fn an_object_goes_to_a_permitted_namespace_only() {
    let project = with(
        "destinations",
        json!([{"server": "*", "namespace": "shop"}]),
    );
    assert!(
        project
            .permits_object(&key("", "ConfigMap", "shop", "a"), true)
            .is_permitted()
    );
    assert_eq!(
        refusal(project.permits_object(&key("", "ConfigMap", "kube-system", "a"), true)),
        "namespace kube-system is not permitted in project 'team'"
    );
}

#[test]
fn a_project_that_is_not_understood_permits_nothing() {
    for (field, value) in [
        ("sourceRepos", json!("*")),
        ("clusterResourceBlacklist", json!([5])),
        ("namespaceResourceBlacklist", json!([null])),
        ("destinations", json!([{"namespace": true}])),
        ("signatureKeys", json!([{"keyID": "4AEE18F83AFDEB23"}])),
        ("sourceIntegrity", json!({"git": {"policies": []}})),
        ("permitOnlyProjectScopedClusters", json!(true)),
        ("syncWindows", json!([{"kind": "maybe"}])),
    ] {
        let project = with(field, value);
        let object = key("", "ConfigMap", "shop", "a");
        assert!(
            !project.permits_app(&app("argocd")).is_permitted(),
            "{field}"
        );
        assert!(
            !project.permits_object(&object, true).is_permitted(),
            "{field}"
        );
        let kind = GroupKind::new("", "ConfigMap");
        assert!(!project.permits_kind(&kind, true).is_permitted(), "{field}");
    }
}

#[test]
fn a_denying_window_blocks_and_may_be_overrun() {
    let always = json!({
        "kind": "deny", "schedule": "0 12 * * *", "duration": "1h", "applications": ["sh*"],
        "syncOverrun": true,
    });
    let project = with("syncWindows", json!([always]));
    let at = |time: &str| Timestamp::parse_rfc3339(time).expect("a time");
    let (before, inside) = (at("2026-11-21T11:59:00Z"), at("2026-11-21T12:30:00Z"));
    let app = app("argocd");
    assert!(
        project
            .permits_sync(&app, false, before, None)
            .is_permitted()
    );
    assert!(
        project
            .permits_sync(&app, false, inside, Some(before))
            .is_permitted()
    );
    assert_eq!(
        refusal(project.permits_sync(&app, true, inside, None)),
        "Sync operation blocked by sync window"
    );
}

#[test]
fn a_broken_window_blocks_and_says_why() {
    let broken = json!({"kind": "allow", "schedule": "daily", "duration": "1h", "clusters": ["*"]});
    let verdict = with("syncWindows", json!([broken])).permits_sync(
        &app("argocd"),
        false,
        Timestamp(0),
        None,
    );
    assert!(refusal(verdict).starts_with("invalid sync windows: cannot parse schedule 'daily'"));
}

#[test]
fn windows_concern_apps_by_any_selector_or_by_all() {
    let window = |and: bool, namespaces: &str| {
        let window = json!({
            "kind": "deny", "schedule": "* * * * *", "duration": "1h",
            "applications": ["shop"], "namespaces": [namespaces], "andOperator": and,
        });
        let project = with("syncWindows", json!([window]));
        !project
            .permits_sync(&app("argocd"), false, Timestamp(1 << 40), None)
            .is_permitted()
    };
    assert!(window(false, "other") && window(true, "shop") && !window(true, "other"));
}

#[test]
fn what_argo_cds_api_would_refuse_is_told_and_refuses_nothing() {
    let mut spec = open();
    spec["sourceRepos"] = json!(["*", "*"]);
    spec["destinations"] = json!([
        {"server": "*", "namespace": "*"},
        {"name": "*", "namespace": "*"},
        {"server": "s", "name": "s", "namespace": "!*"},
    ]);
    spec["sourceNamespaces"] = json!(["a", "a"]);
    spec["syncWindows"] = json!([{"kind": "deny", "schedule": "0 0 1 1 *", "duration": "1m"}]);
    spec["destinationServiceAccounts"] = json!([{"server": "!s", "defaultServiceAccount": "a"}]);
    spec["roles"] = json!([
        {"name": "-ops", "policies": ["p, x"], "groups": ["a,b"]},
        {"name": "ops", "groups": ["a", "a"]},
        {"name": "ops", "policies": ["p, proj:team:ops, applications, get, team/*, allow"]},
    ]);
    let resource = json!({"metadata": {"name": "team", "namespace": "argocd"}, "spec": spec});
    let (project, told) = AppProject::from_resource(&resource);
    let ours = |line: &&String| !line.contains("not acted on");
    assert_eq!(
        told.iter().filter(ours).collect::<Vec<_>>(),
        [
            "namespace has an invalid format, '!*'",
            "destination '*/*' already added",
            "source namespace 'a' already added",
            "source repository '*' already added",
            "invalid role name '-ops'. Must consist of alphanumeric characters, '-' or '_', and \
             must start and end with an alphanumeric character",
            "invalid policy rule 'p, x': must be of the form: 'p, sub, res, act, obj, eft'",
            "group 'a,b' of role '-ops' is no name",
            "group 'a' already exists for role 'ops'",
            "role 'ops' already exists",
            "window 'deny':'0 0 1 1 *':'1m' requires one of application, cluster or namespace",
            "server has an invalid format, '!s'",
        ]
    );
    assert!(project.permits_app(&app("argocd")).is_permitted());
}
