//! What is asked to be rendered.

use crate::{Capabilities, Environment};
use model::{App, Digest};
use serde_json::Value;
use std::sync::Arc;

/// One source of one app.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// The Application's source; what says where it is (`repoURL`, `targetRevision`) has no part.
    pub source: Arc<Value>,
    /// What the installation tells every render: keys of Argo CD's `argocd-cm`.
    pub settings: Arc<Value>,
    /// The app's name, for `.argocd-source-<app>.yaml`; may be empty.
    pub app_name: Arc<str>,
    /// What variables in options stand for.
    pub environment: Environment,
    /// What the destination cluster can do; the default where none is known.
    pub capabilities: Arc<Capabilities>,
}

impl Request {
    /// What an app asks for at a commit, to go to a cluster that can do this.
    pub fn of(app: &App, revision: &str, capabilities: Arc<Capabilities>) -> Self {
        let path = app.render.get("path").and_then(Value::as_str);
        Self {
            source: app.render.clone(),
            settings: app.render_settings.clone(),
            app_name: app.id.name.clone(),
            environment: Environment {
                app_name: app.tracking.instance.clone(),
                namespace: app.destination.namespace.clone(),
                project: app.project.clone(),
                revision: revision.into(),
                repository: app.source.repository.clone(),
                path: path.unwrap_or_default().into(),
                target_revision: app.source.reference.0.clone(),
            },
            capabilities,
        }
    }

    /// Equal digests ask for the same render, but for the values of variables that it uses.
    pub fn digest(&self) -> Digest {
        let source = Digest::of_json(&self.source);
        let settings = Digest::of_json(&self.settings);
        let name = self.app_name.as_bytes();
        Digest::of_parts([source.as_bytes().as_slice(), settings.as_bytes(), name])
    }
}
