//! A new object; `generateName` is the server's business.

use bytes::Bytes;
use http::Method;

use super::FieldValidation;
use crate::call::{Call, JSON};
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, RequestError, Verb};

/// How to create or replace.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CreateOptions {
    /// Who owns the fields; the user agent's first word if empty.
    pub field_manager: String,
    /// Change nothing, say what would be.
    pub dry_run: bool,
    /// What to do about unknown fields.
    pub field_validation: FieldValidation,
}

impl CreateOptions {
    pub(super) fn on(&self, path: ResourcePath) -> ResourcePath {
        let manager = Some(self.field_manager.as_str()).filter(|manager| !manager.is_empty());
        path.query("fieldValidation", self.field_validation.as_str())
            .maybe("fieldManager", manager)
            .dry_run(self.dry_run)
    }
}

impl Connection {
    /// Creates `body` and returns it as the server has it.
    pub async fn create(
        &self,
        resource: &ApiResource,
        namespace: &str,
        body: Bytes,
        options: &CreateOptions,
    ) -> Result<Bytes, RequestError> {
        let path = options.on(ResourcePath::collection(resource, namespace));
        let call = Call::new(Verb::Create, Method::POST, path)
            .about(resource)
            .body(JSON, body);
        Ok(self.send(&call).await?.body)
    }
}
