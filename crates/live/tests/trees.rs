//! Trees from objects in a few words each: who owns whom, and what a tree shows of it.

use live::tree::{
    ApplicationTree, Graph, Managed, Member, OrphanKey, Orphans, ResourceNode, Trees, hosts,
};
use model::{ClusterId, GroupVersionKind, ObjectKey};
use serde_json::{Value, json};

/// `apiVersion Kind namespace/name uid`, then `< apiVersion Kind name uid` for each owner.
fn member(text: &str) -> Member {
    let mut parts = text.split(" < ").map(str::split_whitespace);
    let mut own = parts.next().unwrap();
    let mut next = || own.next().unwrap_or_default();
    let (api_version, kind, place, uid) = (next(), next(), next(), next());
    let (namespace, name) = place.split_once('/').unwrap_or(("", place));
    let owners: Vec<Value> = parts.map(owner).collect();
    let object = json!({"metadata": {
        "namespace": namespace, "name": name, "uid": uid, "ownerReferences": owners,
    }});
    of(&object, api_version, kind)
}

fn owner<'a>(mut words: impl Iterator<Item = &'a str>) -> Value {
    let mut next = || words.next().unwrap_or_default();
    json!({"apiVersion": next(), "kind": next(), "name": next(), "uid": next()})
}

fn of(object: &Value, api_version: &str, kind: &str) -> Member {
    let gvk = GroupVersionKind::from_api_version(api_version, kind);
    Member::of(object, &gvk, &ClusterId::in_cluster(), &[]).unwrap()
}

fn graph(lines: &[&str]) -> Graph {
    Graph::of(lines.iter().map(|line| member(line)))
}

fn key(line: &str) -> ObjectKey {
    member(line).key
}

/// The names of what is visited from these, as long as `go_on` says so.
fn walk(graph: &Graph, roots: &[&str], go_on: impl Fn(&str) -> bool) -> Vec<String> {
    let roots: Vec<ObjectKey> = roots.iter().map(|line| key(line)).collect();
    let mut seen = Vec::new();
    graph.walk(&roots, |member| {
        seen.push(member.key.name.to_string());
        go_on(&member.key.name)
    });
    seen
}

fn all(graph: &Graph, roots: &[&str]) -> Vec<String> {
    walk(graph, roots, |_| true)
}

const DEPLOYMENT: &str = "apps/v1 Deployment shop/web 1";
const REPLICA_SET: &str = "apps/v1 ReplicaSet shop/web-a 2 < apps/v1 Deployment web 1";
const POD: &str = "v1 Pod shop/web-a-1 3 < apps/v1 ReplicaSet web-a 2";
const OLD_REPLICA_SET: &str =
    "extensions/v1beta1 ReplicaSet shop/web-a 2 < extensions/v1beta1 Deployment web 1";

fn claim(name: &str) -> Member {
    let object = json!({"metadata": {"namespace": "shop", "name": name, "uid": name}});
    of(&object, "v1", "PersistentVolumeClaim")
}

fn stateful_set(template: &str) -> Member {
    let object = json!({
        "metadata": {"namespace": "shop", "name": "web", "uid": "set"},
        "spec": {"volumeClaimTemplates": [{"metadata": {"name": template}}]},
    });
    of(&object, "apps/v1", "StatefulSet")
}

#[test]
fn stateful_set_ownership_inferred() {
    for claims_first in [true, false] {
        let mut members = vec![claim("www-web-0"), claim("www1-web-0"), stateful_set("www")];
        if !claims_first {
            members.reverse();
        }
        let graph = Graph::of(members);
        assert_eq!(
            all(&graph, &["apps/v1 StatefulSet shop/web"]),
            ["web", "www-web-0"]
        );
        let node = graph.node(graph.get(&claim("www-web-0").key).unwrap());
        assert_eq!(
            json!(node.parent_refs),
            json!([{"group": "apps", "version": "v1", "kind": "StatefulSet", "namespace": "shop", "name": "web", "uid": "set"}])
        );
        let alone = graph.get(&claim("www1-web-0").key).unwrap();
        assert!(alone.is_top_level());
    }
}

