//! A stage for one test: Applications' namespace, repository, Caretaker.

use serde_json::Value;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use testbed::{ControlPlane, GitRepository, GitServer, GitServerOptions};

/// Longer than anything here takes on a slow machine; only reached when something is wrong.
const PATIENCE: Duration = Duration::from_secs(90);

/// The stage.
pub struct Scene<'a> {
    pub plane: &'a ControlPlane,
    /// Namespace of the Applications.
    pub namespace: String,
    pub repository: GitRepository,
    pub git: GitServer,
    folder: TempDir,
    caretaker: Option<Child>,
}

impl<'a> Scene<'a> {
    /// Sets the stage, without starting Caretaker.
    pub fn new(plane: &'a ControlPlane, prefix: &str) -> Self {
        install(plane);
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path().join("repositories");
        std::fs::create_dir(&root).expect("it is our own folder");
        let git = GitServer::start(&root, GitServerOptions::default());
        let repository = GitRepository::create(&root, "fleet");
        let scene = Self {
            namespace: plane.namespace(prefix),
            plane,
            repository,
            git,
            folder,
            caretaker: None,
        };
        scene.apply(&format!(
            "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {{name: default, namespace: {}}}
spec:
  sourceRepos: ['*']
  destinations: [{{server: '*', namespace: '*'}}]
  clusterResourceWhitelist: [{{group: '*', kind: '*'}}]
",
            scene.namespace
        ));
        scene
    }

    /// The repository's URL.
    pub fn url(&self) -> String {
        self.git.url_of("fleet")
    }

    /// Starts Caretaker.
    pub fn start(&mut self) {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.log_path())
            .expect("it is our own folder");
        let child = Command::new(env!("CARGO_BIN_EXE_caretaker"))
            .args([
                "run",
                "--log-format",
                "text",
                "--namespace",
                &self.namespace,
            ])
            .args([
                "--listen-webhook",
                "127.0.0.1:0",
                "--listen-metrics",
                "127.0.0.1:0",
            ])
            .arg("--cache-dir")
            .arg(self.folder.path().join("cache"))
            .arg("--kubeconfig")
            .arg(self.plane.kubeconfig())
            .env("RUST_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the binary was built for this test");
        self.caretaker = Some(child);
    }

    /// Kills Caretaker the hard way.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.caretaker.take() {
            // It may have ended by itself; then there is nothing to kill.
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("caretaker.log")
    }

    /// What Caretaker said so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// `kubectl apply` of some YAML.
    pub fn apply(&self, yaml: &str) {
        let applied = self.plane.kubectl_stdin(&["apply", "-f", "-"], yaml);
        applied.unwrap_or_else(|error| panic!("{error}\n{yaml}"));
    }

    /// `kubectl` with arguments split at spaces; its output, trimmed, or its error.
    pub fn kubectl(&self, args: &str) -> Result<String, String> {
        let args: Vec<&str> = args.split_whitespace().collect();
        self.plane.kubectl(&args).map(|text| text.trim().to_owned())
    }

    /// An Application that syncs itself, from a path of the repository into a namespace.
    pub fn automated(&self, name: &str, path: &str, destination: &str) -> String {
        format!(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}, namespace: {}}}
spec:
  project: default
  source: {{repoURL: '{}', path: {path}}}
  destination: {{server: 'https://kubernetes.default.svc', namespace: {destination}}}
  syncPolicy:
    automated: {{prune: true, selfHeal: true}}
    syncOptions: [CreateNamespace=true]
