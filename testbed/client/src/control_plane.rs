//! A running control plane.
//!
//! In: nothing, or the variable `CARETAKER_TESTBED_DIR` that names a running one. Out: kubeconfigs, namespaces, and
//! switches for its parts. [`ControlPlane::shared`] is one for all tests, which keep apart by namespace;
//! [`ControlPlane::own`] is for a test that breaks something.

use crate::child::BoundChild;
use crate::control_socket::{Component, component_order, order};
use crate::program;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A control plane that tests use; see the module's own words.
pub struct ControlPlane {
    dir: PathBuf,
    /// None if someone else started it.
    _child: Option<BoundChild>,
}

impl ControlPlane {
    /// The control plane that all tests share: the one in `CARETAKER_TESTBED_DIR` if that is set (`make test` sets it),
    /// else one that lives as long as this process. Never kill or freeze parts of it.
    ///
    /// # Panics
    /// If it cannot be started, or does not answer.
    pub fn shared() -> &'static ControlPlane {
        static SHARED: OnceLock<ControlPlane> = OnceLock::new();
        SHARED.get_or_init(|| match std::env::var_os("CARETAKER_TESTBED_DIR") {
            Some(dir) => {
                assert!(
                    Path::new(&dir).is_absolute(),
                    "CARETAKER_TESTBED_DIR is {}: make it absolute, since each package's tests run in a folder of their own",
                    dir.display()
                );
                let running = ControlPlane {
                    dir: PathBuf::from(dir),
                    _child: None,
                };
                running.order(&json!({"verb": "status"}));
                running
            }
            None => ControlPlane::own(),
        })
    }

    /// A control plane for the caller alone, with one node; dropping it ends it and removes its files.
    ///
    /// # Panics
    /// If it cannot be started; with the reason and the end of the failed component's log.
    pub fn own() -> ControlPlane {
        ControlPlane::own_with_nodes(1)
    }

    /// As [`ControlPlane::own`], with so many nodes.
    ///
    /// # Panics
    /// As [`ControlPlane::own`].
    pub fn own_with_nodes(nodes: usize) -> ControlPlane {
        let folder = tempfile::Builder::new()
            .prefix("testbed-")
            .tempdir_in(fast_folder())
            .unwrap_or_else(|error| panic!("cannot make a folder for the testbed: {error}"));
        let mut up = Command::new(program("testbed"));
        up.args([
            "up",
            "--until-stdin-closes",
            "--remove-dir",
            "--nodes",
            &nodes.to_string(),
            "--dir",
        ]);
        up.arg(folder.path());
        let (child, _ready) =
            BoundChild::start(&mut up).unwrap_or_else(|error| panic!("no control plane: {error}"));
        // From here on `up` removes it, which it also does when this process is killed.
        ControlPlane {
            dir: folder.keep(),
            _child: Some(child),
        }
    }

    /// The folder of its files: `kubeconfig`, `audit.log`, `log/`, `state.json`.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The kubeconfig of the user `admin`, who may do anything.
    pub fn kubeconfig(&self) -> PathBuf {
        self.dir.join("kubeconfig")
    }

    /// A kubeconfig for a user by this name in these groups, who may do what RBAC grants them: nothing yet.
    ///
    /// # Panics
    /// If the testbed does not answer.
    pub fn kubeconfig_for(&self, user: &str, groups: &[&str]) -> PathBuf {
        self.text(&json!({"verb": "kubeconfig", "user": user, "groups": groups}))
            .into()
    }

    /// Creates a namespace whose name begins with `prefix` and is new; pods can be created in it.
    ///
    /// # Panics
    /// If the testbed does not answer, or the API server or the controller manager is down.
    pub fn namespace(&self, prefix: &str) -> String {
        self.text(&json!({"verb": "namespace", "prefix": prefix}))
    }

    /// The API server's address.
    ///
    /// # Panics
    /// If the testbed does not answer.
    pub fn server(&self) -> String {
        self.state()["server"]
            .as_str()
            .expect("the state names the server")
            .to_owned()
    }

    /// What `state.json` holds, as it is now: the server, its CA file, and each component's state and process.
    ///
    /// # Panics
    /// If the testbed does not answer.
    pub fn state(&self) -> Value {
        self.order(&json!({"verb": "status"}))["state"].take()
    }

    /// Ends a component with SIGKILL; it stays down until started.
    ///
    /// # Panics
    /// If the testbed does not answer.
    pub fn kill(&self, component: Component) {
        self.order(&component_order("kill", component));
    }

    /// Starts a component that is down and waits until it serves.
    ///
    /// # Panics
    /// If it does not serve in time, with the end of its log.
    pub fn start(&self, component: Component) {
        self.order(&component_order("start", component));
    }

    /// Kills a component and starts it on the same port, and waits until it serves.
    ///
    /// # Panics
    /// If it does not serve in time, with the end of its log.
    pub fn restart(&self, component: Component) {
        self.order(&component_order("restart", component));
    }

    /// Stops a component with SIGSTOP: it keeps its connections and answers nothing.
    ///
    /// # Panics
    /// If it is down.
    pub fn freeze(&self, component: Component) {
        self.order(&component_order("freeze", component));
    }

    /// Lets a frozen component go on.
    ///
    /// # Panics
    /// If it is down.
    pub fn thaw(&self, component: Component) {
        self.order(&component_order("thaw", component));
    }

    fn order(&self, what: &Value) -> Value {
        order(&self.dir, what).unwrap_or_else(|error| panic!("{error}"))
    }

    fn text(&self, what: &Value) -> String {
        self.order(what)["text"]
            .as_str()
            .expect("the reply has a text")
            .to_owned()
    }
}

/// A folder in memory if the machine has one: etcd writes much.
fn fast_folder() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if tempfile::tempfile_in(memory).is_ok() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}
