//! `app tree` and `app resources`

use crate::caretaker::{Output, command, run};
use crate::scene::Scene;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// An Application with a Deployment, a Service that is missing, and something that belongs to nobody.
fn scene(prefix: &str, orphans: Value) -> Scene {
    let scene = Scene::new(prefix);
    let namespace = scene.namespace.clone();
    scene.create(&json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "AppProject",
        "metadata": { "name": "default", "namespace": namespace },
        "spec": {
            "sourceRepos": ["*"],
            "destinations": [{ "server": "*", "namespace": "*" }],
            "clusterResourceWhitelist": [{ "group": "*", "kind": "*" }],
            "orphanedResources": orphans,
        },
    }));
    scene.create(&json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": { "name": "web", "namespace": namespace },
        "spec": {
            "selector": { "matchLabels": { "app": "web" } },
            "template": {
                "metadata": { "labels": { "app": "web" } },
                "spec": { "containers": [{ "name": "web", "image": "web:1" }] },
            },
        },
    }));
    scene.create(&json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": { "name": "stray", "namespace": namespace },
        "stringData": { "password": "hunter2" },
    }));
    let line = |group: &str, version: &str, kind: &str, status: &str| {
        json!({ "group": group, "version": version, "kind": kind, "namespace": namespace,
            "name": "web", "status": status })
    };
    let resources = [
        line("apps", "v1", "Deployment", "Synced"),
        line("", "v1", "Service", "OutOfSync"),
    ];
    scene.application("web", json!({ "resources": resources }));
    scene
}

/// Orphans are watched; the installation itself, which lives in the same namespace, is none.
fn watched() -> Value {
    json!({ "ignore": [{ "group": "argoproj.io" }] })
}

/// The tree, once the Deployment's Pod is there.
fn tree(scene: &Scene) -> Value {
    let begun = Instant::now();
    loop {
        let output = scene.app(&["tree", "web", "-o", "json"]);
        assert_eq!(output.code, 0, "{output:?}");
        assert!(!output.stdout.contains("hunter2"));
        let tree: Value = serde_json::from_str(&output.stdout).unwrap();
        let nodes = tree["nodes"].as_array().unwrap();
        if nodes
            .iter()
            .any(|node| node["kind"] == "Pod" && node["health"]["status"] == "Healthy")
        {
            return tree;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "no Pod: {tree:#}"
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn a_tree_shows_what_is_owned_what_is_missing_and_what_belongs_to_nobody() {
    let scene = scene("tree-whole", watched());
    let tree = tree(&scene);
    let kinds = |nodes: &Value| -> Vec<String> {
        let nodes = nodes.as_array().unwrap().iter();
        nodes
            .map(|node| node["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        kinds(&tree["nodes"]),
        ["Pod", "Service", "Deployment", "ReplicaSet"]
    );
    assert_eq!(kinds(&tree["orphanedNodes"]), ["Secret"]);
    let node = |kind: &str| {
        let mut nodes = tree["nodes"].as_array().unwrap().iter();
        nodes.find(|node| node["kind"] == kind).unwrap().clone()
    };
    assert_eq!(node("Service")["health"], json!({ "status": "Missing" }));
    assert_eq!(
        node("ReplicaSet")["info"],
        json!([{ "name": "Revision", "value": "Rev:1" }])
    );
    assert_eq!(
        node("ReplicaSet")["parentRefs"][0]["uid"],
        node("Deployment")["uid"]
    );
    assert_eq!(node("Pod")["images"], json!(["web:1"]));
    assert_eq!(node("Pod")["networkingInfo"]["labels"]["app"], "web");
    let output = scene.app(&["tree", "web"]);
    let branches: Vec<&str> = output
        .stdout
        .lines()
        .map(|line| line.split('/').next().unwrap())
        .collect();
    assert_eq!(
        branches[1..],
        ["Service", "Deployment", "└─ReplicaSet", "  └─Pod", "Secret"]
    );
}

#[test]
fn resources_are_listed_as_argo_cds_client_lists_them() {
    let scene = scene("tree-list", watched());
    tree(&scene);
    let rows = |args: &[&str]| -> Vec<Vec<String>> {
        let output = scene.app(&[&["resources", "web"], args].concat());
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{output:?}");
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
        output.stdout.lines().map(words).collect()
    };
    let namespace = scene.namespace.as_str();
    assert_eq!(
        rows(&[]),
        [
            vec!["GROUP", "KIND", "NAMESPACE", "NAME", "ORPHANED"],
            vec!["Service", namespace, "web", "No"],
            vec!["apps", "Deployment", namespace, "web", "No"],
            vec!["Secret", namespace, "stray", "Yes"],
        ]
    );
    assert_eq!(
        rows(&["--orphaned"])[1],
        ["Secret", namespace, "stray", "Yes"]
    );
    assert_eq!(rows(&["-o", "tree"]).len(), 6);
    let detailed = rows(&["-o", "tree=detailed"]);
    assert_eq!(detailed[0][5..], ["AGE", "HEALTH"]);
}

#[test]
fn what_may_not_be_listed_is_told_and_what_nobody_watches_is_said() {
    let scene = scene("tree-few-rights", Value::Null);
    let namespace = scene.namespace.as_str();
    let user = format!("{namespace}-reader");
    let kubeconfig = scene.plane.kubeconfig_for(&user, &[]);
    for (role, resources) in [
        ("a", "applications,appprojects"),
        ("b", "deployments,replicasets"),
    ] {
        let verbs = "--verb=get,list";
        let resources = format!("--resource={resources}");
        scene
            .plane
            .kubectl(&["create", "role", role, "-n", namespace, verbs, &resources])
            .unwrap();
        let (role_ref, user) = (format!("--role={role}"), format!("--user={user}"));
        scene
            .plane
            .kubectl(&[
                "create",
                "rolebinding",
                role,
                "-n",
                namespace,
                &role_ref,
                &user,
            ])
            .unwrap();
    }
    let output = run(command(Some(&kubeconfig)).args([
        "app",
        "resources",
        "web",
        "--orphaned",
        "-n",
        namespace,
    ]));
    assert_eq!(output.code, 0, "{output:?}");
    let told = |words: &str| assert!(output.stderr.contains(words), "{}", output.stderr);
    told(&format!(
        "warning: Pod in {namespace} cannot be listed: forbidden: "
    ));
    told("note: the project does not watch orphaned objects");
    assert!(
        !output.stderr.contains("ReplicaSet.apps in"),
        "{}",
        output.stderr
    );
    let Output { stdout, .. } =
        run(command(Some(&kubeconfig)).args(["app", "tree", "web", "-n", namespace]));
    assert!(
        stdout.contains("Unknown") && !stdout.contains("Missing"),
        "{stdout}"
    );
    assert!(
        stdout.contains("Deployment/web") && stdout.contains("ReplicaSet/web-"),
        "{stdout}"
    );
}