#[test]
fn stateful_set_pvc_parent_to_children_index() {
    let namespaced_elsewhere = member("v1 PersistentVolumeClaim other/www-web-0 9");
    let graph = Graph::of([
        claim("www-web-0"),
        namespaced_elsewhere,
        stateful_set("www"),
    ]);
    assert_eq!(
        graph.children(&stateful_set("www").key),
        [claim("www-web-0").key]
    );
    // As after an event that changed the template.
    let graph = Graph::of([claim("www-web-0"), stateful_set("data")]);
    assert!(graph.children(&stateful_set("www").key).is_empty());
}

#[test]
fn get_children() {
    let graph = graph(&[POD, REPLICA_SET, DEPLOYMENT]);
    assert_eq!(all(&graph, &[REPLICA_SET]), ["web-a", "web-a-1"]);
    assert_eq!(all(&graph, &[DEPLOYMENT]), ["web", "web-a", "web-a-1"]);
}

#[test]
fn is_parent_of_same_kind_different_group_and_uid() {
    let stranger = "other.org/v1 ReplicaSet shop/web-a 99";
    let graph = graph(&[POD, REPLICA_SET, DEPLOYMENT, stranger]);
    assert_eq!(all(&graph, &[stranger]), ["web-a"]);
    // A grandparent is no parent.
    assert_eq!(graph.children(&key(DEPLOYMENT)), [key(REPLICA_SET)]);
}

#[test]
fn a_service_owns_the_endpoints_of_its_name() {
    let service = "v1 Service shop/web 7";
    let graph = graph(&[
        service,
        "v1 Endpoints shop/web 8",
        "v1 Endpoints other/web 9",
    ]);
    assert_eq!(
        graph.children(&key(service)),
        [key("v1 Endpoints shop/web")]
    );
    let node = graph.node(graph.get(&key("v1 Endpoints shop/web")).unwrap());
    assert_eq!(
        json!(node.parent_refs),
        json!([{"version": "v1", "kind": "Service", "namespace": "shop", "name": "web", "uid": "7"}])
    );
}

#[test]
fn get_duplicated_children() {
    let graph = graph(&[DEPLOYMENT, OLD_REPLICA_SET, REPLICA_SET, POD]);
    assert_eq!(graph.children(&key(DEPLOYMENT)), [key(REPLICA_SET)]);
    assert_eq!(all(&graph, &[DEPLOYMENT]), ["web", "web-a", "web-a-1"]);
}

#[test]
fn iterate_hierarchy_starting_from_extensions_rs() {
    let graph = graph(&[DEPLOYMENT, OLD_REPLICA_SET, REPLICA_SET, POD]);
    let mut seen = Vec::new();
    graph.walk(&[key(OLD_REPLICA_SET)], |member| {
        seen.push(member.key.clone());
        true
    });
    assert_eq!(seen, [key(OLD_REPLICA_SET), key(POD)]);
}

#[test]
fn child_deleted_event_and_new_child_event() {
    let another = "v1 Pod shop/web-a-2 4 < apps/v1 ReplicaSet web-a 2";
    let without = graph(&[DEPLOYMENT, REPLICA_SET]);
    assert_eq!(all(&without, &[DEPLOYMENT]), ["web", "web-a"]);
    let with = graph(&[DEPLOYMENT, REPLICA_SET, POD, another]);
    assert_eq!(
        all(&with, &[DEPLOYMENT]),
        ["web", "web-a", "web-a-1", "web-a-2"]
    );
}

#[test]
fn orphaned_children_index_owner_ref_lifecycle() {
    let free = "v1 Pod shop/web-a-1 3";
    let parent = key(REPLICA_SET);
    for (pod, children) in [(Some(POD), 1), (Some(free), 0), (Some(POD), 1), (None, 0)] {
        let lines: Vec<&str> = [REPLICA_SET].into_iter().chain(pod).collect();
        assert_eq!(graph(&lines).children(&parent).len(), children, "{pod:?}");
    }
}

