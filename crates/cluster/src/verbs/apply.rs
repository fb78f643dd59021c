//! Server-side apply: the object as we want it, under our name.

use bytes::Bytes;
use http::{Method, StatusCode};

use super::{Answer, FieldValidation};
use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, ObjectHead, RequestError, Verb, warnings};

const APPLY_PATCH: &str = "application/apply-patch+yaml";

/// How to apply.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ApplyOptions {
    /// Who owns the fields.
    pub field_manager: String,
    /// Take fields that others own.
    pub force: bool,
    /// Change nothing, say what would be.
    pub dry_run: bool,
    /// What to do about unknown fields.
    pub field_validation: FieldValidation,
    /// How much of the object to send back.
    pub answer: Answer,
}

/// The object after an apply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// As the server now has it, managed fields included.
    pub object: Bytes,
    /// The server's warnings.
    pub warnings: Vec<String>,
    /// Its resourceVersion.
    pub resource_version: String,
    /// Whether it was not there before.
    pub created: bool,
}

impl Connection {
    /// Applies `body`, one JSON object. A conflict is [`RequestError::Conflict`] with one cause per
    /// field that another manager owns.
    pub async fn apply(
        &self,
        resource: &ApiResource,
        namespace: &str,
        name: &str,
        body: Bytes,
        options: &ApplyOptions,
    ) -> Result<Applied, RequestError> {
        let path = ResourcePath::object(resource, namespace, name)?
            .query("fieldManager", &options.field_manager)
            .query("force", if options.force { "true" } else { "false" })
            .query("fieldValidation", options.field_validation.as_str())
            .dry_run(options.dry_run);
        let call = Call::new(Verb::Apply, Method::PATCH, path)
            .about(resource)
            .accept(options.answer.accept())
            .body(APPLY_PATCH, body);
        let reply = self.send(&call).await?;
        let head = ObjectHead::read(&reply.body);
        let head = head.map_err(|source| RequestError::Unreadable { source })?;
        Ok(Applied {
            resource_version: head.resource_version().to_owned(),
            warnings: warnings::read(&reply.headers),
            created: reply.status == StatusCode::CREATED,
            object: reply.body.clone(),
        })
    }
}
