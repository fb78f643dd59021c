//! The real API server, asked over HTTP.

use crate::ask::{Answer, Ask, Kind, Said, Verb};
use crate::compare::Memory;
use http::Request;
use kube::client::Body;
use kube::config::{Config, KubeConfigOptions, Kubeconfig};
use serde_json::{Value, json};
use testbed::ControlPlane;
use tokio::runtime::Runtime;

pub struct Real {
    runtime: Runtime,
    client: kube::Client,
}

impl Real {
    pub fn of(plane: &ControlPlane) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let client = runtime.block_on(async {
            let file = Kubeconfig::read_from(plane.kubeconfig()).expect("the testbed's kubeconfig");
            let config = Config::from_custom_kubeconfig(file, &KubeConfigOptions::default()).await;
            kube::Client::try_from(config.expect("a configuration")).expect("a client")
        });
        Self { runtime, client }
    }

    /// One request by its parts.
    pub fn send(&self, method: &str, path: &str, kind: &str, body: &Value) -> Answer {
        let bytes = if body.is_null() {
            Vec::new()
        } else {
            body.to_string().into_bytes()
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", kind)
            .header("accept", "application/json")
            .body(Body::from(bytes))
            .expect("a request");
        self.runtime.block_on(async {
            let response = self.client.send(request).await.expect("an answer");
            let code = response.status().as_u16();
            let bytes = response.into_body().collect_bytes().await.expect("a body");
            Answer {
                code,
                body: serde_json::from_slice(&bytes).unwrap_or_default(),
            }
        })
    }

    /// The lines of an answer that is a stream, once it ends.
    pub fn stream(&self, path: &str) -> Vec<Value> {
        let request = Request::builder()
            .uri(path)
            .body(Body::empty())
            .expect("a request");
        self.runtime.block_on(async {
            let response = self.client.send(request).await.expect("an answer");
            let bytes = response.into_body().collect_bytes().await.expect("a body");
            let lines = bytes.split(|byte| *byte == b'\n');
            lines
                .filter_map(|line| serde_json::from_slice(line).ok())
                .collect()
        })
    }

    pub fn answer(&self, ask: &Ask, namespace: &str, name: &str, memory: &Memory) -> Answer {
        let json = "application/json";
        let all = collection(ask.kind(), namespace);
        let status = if ask.status { "/status" } else { "" };
        let one = format!("{all}/{name}{status}");
        let query = query(ask);
        let known = memory.of(&one_key(ask, namespace, name));
        match &ask.verb {
            Verb::Create(object) => self.send(
                "POST",
                &format!("{all}?{query}"),
                json,
                &placed(object, name),
            ),
            Verb::Replace(object, version, uid) => {
                let mut object = placed(object, name);
                set(&mut object, "resourceVersion", known.version(*version));
                set(&mut object, "uid", known.uid(*uid));
                self.send("PUT", &format!("{one}?{query}"), json, &object)
            }
            Verb::Edit(change) => {
                let read = self.send("GET", &one, json, &Value::Null);
                if read.code != 200 {
                    return read;
                }
                let mut object = read.body;
                merge(&mut object, change);
                self.send("PUT", &format!("{one}?{query}"), json, &object)
            }
            Verb::Migrate => {
                let read = self.send("GET", &one, json, &Value::Null);
                if read.code != 200 {
                    return read;
                }
                let object = migrated(read.body, ask.manager);
                self.send("PUT", &format!("{one}?{query}"), json, &object)
            }
            Verb::Apply(config, force) => {
                let path = format!("{one}?{query}&force={force}");
                self.send(
                    "PATCH",
                    &path,
                    "application/apply-patch+yaml",
                    &placed(config, name),
                )
            }
            Verb::Merge(patch, version) => {
                let mut patch = patch.clone();
                set(&mut patch, "resourceVersion", known.version(*version));
                self.send(
                    "PATCH",
                    &format!("{one}?{query}"),
                    "application/merge-patch+json",
                    &patch,
                )
            }
            Verb::Json(patch) => self.send(
                "PATCH",
                &format!("{one}?{query}"),
                "application/json-patch+json",
                patch,
            ),
            Verb::Strategic(patch) => self.send(
                "PATCH",
                &format!("{one}?{query}"),
                "application/strategic-merge-patch+json",
                patch,
            ),
            Verb::Delete {
                uid,
                version,
                propagation,
                grace,
            } => {
                let mut options = json!({"apiVersion": "v1", "kind": "DeleteOptions"});
                let conditions = [
                    ("uid", known.uid(*uid)),
                    ("resourceVersion", known.version(*version)),
                ];
                for (field, value) in conditions {
                    if let Some(value) = value {
                        options["preconditions"][field] = json!(value);
                    }
                }
                if let Some(policy) = propagation {
                    options["propagationPolicy"] = json!(policy);
                }
                if let Some(seconds) = grace {
                    options["gracePeriodSeconds"] = json!(seconds);
                }
                if ask.dry_run {
                    options["dryRun"] = json!(["All"]);
                }
                self.send("DELETE", &one, json, &options)
            }
            Verb::Get => self.send("GET", &one, json, &Value::Null),
            Verb::List => self.send("GET", &all, json, &Value::Null),
        }
    }
}

pub fn one_key(ask: &Ask, namespace: &str, name: &str) -> String {
    format!("{} {namespace}/{name}", ask.kind().kind)
}

pub fn collection(kind: &Kind, namespace: &str) -> String {
    let root = if kind.api_version == "v1" {
        "/api/v1".to_owned()
    } else {
        format!("/apis/{}", kind.api_version)
    };
    match kind.namespaced {
        true => format!("{root}/namespaces/{namespace}/{}", kind.plural),
        false => format!("{root}/{}", kind.plural),
    }
}

fn query(ask: &Ask) -> String {
    let dry_run = if ask.dry_run { "&dryRun=All" } else { "" };
    format!("fieldManager={}{dry_run}", ask.manager)
}

/// The object by the name it has in this play.
pub fn placed(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object["metadata"]["name"] = json!(name);
    object
}

pub fn set(object: &mut Value, field: &str, value: Option<String>) {
    if let Some(value) = value {
        object["metadata"][field] = json!(value);
    }
}

/// The object with what a manager wrote as if it had applied it.
pub fn migrated(mut object: Value, manager: &str) -> Value {
    let entries = object["metadata"]
        .get_mut("managedFields")
        .and_then(Value::as_array_mut);
    for entry in entries.into_iter().flatten() {
        if entry["manager"] == manager && entry.get("subresource").is_none() {
            entry["operation"] = json!("Apply");
        }
    }
    object
}

/// JSON merge patch, as clients do it.
pub fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in fields {
        match value {
            Value::Null => drop(target.as_object_mut().and_then(|map| map.remove(key))),
            value => merge(&mut target[key], value),
        }
    }
}

impl Said {
    /// Which of the things that were seen is meant.
    pub fn of(self, seen: &[String], wrong: &str) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Latest => seen.last().cloned(),
            Self::Earlier => seen.len().checked_sub(2).map(|at| seen[at].clone()),
            Self::Wrong => Some(wrong.to_owned()),
        }
    }
}