#[test]
fn iterate_hierarchy_exit_at_each_level() {
    let graph = graph(&[POD, REPLICA_SET, DEPLOYMENT]);
    for (stop, seen) in [
        ("web", vec!["web"]),
        ("web-a", vec!["web", "web-a"]),
        ("web-a-1", vec!["web", "web-a", "web-a-1"]),
    ] {
        assert_eq!(walk(&graph, &[DEPLOYMENT], |name| name != stop), seen);
    }
}

#[test]
fn iterate_hierarchy_start_from_multiple_without_duplicates() {
    let other = "v1 Pod other/x 9 < v1 Namespace other 8";
    let namespace = "v1 Namespace other 8";
    let graph = graph(&[POD, REPLICA_SET, DEPLOYMENT, namespace, other]);
    let seen = all(
        &graph,
        &[REPLICA_SET, DEPLOYMENT, POD, namespace, other, DEPLOYMENT],
    );
    assert_eq!(seen, ["web-a", "web-a-1", "web", "other", "x"]);
    assert!(all(&graph, &["v1 Pod shop/absent"]).is_empty());
}

#[test]
fn iterate_hierarchy_cluster_scoped_parent_finds_all_children() {
    let graph = graph(&[
        "v1 Namespace parent p",
        "rbac.authorization.k8s.io/v1 ClusterRole role 1 < v1 Namespace parent p",
        "v1 Pod shop/pod 2 < v1 Namespace parent p",
        "v1 Pod other/pod-of-other 3 < v1 Namespace parent p",
        "v1 Secret shop/grandchild 4 < v1 Pod pod 2",
    ]);
    let seen = all(&graph, &["v1 Namespace parent"]);
    assert_eq!(
        seen,
        ["parent", "pod-of-other", "pod", "grandchild", "role"]
    );
}

#[test]
fn iterate_hierarchy_multi_level_cluster_scoped_finds_namespaced_grandchildren() {
    let graph = graph(&[
        "pkg.crossplane.io/v1 Provider p 1",
        "pkg.crossplane.io/v1 ProviderRevision p-1 2 < pkg.crossplane.io/v1 Provider p 1",
        "apps/v1 Deployment system/p-1 3 < pkg.crossplane.io/v1 ProviderRevision p-1 2",
        "apps/v1 ReplicaSet system/p-1-a 4 < apps/v1 Deployment p-1 3",
    ]);
    let seen = all(&graph, &["pkg.crossplane.io/v1 Provider p"]);
    assert_eq!(seen, ["p", "p-1", "p-1", "p-1-a"]);
}

#[test]
fn iterate_hierarchy_cluster_scoped_parent_inferred_uid() {
    let child = "v1 Pod shop/no-uid 5 < v1 Namespace parent";
    let graph = graph(&["v1 Namespace parent p", child]);
    assert_eq!(all(&graph, &["v1 Namespace parent"]), ["parent"]);
    assert_eq!(
        all(&graph, &["v1 Namespace parent", child]),
        ["parent", "no-uid"]
    );
}

#[test]
fn a_namespaced_owner_owns_nothing_in_other_namespaces() {
    let graph = graph(&[
        DEPLOYMENT,
        "apps/v1 ReplicaSet other/x 9 < apps/v1 Deployment web 1",
    ]);
    assert_eq!(all(&graph, &[DEPLOYMENT]), ["web"]);
}

#[test]
fn iterate_hierarchy_circular_owners() {
    let graph = graph(&[
        "v1 ConfigMap shop/itself 1 < v1 ConfigMap itself 1",
        "v1 ConfigMap shop/a 2 < v1 ConfigMap b 3",
        "v1 ConfigMap shop/b 3 < v1 ConfigMap a 2",
        "v1 Namespace round r < v1 Namespace round r",
    ]);
    assert_eq!(all(&graph, &["v1 ConfigMap shop/itself"]), ["itself"]);
    assert_eq!(all(&graph, &["v1 ConfigMap shop/a"]), ["a", "b"]);
    assert_eq!(all(&graph, &["v1 Namespace round"]), ["round"]);
}

#[test]
fn owners_nest_as_deep_as_they_like() {
    let line = |at: usize| format!("v1 ConfigMap shop/c{at} u{at} < v1 ConfigMap c u{}", at + 1);
    let lines: Vec<String> = (0..20_000).map(line).collect();
    let graph = Graph::of(lines.iter().map(|line| member(line)));
    assert_eq!(all(&graph, &["v1 ConfigMap shop/c19999"]).len(), 20_000);
    let first = graph.get(&key("v1 ConfigMap shop/c0")).unwrap();
    assert_eq!(graph.instance(first), None);
}

