//! `/version` -> what the server says it is.

use serde::Deserialize;

use crate::call::Call;
use crate::resource_path::ResourcePath;
use crate::{Connection, RequestError, Verb};

/// The API server's version.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "camelCase")]
pub struct ServerVersion {
    /// As in `1`.
    pub major: String,
    /// As in `36` or `36+`.
    pub minor: String,
    /// As in `v1.36.3`.
    pub git_version: String,
}

impl Connection {
    /// Asks the server for its version.
    pub async fn version(&self) -> Result<ServerVersion, RequestError> {
        let reply = self
            .send(&Call::get(Verb::Discover, ResourcePath::raw("/version")))
            .await?;
        serde_json::from_slice(&reply.body).map_err(|source| RequestError::Unreadable { source })
    }

    /// Reads any other path, as in `/openapi/v3`.
    pub async fn read_path(&self, path: &str) -> Result<bytes::Bytes, RequestError> {
        Ok(self
            .send(&Call::get(Verb::Discover, ResourcePath::raw(path)))
            .await?
            .body)
    }
}
