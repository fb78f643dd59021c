//! A whole object in place of another.

use bytes::Bytes;
use http::Method;

use super::CreateOptions;
use crate::call::{Call, JSON};
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, RequestError, Verb};

impl Connection {
    /// Replaces the object by `body`. If `body` has a resourceVersion, only that version of it.
    pub async fn replace(
        &self,
        resource: &ApiResource,
        namespace: &str,
        name: &str,
        body: Bytes,
        options: &CreateOptions,
    ) -> Result<Bytes, RequestError> {
        let path = options.on(ResourcePath::object(resource, namespace, name)?);
        let call = Call::new(Verb::Replace, Method::PUT, path)
            .about(resource)
            .body(JSON, body);
        Ok(self.send(&call).await?.body)
    }
}