#[test]
fn as_resource_node_owner_refs() {
    let graph = graph(&[
        DEPLOYMENT,
        REPLICA_SET,
        "rbac.authorization.k8s.io/v1 Role shop/role 5 < rbac.authorization.k8s.io/v1 ClusterRole all 6",
        "v1 Secret shop/odd 7 < a/b/c Thing x 8",
    ]);
    let parents = |line: &str| json!(graph.node(graph.get(&key(line)).unwrap()).parent_refs);
    assert_eq!(
        parents(REPLICA_SET),
        json!([{"group": "apps", "version": "v1", "kind": "Deployment", "namespace": "shop", "name": "web", "uid": "1"}])
    );
    assert_eq!(
        parents("rbac.authorization.k8s.io/v1 Role shop/role"),
        json!([{"group": "rbac.authorization.k8s.io", "version": "v1", "kind": "ClusterRole", "name": "all", "uid": "6"}])
    );
    assert_eq!(
        parents("v1 Secret shop/odd"),
        json!([{"kind": "Thing", "name": "x", "uid": "8"}])
    );
}

#[test]
fn get_app_recursive() {
    let marked = |line: &str| {
        let mut member = member(line);
        member.instance = Some("app".into());
        member
    };
    let graph = Graph::of([
        marked("v1 ConfigMap shop/root 1"),
        member("v1 ConfigMap shop/left 2 < v1 ConfigMap root 1"),
        member("v1 ConfigMap shop/right 3 < v1 ConfigMap root 1"),
        member("v1 ConfigMap shop/below 4 < v1 ConfigMap left 2 < v1 ConfigMap right 3"),
        member("v1 ConfigMap shop/a 5 < v1 ConfigMap b 6"),
        member("v1 ConfigMap shop/b 6 < v1 ConfigMap a 5"),
    ]);
    let app = |name: &str| graph.instance(graph.get(&key(name)).unwrap());
    assert_eq!(app("v1 ConfigMap shop/below").as_deref(), Some("app"));
    assert_eq!(app("v1 ConfigMap shop/root").as_deref(), Some("app"));
    assert_eq!(app("v1 ConfigMap shop/a"), None);
}

fn tree(graph: &Graph, managed: &[&str], orphans: Option<&Orphans>) -> ApplicationTree {
    let managed: Vec<Managed> = managed
        .iter()
        .map(|line| Managed {
            key: key(line),
            version: member(line).version,
        })
        .collect();
    let trees = Trees {
        graph,
        permitted: &|key| &*key.group_kind.kind != "Secret",
        permitted_kind: &|kind, _| &*kind.kind != "Secret",
        is_app: &|instance| instance == "other-app",
    };
    trees.tree(&managed, "shop", orphans)
}

fn names(nodes: &[ResourceNode]) -> Vec<String> {
    nodes.iter().map(ResourceNode::full_name).collect()
}

#[test]
fn get_resource_tree_has_orphaned_resources() {
    let graph = graph(&["apps/v1 Deployment shop/stray 5", POD, REPLICA_SET]);
    let tree = tree(&graph, &[DEPLOYMENT], Some(&Orphans::default()));
    assert_eq!(
        json!(tree),
        json!({
            "nodes": [{
                "group": "apps", "version": "v1", "kind": "Deployment", "namespace": "shop", "name": "web",
                "health": {"status": "Missing"},
            }],
            "orphanedNodes": [{
                "group": "apps", "version": "v1", "kind": "Deployment", "namespace": "shop", "name": "stray", "uid": "5",
            }],
        })
    );
}

