//! What an app is made of: the same objects for Caretaker, in a repository, and for the bare loop.
//!
//! Comes in: which app of which set. Goes out: a Deployment, a Service, a ServiceAccount, a Role, a
//! RoleBinding, and ConfigMaps of about 500 bytes. App, folder and namespace share one name.

use crate::kinds;
use cluster::ApiResource;
use serde_json::{Value, json};

/// The label all our objects bear; its value is the set's name.
pub const SET: &str = "bench-set";
/// What a ConfigMap's `value` is as committed.
pub const COMMITTED: &str = "as committed";
/// How many objects of an app are no ConfigMaps.
const OTHERS: u32 = 5;

/// Apps that are made together.
#[derive(Clone, Debug)]
pub struct Set {
    /// First part of the apps' names, and the label's value.
    pub name: &'static str,
    /// How many apps.
    pub apps: u32,
    /// How many objects each.
    pub objects: u32,
}

/// One object.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its kind.
    pub kind: ApiResource,
    /// Its name.
    pub name: String,
    /// The object, without a namespace: its app says where it goes.
    pub body: Value,
}

impl Set {
    /// The name of an app, its folder and its namespace.
    pub fn app(&self, index: u32) -> String {
        format!("{}-{index:04}", self.name)
    }

    /// The names of all apps.
    pub fn names(&self) -> Vec<String> {
        (0..self.apps).map(|index| self.app(index)).collect()
    }

    /// How many ConfigMaps an app has.
    pub fn config_maps(&self) -> u32 {
        self.objects - OTHERS
    }

    /// All objects of all apps.
    pub fn total(&self) -> usize {
        self.apps as usize * self.objects as usize
    }

    /// The objects of an app.
    pub fn objects(&self, app: &str) -> Vec<Object> {
        let configs = (0..self.config_maps()).map(|index| self.config_map(index, COMMITTED));
        let others = [
            deployment(),
            service(),
            service_account(),
            role(),
            role_binding(app),
        ];
        let mut objects: Vec<Object> = others.into_iter().chain(configs).collect();
        for object in &mut objects {
            object.body["metadata"]["labels"] = json!({ SET: self.name });
        }
        objects
    }

    /// One of the ConfigMaps, with this value.
    pub fn config_map(&self, index: u32, value: &str) -> Object {
        let data = json!({ "value": value, "text": "Lorem ipsum dolor sit amet. ".repeat(14) });
        let mut object = object(
            kinds::config_map(),
            &config_name(index),
            json!({ "data": data }),
        );
        object.body["metadata"]["labels"] = json!({ SET: self.name });
        object
    }
}

impl Object {
    /// Its file's name in the app's folder.
    pub fn file(&self) -> String {
        format!(
            "{}-{}.yaml",
            self.kind.gvk.group_kind.kind.to_lowercase(),
            self.name
        )
    }

    /// What stands in that file.
    pub fn yaml(&self) -> String {
        yaml::write(&self.body)
    }
}

/// The name of a ConfigMap.
pub fn config_name(index: u32) -> String {
    format!("config-{index}")
}

fn object(kind: ApiResource, name: &str, mut body: Value) -> Object {
    body["apiVersion"] = kind.gvk.api_version().into();
    body["kind"] = (*kind.gvk.group_kind.kind).into();
    body["metadata"] = json!({ "name": name });
    Object {
        kind,
        name: name.to_owned(),
        body,
    }
}

/// A Deployment of one pod.
pub fn deployment() -> Object {
    let labels = json!({ "app": "web" });
    let container = json!({
        "name": "web",
        "image": "example.com/web:1",
        "ports": [{ "name": "http", "containerPort": 8080 }],
        "envFrom": [{ "configMapRef": { "name": config_name(0) } }],
        "resources": { "requests": { "cpu": "10m", "memory": "16Mi" } },
    });
    let template = json!({
        "metadata": { "labels": labels },
        "spec": { "serviceAccountName": "web", "containers": [container] },
    });
    let spec =
        json!({ "replicas": 1, "selector": { "matchLabels": labels }, "template": template });
    object(kinds::deployment(), "web", json!({ "spec": spec }))
}

fn service() -> Object {
    let ports = json!([{ "name": "http", "port": 80, "targetPort": "http" }]);
    let spec = json!({ "selector": { "app": "web" }, "ports": ports });
    object(kinds::service(), "web", json!({ "spec": spec }))
}

fn service_account() -> Object {
    object(kinds::service_account(), "web", json!({}))
}

fn role() -> Object {
    let rule = json!({ "apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"] });
    object(kinds::role(), "web", json!({ "rules": [rule] }))
}

fn role_binding(namespace: &str) -> Object {
    let role = json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "web" });
    let subject = json!({ "kind": "ServiceAccount", "name": "web", "namespace": namespace });
    object(
        kinds::role_binding(),
        "web",
        json!({ "roleRef": role, "subjects": [subject] }),
    )
}
