//! The control plane itself: that it is real, that several run at once, that its parts can be broken and mended.

use std::time::{Duration, Instant};
use testbed::{Component, ControlPlane};

const WEB: &str = "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: example.com/web:1}]}
";

#[test]
fn a_deployment_becomes_ready() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("ready");
    plane
        .kubectl_stdin(
            &["apply", "--server-side", "-n", &namespace, "-f", "-"],
            WEB,
        )
        .unwrap();
    plane
        .kubectl(&[
            "rollout",
            "status",
            "-n",
            &namespace,
            "deployment/web",
            "--timeout=30s",
        ])
        .unwrap();
    let ready = plane.kubectl(&[
        "get",
        "-n",
        &namespace,
        "deployment/web",
        "-o",
        "jsonpath={.status.readyReplicas}",
    ]);
    assert_eq!(ready.unwrap(), "3");
}

#[test]
fn a_pod_behaves_as_its_label_says() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("behave");
    let cases = [
        (
            "image-pull-fails",
            "{.status.containerStatuses[0].state.waiting.reason}",
            "ImagePullBackOff",
        ),
        (
            "crash-loops",
            "{.status.containerStatuses[0].state.waiting.reason}",
            "CrashLoopBackOff",
        ),
        (
            "never-ready",
            "{.status.containerStatuses[0].ready}",
            "false",
        ),
        ("fails", "{.status.phase}", "Failed"),
    ];
    for (behaviour, path, expected) in cases {
        let label = format!("--labels=testbed/behaviour={behaviour}");
        plane
            .kubectl(&[
                "run",
                "-n",
                &namespace,
                behaviour,
                "--image=x",
                "--restart=Never",
                &label,
            ])
            .unwrap();
        let wait = format!("--for=jsonpath={path}={expected}");
        let pod = format!("pod/{behaviour}");
        plane
            .kubectl(&["wait", "-n", &namespace, &pod, &wait, "--timeout=30s"])
            .unwrap();
    }
}

#[test]
fn a_user_may_do_what_rbac_grants_and_the_audit_log_tells_who_did_it() {
    let plane = ControlPlane::shared();
    let namespace = plane.namespace("rbac");
    let user = format!("user-of-{namespace}");
    let kubeconfig = plane.kubeconfig_for(&user, &["testers"]);
    let get = |what: &str| {
        let output = plane
            .kubectl_command(&kubeconfig)
            .args(["get", "-n", &namespace, what])
            .output()
            .unwrap();
        output.status.success()
    };
    let mark = plane.audit_mark();
    assert!(!get("pods"));
    plane
        .kubectl(&[
            "create",
            "role",
            "-n",
            &namespace,
            "reader",
            "--verb=list",
            "--resource=pods",
        ])
        .unwrap();
    plane
        .kubectl(&[
            "create",
            "rolebinding",
            "-n",
            &namespace,
            "readers",
            "--role=reader",
            "--group=testers",
        ])
        .unwrap();
    let patience = Instant::now() + Duration::from_secs(10);
    while !get("pods") {
        assert!(Instant::now() < patience, "the role has not taken effect");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(!get("secrets"));

    let lines = plane.audit_lines_since(mark, |line| line["user"]["username"] == user.as_str());
    let codes: Vec<_> = lines
        .iter()
        .filter(|line| line["objectRef"]["resource"] == "pods" && line["verb"] == "list")
        .map(|line| line["responseStatus"]["code"].as_u64().unwrap())
        .collect();
    assert_eq!(codes.first(), Some(&403));
    assert_eq!(codes.last(), Some(&200));
    assert!(
        plane
            .audit_lines_since(plane.audit_mark(), |line| line["user"]["username"]
                == user.as_str())
            .is_empty()
    );
}

#[test]
fn two_control_planes_are_strangers_and_survive_the_loss_of_a_part() {
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(ControlPlane::own);
        let other = scope.spawn(|| ControlPlane::own_with_nodes(2));
        (one.join().unwrap(), other.join().unwrap())
    });
    assert_ne!(one.server(), other.server());
    assert_eq!(
        other
            .kubectl(&["get", "nodes", "-o", "name"])
            .unwrap()
            .lines()
            .count(),
        2
    );

    let namespace = one.namespace("kept");
    let exists = |plane: &ControlPlane| plane.kubectl(&["get", "namespace", &namespace]);
    assert!(exists(&other).unwrap_err().contains("not found"));

    one.kill(Component::ApiServer);
    assert_eq!(
        one.state()["components"]["kube-apiserver"]["state"],
        "stopped"
    );
    assert!(exists(&one).unwrap_err().contains("refused"));
    one.start(Component::ApiServer);
    exists(&one).unwrap();
    one.restart(Component::Etcd);
    exists(&one).unwrap();

    one.freeze(Component::ApiServer);
    let frozen = one.kubectl(&["get", "namespace", &namespace, "--request-timeout=1s"]);
    assert!(frozen.is_err());
    assert_eq!(
        one.state()["components"]["kube-apiserver"]["state"],
        "frozen"
    );
    one.thaw(Component::ApiServer);
    exists(&one).unwrap();
    exists(&other).unwrap_err();
}

#[test]
fn what_is_dropped_leaves_nothing_behind() {
    let plane = ControlPlane::own();
    let dir = plane.dir().to_owned();
    let pid = plane.state()["components"]["etcd"]["pid"].as_u64().unwrap();
    drop(plane);
    assert!(!dir.exists());
    assert!(!std::path::Path::new(&format!("/proc/{pid}")).exists());
}
