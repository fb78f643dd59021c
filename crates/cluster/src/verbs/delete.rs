//! An object away, if it is still the one that was meant.

use bytes::Bytes;
use http::Method;
use model::PropagationPolicy;
use serde::{Deserialize, Serialize};

use crate::call::{Call, JSON};
use crate::resource_path::ResourcePath;
use crate::{ApiResource, Connection, RequestError, Verb};

/// How to delete.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DeleteOptions {
    /// Delete only the object with this uid; another of its name is a [`RequestError::Conflict`].
    pub uid: Option<String>,
    /// Delete only this version of it.
    pub resource_version: Option<String>,
    /// What happens to dependents.
    pub propagation: PropagationPolicy,
    /// Change nothing.
    pub dry_run: bool,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Deleted {
    /// It is gone.
    Done,
    /// There was none.
    NotThere,
    /// It is marked for deletion and waits for finalizers or dependents: the object as it is.
    Waiting(Bytes),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    api_version: &'static str,
    kind: &'static str,
    propagation_policy: &'static str,
    #[serde(skip_serializing_if = "Preconditions::is_empty")]
    preconditions: Preconditions<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dry_run: Option<[&'static str; 1]>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Preconditions<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    uid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_version: Option<&'a str>,
}

impl Preconditions<'_> {
    fn is_empty(&self) -> bool {
        self.uid.is_none() && self.resource_version.is_none()
    }
}

impl DeleteOptions {
    fn body(&self) -> Bytes {
        let body = Body {
            api_version: "v1",
            kind: "DeleteOptions",
            propagation_policy: self.propagation.as_str(),
            preconditions: Preconditions {
                uid: self.uid.as_deref(),
                resource_version: self.resource_version.as_deref(),
            },
            dry_run: self.dry_run.then_some(["All"]),
        };
        serde_json::to_vec(&body)
            .expect("strings and structs always serialize")
            .into()
    }
}

impl Connection {
    /// Deletes an object.
    pub async fn delete(
        &self,
        resource: &ApiResource,
        namespace: &str,
        name: &str,
        options: &DeleteOptions,
    ) -> Result<Deleted, RequestError> {
        let path = ResourcePath::object(resource, namespace, name)?;
        let call = Call::new(Verb::Delete, Method::DELETE, path)
            .about(resource)
            .body(JSON, options.body());
        match self.send(&call).await {
            Ok(reply) => Ok(what_became(reply.body)),
            Err(RequestError::NotFound { .. }) => Ok(Deleted::NotThere),
            Err(error) => Err(error),
        }
    }
}

/// The server answers with a `Status` or with the object. The object is on its way out, not gone,
/// if it bears a deletion time and something holds it: a finalizer, or a grace period.
fn what_became(body: Bytes) -> Deleted {
    let answer: Remains = serde_json::from_slice(&body).unwrap_or_default();
    let Metadata {
        deletion_timestamp,
        finalizers,
        deletion_grace_period_seconds,
    } = answer.metadata;
    let held = !finalizers.is_empty() || deletion_grace_period_seconds != Some(0);
    match deletion_timestamp.is_some() && held {
        true => Deleted::Waiting(body),
        false => Deleted::Done,
    }
}

#[derive(Deserialize, Default)]
struct Remains {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Metadata {
    deletion_timestamp: Option<String>,
    finalizers: Vec<String>,
    deletion_grace_period_seconds: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_holds_only_what_was_asked() {
        let options = DeleteOptions {
            uid: Some("u".into()),
            ..Default::default()
        };
        let body = options.body();
        assert_eq!(
            body,
            r#"{"apiVersion":"v1","kind":"DeleteOptions","propagationPolicy":"Foreground","preconditions":{"uid":"u"}}"#
        );
        assert!(
            !DeleteOptions::default()
                .body()
                .windows(6)
                .any(|part| part == b"precon")
        );
    }

    #[test]
    fn an_answer_with_the_object_is_not_yet_the_end_of_it() {
        for (answer, gone) in [
            (r#"{"kind":"Status","metadata":{}}"#, true),
            (r#"{"kind":"Service","metadata":{"name":"a"}}"#, true),
            (
                r#"{"metadata":{"deletionTimestamp":"t","deletionGracePeriodSeconds":0}}"#,
                true,
            ),
            (
                r#"{"metadata":{"deletionTimestamp":"t","deletionGracePeriodSeconds":30}}"#,
                false,
            ),
            (
                r#"{"metadata":{"deletionTimestamp":"t","finalizers":["f"]}}"#,
                false,
            ),
            (
                r#"{"kind":"Namespace","metadata":{"deletionTimestamp":"t"}}"#,
                false,
            ),
        ] {
            assert_eq!(
                what_became(Bytes::from(answer)) == Deleted::Done,
                gone,
                "{answer}"
            );
        }
    }
}
