//! What is asked to be rendered.

use model::Digest;
use serde_json::Value;
use std::sync::Arc;

/// One source of one app.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// The Application's source; what says where it is (`repoURL`, `targetRevision`) has no part.
    pub source: Arc<Value>,
    /// The app's name, for `.argocd-source-<app>.yaml`; may be empty.
    pub app_name: Arc<str>,
}

impl Request {
    /// Equal digests ask for the same render.
    pub fn digest(&self) -> Digest {
        let source = Digest::of_json(&self.source);
        Digest::of_parts([source.as_bytes().as_slice(), self.app_name.as_bytes()])
    }
}
