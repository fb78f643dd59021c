//! One object, if it is there.

use bytes::Bytes;

use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, RequestError, Verb};

impl Connection {
    /// Reads one object; `None` if the server has none of that name.
    pub async fn get(
        &self,
        resource: &ApiResource,
        namespace: &str,
        name: &str,
    ) -> Result<Option<Bytes>, RequestError> {
        let path = ResourcePath::object(resource, namespace, name)?;
        match self.send(&Call::get(Verb::Get, path).about(resource)).await {
            Ok(reply) => Ok(Some(reply.body)),
            Err(RequestError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
