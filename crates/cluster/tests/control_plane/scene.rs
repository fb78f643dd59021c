//! A namespace to play in, and a watch whose events are kept for looking at.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bytes::Bytes;
use cluster::{
    ApiResource, Applied, ApplyOptions, ConnectOptions, Connection, RequestError, WatchEvent,
    WatchHandle, WatchRequest,
};
use model::GroupVersionKind;
use serde_json::{Value, json};
use testbed::ControlPlane;

/// A connection and a namespace of its own.
pub struct Scene {
    pub connection: Connection,
    pub namespace: String,
}

impl Scene {
    pub async fn on(plane: &ControlPlane, prefix: &str) -> Self {
        let connection = connect(plane.kubeconfig(), &format!("caretaker-{prefix}")).await;
        Self {
            connection,
            namespace: plane.namespace(prefix),
        }
    }

    pub async fn shared(prefix: &str) -> Self {
        Self::on(ControlPlane::shared(), prefix).await
    }

    pub fn config_map(&self, name: &str, data: Value) -> Bytes {
        let metadata = json!({ "name": name, "namespace": self.namespace });
        let object =
            json!({ "apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data });
        object.to_string().into()
    }

    pub async fn apply(&self, name: &str, data: Value) -> Result<Applied, RequestError> {
        let body = self.config_map(name, data);
        self.connection
            .apply(
                &config_maps(),
                &self.namespace,
                name,
                body,
                &by("caretaker"),
            )
            .await
    }

    pub fn watch(&self) -> Watched {
        let request = WatchRequest {
            namespace: Some(self.namespace.clone()),
            ..WatchRequest::all(config_maps())
        };
        Watched::start(&self.connection, request)
    }
}

pub async fn connect(kubeconfig: PathBuf, user_agent: &str) -> Connection {
    let user_agent = user_agent.to_owned();
    let options = ConnectOptions {
        kubeconfig: Some(kubeconfig),
        context: None,
        user_agent,
    };
    Connection::connect(options)
        .await
        .expect("the testbed is up")
}

pub fn config_maps() -> ApiResource {
    ApiResource::new(
        GroupVersionKind::from_api_version("v1", "ConfigMap"),
        "configmaps",
        true,
    )
}

pub fn by(manager: &str) -> ApplyOptions {
    ApplyOptions {
        field_manager: manager.into(),
        ..Default::default()
    }
}

pub fn value(object: &[u8]) -> Value {
    serde_json::from_slice(object).expect("the server answers in JSON")
}

/// A watch and what it told, in words: `+name`, `-name`, `restarted`, `listed`, ...
pub struct Watched {
    told: Arc<Mutex<Vec<String>>>,
    _handle: WatchHandle,
}

impl Watched {
    pub fn start(connection: &Connection, request: WatchRequest) -> Self {
        let told = Arc::new(Mutex::new(Vec::new()));
        let sink = told.clone();
        let handle = connection.watch(request, move |event| {
            sink.lock().unwrap().push(words(event))
        });
        Self {
            told,
            _handle: handle,
        }
    }

    pub fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }

    pub fn count(&self, word: &str) -> usize {
        self.told().iter().filter(|told| *told == word).count()
    }

    /// Waits until something was told (so many times).
    pub async fn until(&self, word: &str, times: usize) {
        let begun = Instant::now();
        while self.count(word) < times {
            let told = self.told();
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "no {times} x {word:?} in {told:?}"
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn words(event: WatchEvent) -> String {
    match event {
        WatchEvent::Restarted => "restarted".into(),
        WatchEvent::Listed { .. } => "listed".into(),
        WatchEvent::Resumed => "resumed".into(),
        WatchEvent::Applied(object) => format!("+{}", name(&object)),
        WatchEvent::Deleted(object) => format!("-{}", name(&object)),
        WatchEvent::Failed { reason, .. } => format!("failed: {reason:?}"),
    }
}

fn name(object: &[u8]) -> String {
    let object = value(object);
    let kind = object["kind"].as_str().expect("every object says its kind");
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    if kind == "ConfigMap" {
        name.to_owned()
    } else {
        format!("{kind}/{name}")
    }
}