",
            self.namespace,
            self.url()
        )
    }

    /// An Application as it is.
    pub fn app(&self, name: &str) -> Value {
        let found = self.plane.kubectl(&[
            "get",
            "applications.argoproj.io",
            name,
            "-n",
            &self.namespace,
            "-o",
            "json",
        ]);
        found
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Asks for a fresh look at Git.
    pub fn refresh(&self, name: &str) {
        let done = self.kubectl(&format!(
            "annotate applications.argoproj.io {name} -n {} argocd.argoproj.io/refresh=normal --overwrite",
            self.namespace
        ));
        done.expect("the Application is there");
    }

    /// Waits until something is so.
    pub fn wait(&self, what: &str, mut so: impl FnMut() -> bool) {
        let begun = Instant::now();
        while !so() {
            if begun.elapsed() > PATIENCE {
                let apps = self.kubectl(&format!(
                    "get applications.argoproj.io -n {} -o yaml",
                    self.namespace
                ));
                panic!(
                    "{what}: it never came to that\n{}\n{}",
                    self.log(),
                    apps.unwrap_or_default()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until an app is synced to the repository's newest commit and healthy.
    pub fn wait_synced(&self, name: &str) {
        let head = self.repository.head();
        self.wait(&format!("{name} is Synced and Healthy at {head}"), || {
            let app = self.app(name);
            app["status"]["sync"]["status"] == "Synced"
                && app["status"]["health"]["status"] == "Healthy"
                && app["status"]["sync"]["revision"] == head.as_str()
        });
    }

    /// Waits until a condition of this kind says this.
    pub fn wait_condition(&self, name: &str, kind: &str, text: &str) {
        self.wait(&format!("{name} has a {kind} with {text:?}"), || {
            let app = self.app(name);
            let conditions = app["status"]["conditions"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            conditions.iter().any(|condition| {
                condition["type"] == kind
                    && condition["message"]
                        .as_str()
                        .is_some_and(|message| message.contains(text))
            })
        });
    }

    /// Waits until `kubectl get` of this says this.
    pub fn wait_kubectl(&self, args: &str, expected: &str) {
        self.wait(&format!("kubectl {args} says {expected:?}"), || {
            self.kubectl(args).is_ok_and(|text| text == expected)
        });
    }

    /// Waits until an object is gone.
    pub fn wait_gone(&self, object: &str) {
        self.wait(&format!("{object} is gone"), || {
            self.kubectl(&format!("get {object}"))
                .is_err_and(|error| error.contains("NotFound"))
        });
    }
}

impl Drop for Scene<'_> {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            // What it said helps whoever reads the failure.
            let _ = std::io::stderr().write_all(self.log().as_bytes());
        }
    }
}

/// Installs the CRDs as users do: `caretaker crds | kubectl apply`.
fn install(plane: &ControlPlane) {
    let crds = Command::new(env!("CARGO_BIN_EXE_caretaker"))
        .arg("crds")
        .output()
        .expect("the binary was built for this test");
    let text = String::from_utf8(crds.stdout).expect("CRDs are text");
    let applied = plane.kubectl_stdin(
        &["apply", "--server-side", "--force-conflicts", "-f", "-"],
        &text,
    );
    applied.expect("our CRDs are accepted");
    let names = [
        "crd/applications.argoproj.io",
        "crd/appprojects.argoproj.io",
    ];
    for name in names {
        let wait = [
            "wait",
            "--for",
            "condition=Established",
            name,
            "--timeout=60s",
        ];
        // A definition so new that it has no conditions yet is an error to kubectl.
        let begun = Instant::now();
        while let Err(error) = plane.kubectl(&wait) {
            assert!(begun.elapsed() < PATIENCE, "{name}: {error}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// A ConfigMap's YAML.
pub fn config_map(name: &str, color: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata: {{color: {color}}}\n"
    )
}

/// A Deployment's YAML, with spellings that the server writes differently.
pub fn deployment(name: &str) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, labels: {{app: {name}}}}}
spec:
  replicas: 2
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
      - name: main
        image: registry.example.org/{name}:1
        ports: [{{containerPort: 8080}}]
        env: [{{name: GREETING, value: hello}}]
        resources:
          requests: {{cpu: 1000m, memory: 1024Mi}}
          limits: {{cpu: '2', memory: 2Gi}}
"
    )
}