#[test]
fn set_managed_resources_with_orphaned_resources() {
    let mut of_another = member("v1 ConfigMap shop/of-another 4");
    of_another.instance = Some("other-app".into());
    let mut of_a_gone_app = member("v1 ConfigMap shop/of-a-gone-app 5");
    of_a_gone_app.instance = Some("gone-app".into());
    let lines = [
        DEPLOYMENT,
        "v1 ServiceAccount shop/default 6",
        "v1 ConfigMap shop/ignored 7",
        "v1 Pod shop/stray 8",
        "v1 ConfigMap shop/below 9 < v1 Pod stray 8",
        "v1 ConfigMap other/elsewhere 10",
        "v1 Secret shop/not-permitted 11",
        "v1 Namespace shop 12",
    ];
    let members = lines.iter().map(|line| member(line));
    let graph = Graph::of(members.chain([of_another, of_a_gone_app]));
    let orphans = Orphans {
        warn: false,
        ignore: vec![OrphanKey {
            name: "ign*".into(),
            ..OrphanKey::default()
        }],
    };
    assert_eq!(
        names(&tree(&graph, &[DEPLOYMENT], Some(&orphans)).orphaned_nodes),
        [
            "/ConfigMap/shop/below",
            "/ConfigMap/shop/of-a-gone-app",
            "/Pod/shop/stray",
        ]
    );
    assert!(tree(&graph, &[DEPLOYMENT], None).orphaned_nodes.is_empty());
}

#[test]
fn what_the_project_forbids_is_not_shown_nor_what_it_owns() {
    let graph = graph(&[
        DEPLOYMENT,
        "v1 Secret shop/key 5 < apps/v1 Deployment web 1",
        "v1 ConfigMap shop/below 6 < v1 Secret key 5",
    ]);
    let tree = tree(&graph, &[DEPLOYMENT], None);
    assert_eq!(names(&tree.nodes), ["apps/Deployment/shop/web"]);
}

#[test]
fn get_app_hosts() {
    let pod = |name: &str, cpu: &str, phase: &str| {
        let object = json!({
            "metadata": {"namespace": "shop", "name": name, "uid": name},
            "spec": {"nodeName": "one", "containers": [{"name": "a", "resources": {"requests": {"cpu": cpu}}}]},
            "status": {"phase": phase},
        });
        of(&object, "v1", "Pod")
    };
    let node = |name: &str| {
        let object = json!({
            "metadata": {"name": name, "uid": name, "labels": {"zone": "a", "secret": "b"}},
            "status": {"capacity": {"cpu": "5", "pods": "10"}, "nodeInfo": {"osImage": "linux"}},
        });
        of(&object, "v1", "Node")
    };
    let members = [
        pod("ours", "1", "Running"),
        pod("theirs", "2", "Running"),
        pod("theirs-done", "2", "Succeeded"),
        node("one"),
        node("two"),
    ];
    let graph = Graph::of(members);
    let nodes = tree(&graph, &["v1 Pod shop/ours"], None).nodes;
    assert_eq!(
        json!(hosts(&graph, &nodes, &["zone".into()])),
        json!([{
            "name": "one",
            "labels": {"zone": "a"},
            "systemInfo": {"osImage": "linux"},
            "resourcesInfo": [{
                "resourceName": "cpu", "capacity": 5000, "requestedByApp": 1000, "requestedByNeighbors": 2000,
            }],
        }])
    );
}

#[test]
fn a_node_is_written_as_clients_read_it() {
    let object = json!({
        "metadata": {
            "namespace": "shop", "name": "web", "uid": "1", "resourceVersion": "12",
            "creationTimestamp": "2024-01-01T00:00:00Z",
            "annotations": {"deployment.kubernetes.io/revision": "3"},
        },
    });
    let mut member = of(&object, "apps/v1", "ReplicaSet");
    member.health = Some(live::Health {
        status: "Healthy".into(),
        message: "".into(),
    });
    let graph = Graph::of([member]);
    let tree = tree(&graph, &["apps/v1 ReplicaSet shop/web"], None);
    assert_eq!(
        json!(tree),
        json!({"nodes": [{
            "group": "apps", "version": "v1", "kind": "ReplicaSet", "namespace": "shop", "name": "web",
            "uid": "1", "resourceVersion": "12", "createdAt": "2024-01-01T00:00:00Z",
            "info": [{"name": "Revision", "value": "Rev:3"}], "health": {"status": "Healthy"},
        }]})
    );
}
