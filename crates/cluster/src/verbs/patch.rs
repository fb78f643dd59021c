//! A change to an object, in one of the three patch languages.

use bytes::Bytes;
use http::Method;

use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, RequestError, Verb};

/// The patch's language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatchKind {
    /// RFC 7396.
    Merge,
    /// RFC 6902.
    Json,
    /// Kubernetes' own; built-in kinds only.
    StrategicMerge,
}

impl PatchKind {
    fn content_type(self) -> &'static str {
        match self {
            Self::Merge => "application/merge-patch+json",
            Self::Json => "application/json-patch+json",
            Self::StrategicMerge => "application/strategic-merge-patch+json",
        }
    }
}

/// How to patch.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PatchOptions {
    /// Who owns the fields; the user agent's first word if empty.
    pub field_manager: String,
    /// Change nothing, say what would be.
    pub dry_run: bool,
    /// As in `status` or `scale`.
    pub subresource: Option<&'static str>,
}

impl Connection {
    /// Patches an object and returns it as the server has it.
    pub async fn patch(
        &self,
        resource: &ApiResource,
        namespace: &str,
        name: &str,
        kind: PatchKind,
        body: Bytes,
        options: &PatchOptions,
    ) -> Result<Bytes, RequestError> {
        let manager = Some(options.field_manager.as_str()).filter(|manager| !manager.is_empty());
        let path = ResourcePath::object(resource, namespace, name)?
            .subresource(options.subresource)
            .maybe("fieldManager", manager)
            .dry_run(options.dry_run);
        let call = Call::new(Verb::Patch, Method::PATCH, path)
            .about(resource)
            .body(kind.content_type(), body);
        Ok(self.send(&call).await?.body)
    }
}
