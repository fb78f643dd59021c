//! `app diff`

use crate::caretaker::{Output, command, run};
use crate::scene::Scene;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use testbed::{GitRepository, GitServer, GitServerOptions};

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {color: blue, size: large}
";
const KEY: &str = "apiVersion: v1
kind: Secret
metadata: {name: key}
stringData: {password: hunter2}
";

/// A checkout with the app's folder, and the Application.
pub struct Checkout {
    scene: Scene,
    folder: TempDir,
    application: Value,
}

impl Checkout {
    pub fn new(prefix: &str) -> Self {
        let (scene, folder) = (Scene::new(prefix), tempfile::tempdir().unwrap());
        fs::create_dir(folder.path().join("web")).unwrap();
        fs::write(folder.path().join("web/settings.yaml"), SETTINGS).unwrap();
        fs::write(folder.path().join("web/key.yaml"), KEY).unwrap();
        let application = scene.application("web", json!({}));
        Self {
            scene,
            folder,
            application,
        }
    }

    fn repo(&self) -> String {
        self.folder.path().display().to_string()
    }

    fn diff(&self) -> Output {
        self.app("diff", &[])
    }

    /// A command about the Application, with the checkout instead of its repository.
    pub fn app(&self, verb: &str, args: &[&str]) -> Output {
        let repo = self.repo();
        self.scene
            .app(&[&[verb, "web", "--repo", &repo], args].concat())
    }

    /// Applies what Git says, as the controller would.
    pub fn apply(&self) {
        let file = self.folder.path().join("application.json");
        let mut application = self.application.clone();
        // Marks name the app alone in the installation's own namespace.
        application["metadata"]["namespace"] = "argocd".into();
        fs::write(&file, application.to_string()).unwrap();
        let file = file.display().to_string();
        let rendered = run(command(None).args(["render", "--repo", &self.repo(), "--app", &file]));
        assert_eq!(rendered.code, 0, "{rendered:?}");
        let manager = "--field-manager=argocd-controller";
        let args = ["apply", "--server-side", manager, "-f", "-"];
        self.scene
            .plane
            .kubectl_stdin(&args, &rendered.stdout)
            .unwrap();
    }

    pub fn change(&self, kind: &str, name: &str, patch: &Value) {
        let (patch, namespace) = (patch.to_string(), self.scene.namespace.as_str());
        let args = [
            "patch", kind, name, "-n", namespace, "--type", "merge", "-p", &patch,
        ];
        self.scene.plane.kubectl(&args).unwrap();
    }
}

#[test]
fn what_is_missing_is_shown_whole_and_secrets_are_hidden() {
    let checkout = Checkout::new("diff-missing");
    let output = checkout.diff();
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stdout.contains("\n+  color: blue\n"), "{output:?}");
    assert!(output.stdout.contains("\n+  password: "), "{output:?}");
    assert!(!output.stdout.contains("hunter2") && !output.stdout.contains("aHVudGVyMg"));
    assert_eq!(
        output.stderr,
        format!("note: compared with {}\n", checkout.repo())
    );
}

#[test]
fn what_is_as_git_says_is_no_difference() {
    let checkout = Checkout::new("diff-same");
    checkout.apply();
    let output = checkout.diff();
    assert_eq!((output.code, output.stdout.as_str()), (0, ""), "{output:?}");
}

#[test]
fn drift_is_shown_line_by_line() {
    let checkout = Checkout::new("diff-drift");
    checkout.apply();
    checkout.change(
        "configmap",
        "settings",
        &json!({ "data": { "color": "red" } }),
    );
    checkout.change(
        "secret",
        "key",
        &json!({ "data": { "password": "c3dvcmRmaXNo" } }),
    );
    let output = checkout.diff();
    assert_eq!(output.code, 1, "{output:?}");
    assert!(
        output.stdout.contains("\n-  color: red\n+  color: blue\n"),
        "{output:?}"
    );
    assert!(!output.stdout.contains("c3dvcmRmaXNo") && !output.stdout.contains("size: small"));
    let changed = output
        .stdout
        .lines()
        .filter(|line| line.contains("password: +"));
    assert_eq!(changed.count(), 2, "{output:?}");
}

#[test]
fn what_git_no_longer_has_is_shown_as_going() {
    let checkout = Checkout::new("diff-prune");
    checkout.apply();
    fs::remove_file(checkout.folder.path().join("web/key.yaml")).unwrap();
    let line = |kind: &str, name: &str| json!({ "version": "v1", "kind": kind, "name": name, "namespace": checkout.scene.namespace });
    let resources = json!([
        line("ConfigMap", "settings"),
        line("Secret", "key"),
        line("Secret", "gone")
    ]);
    checkout
        .scene
        .patch("web", &json!({ "status": { "resources": resources } }));
    let output = checkout.diff();
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stdout.contains("\n-kind: Secret\n"), "{output:?}");
    assert!(!output.stdout.contains("ConfigMap"), "{output:?}");
}

#[test]
fn a_revision_of_a_local_repository_is_read_from_git() {
    let (scene, root) = (Scene::new("diff-local"), tempfile::tempdir().unwrap());
    scene.application("web", json!({}));
    let repository = GitRepository::create(root.path(), "apps");
    repository.write("web/settings.yaml", SETTINGS);
    let commit = repository.publish("first");
    repository.write("web/settings.yaml", SETTINGS.replace("blue", "green"));
    repository.publish("second");
    let folder = repository.work_path().display().to_string();
    let output = scene.app(&["diff", "web", "--repo", &folder, "--revision", &commit]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stdout.contains("+  color: blue"), "{output:?}");
    let output = scene.app(&["diff", "web", "--repo", &folder, "--revision", "nowhere"]);
    assert_eq!(output.code, 3, "{output:?}");
    assert!(
        output
            .stderr
            .contains("no branch, tag or commit \"nowhere\""),
        "{output:?}"
    );
}

/// An Application whose repository asks for a password.
fn guarded(scene: &Scene, root: &Path) -> GitServer {
    let repository = GitRepository::create(root, "apps");
    repository.write("web/settings.yaml", SETTINGS);
    repository.publish("first");
    let login = Some(("ann".to_owned(), "hunter2".to_owned()));
    let server = GitServer::start(root, GitServerOptions { login, tls: false });
    scene.application("web", json!({}));
    scene.patch(
        "web",
        &json!({ "spec": { "source": { "repoURL": server.url_of("apps") } } }),
    );
    server
}

#[test]
fn the_repository_itself_is_read_with_the_installations_credentials() {
    let (scene, root) = (Scene::new("diff-git"), tempfile::tempdir().unwrap());
    let server = guarded(&scene, root.path());
    let refused = scene.app(&["diff", "web"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    let labels = json!({ "argocd.argoproj.io/secret-type": "repository" });
    let url = server.url_of("apps");
    scene.create(&json!({
        "apiVersion": "v1", "kind": "Secret",
        "metadata": { "name": "apps", "namespace": scene.namespace, "labels": labels },
        "stringData": { "url": url, "username": "ann", "password": "hunter2" },
    }));
    let output = scene.app(&["diff", "web"]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(output.stdout.contains("+  color: blue"), "{output:?}");
    assert!(
        output.stderr.starts_with("note: compared with HEAD ("),
        "{output:?}"
    );
}
