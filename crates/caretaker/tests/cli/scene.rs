//! A namespace with Applications in a real cluster, and someone who writes their status as the
//! controller would.

use crate::caretaker::{Output, command, offline, run};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;
use std::time::{Duration, Instant};
use testbed::ControlPlane;

pub struct Scene {
    pub plane: &'static ControlPlane,
    pub namespace: String,
}

impl Scene {
    pub fn new(prefix: &str) -> Self {
        static DEFINED: Once = Once::new();
        let plane = ControlPlane::shared();
        DEFINED.call_once(|| define_kinds(plane));
        Self {
            plane,
            namespace: plane.namespace(prefix),
        }
    }

    /// Creates an Application; `status` as the controller would have written it.
    pub fn application(&self, name: &str, status: Value) -> Value {
        let app = json!({
            "apiVersion": "argoproj.io/v1alpha1",
            "kind": "Application",
            "metadata": { "name": name, "namespace": self.namespace, "labels": { "app": name } },
            "spec": {
                "project": "default",
                "source": { "repoURL": "https://git.example.com/a.git", "path": name },
                "destination": {
                    "server": "https://kubernetes.default.svc",
                    "namespace": self.namespace,
                },
            },
            "status": status,
        });
        self.create(&app);
        app
    }

    pub fn create(&self, object: &Value) {
        self.plane
            .kubectl_stdin(&["create", "-f", "-"], &object.to_string())
            .unwrap();
    }

    /// The Application as it is now.
    pub fn read(&self, name: &str) -> Value {
        let args = [
            "get",
            "application.argoproj.io",
            name,
            "-n",
            &self.namespace,
            "-o",
            "json",
        ];
        serde_json::from_str(&self.plane.kubectl(&args).unwrap()).unwrap()
    }

    pub fn patch(&self, name: &str, patch: &Value) {
        let (patch, namespace) = (patch.to_string(), self.namespace.as_str());
        let kind = "application.argoproj.io";
        let args = [
            "patch", kind, name, "-n", namespace, "--type", "merge", "-p", &patch,
        ];
        self.plane.kubectl(&args).unwrap();
    }

    /// Waits until the Application is as wanted.
    pub fn until(&self, name: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let app = self.read(name);
            if wanted(&app) {
                return app;
            }
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "not as wanted: {app}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// `caretaker app ...` in the namespace.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(Some(&self.plane.kubeconfig()));
        command.arg("app").args(args).args(["-n", &self.namespace]);
        command
    }

    pub fn app(&self, args: &[&str]) -> Output {
        run(&mut self.command(args))
    }

    /// Runs it while `controller` does its part.
    pub fn app_beside(&self, args: &[&str], controller: impl FnOnce() + Send) -> Output {
        let mut command = self.command(args);
        std::thread::scope(|scope| {
            let controller = scope.spawn(controller);
            let output = run(&mut command);
            controller.join().expect("the controller did its part");
            output
        })
    }

    pub fn kubeconfig_of_nobody(&self) -> PathBuf {
        self.plane.kubeconfig_for("nobody", &[])
    }
}

fn define_kinds(plane: &ControlPlane) {
    let definitions = offline(&["crds"]).stdout;
    plane
        .kubectl_stdin(&["apply", "--server-side", "-f", "-"], &definitions)
        .unwrap();
    let kinds = [
        "crd/applications.argoproj.io",
        "crd/appprojects.argoproj.io",
    ];
    for kind in kinds {
        plane
            .kubectl(&["wait", "--for=condition=Established", kind])
            .unwrap();
    }
}

/// A status of an app that is fine, or not.
pub fn status(sync: &str, health: &str) -> Value {
    json!({
        "sync": { "status": sync, "revision": "1a2b3c4d5e6f708192a3b4c5d6e7f80910111213" },
        "health": { "status": health },
    })
}

/// An operation under way, or ended.
pub fn state(phase: &str, operation: &Value, resources: Value) -> Value {
    json!({
        "phase": phase,
        "message": format!("message of {phase}"),
        "startedAt": "2026-11-21T12:00:00Z",
        "operation": operation,
        "syncResult": { "revision": "f".repeat(40), "resources": resources },
    })
}
