//! One line of a watch -> what it says. The object is cut out of the line, not parsed into values.

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{ObjectHead, RequestError};

/// The annotation of the bookmark that ends a streamed first list.
const INITIAL_END: &str = "k8s.io/initial-events-end";

/// What a line says.
#[derive(Debug)]
pub(super) enum Frame {
    Applied {
        object: Bytes,
        resource_version: String,
    },
    Deleted {
        object: Bytes,
        resource_version: String,
    },
    Bookmark {
        resource_version: String,
        ends_first_list: bool,
    },
    /// The server ends the watch and says why.
    Error(RequestError),
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    object: &'a RawValue,
}

#[derive(Deserialize)]
struct Bookmark {
    metadata: BookmarkMetadata,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BookmarkMetadata {
    resource_version: String,
    #[serde(default)]
    annotations: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: u16,
}

impl Frame {
    pub(super) fn read(line: &Bytes) -> Result<Self, serde_json::Error> {
        let (kind, object) = match cut(line) {
            Some(parts) => parts,
            None => unwrap(line)?,
        };
        match kind.as_ref() {
            "BOOKMARK" => Self::bookmark(&object),
            "ERROR" => Ok(Self::error(&object)),
            kind => Self::change(kind == "DELETED", object),
        }
    }

    /// Reading the head also proves that the object is whole.
    fn change(deleted: bool, object: Bytes) -> Result<Self, serde_json::Error> {
        let resource_version = ObjectHead::read(&object)?.resource_version().to_owned();
        Ok(match deleted {
            true => Self::Deleted {
                object,
                resource_version,
            },
            false => Self::Applied {
                object,
                resource_version,
            },
        })
    }

    fn bookmark(object: &[u8]) -> Result<Self, serde_json::Error> {
        let BookmarkMetadata {
            resource_version,
            annotations,
        } = serde_json::from_slice::<Bookmark>(object)?.metadata;
        let ends_first_list = annotations
            .get(INITIAL_END)
            .is_some_and(|value| value == "true");
        Ok(Self::Bookmark {
            resource_version,
            ends_first_list,
        })
    }

    fn error(status: &[u8]) -> Self {
        let code = serde_json::from_slice(status).map_or(500, |Code { code }| code);
        Self::Error(RequestError::of(code, None, status, false))
    }
}

/// Cuts a line in the shape that the API server writes. The object is proven whole by its reader.
fn cut(line: &Bytes) -> Option<(Cow<'static, str>, Bytes)> {
    let rest = line.strip_prefix(br#"{"type":""#)?;
    let kind = ["ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"]
        .into_iter()
        .find(|kind| rest.starts_with(kind.as_bytes()))?;
    let rest = rest[kind.len()..].strip_prefix(br#"","object":"#)?;
    let object = rest.strip_suffix(b"}")?;
    Some((Cow::Borrowed(kind), line.slice_ref(object)))
}

/// The same for a line in any other shape.
fn unwrap(line: &Bytes) -> Result<(Cow<'static, str>, Bytes), serde_json::Error> {
    let envelope: Envelope<'_> = serde_json::from_slice(line)?;
    let object = line.slice_ref(envelope.object.get().as_bytes());
    Ok((Cow::Owned(envelope.kind.into_owned()), object))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &'static str) -> Frame {
        Frame::read(&Bytes::from_static(line.as_bytes())).unwrap()
    }

    #[test]
    fn the_object_is_cut_out_in_either_shape() {
        for line in [
            r#"{"type":"ADDED","object":{"metadata":{"resourceVersion":"5"}}}"#,
            r#"{ "object" : {"metadata":{"resourceVersion":"5"}}, "type" : "MODIFIED" }"#,
        ] {
            let Frame::Applied {
                object,
                resource_version,
            } = read(line)
            else {
                panic!("{line}")
            };
            assert_eq!(object, r#"{"metadata":{"resourceVersion":"5"}}"#);
            assert_eq!(resource_version, "5");
        }
    }

    #[test]
    fn a_bookmark_may_end_the_first_list() {
        let line = r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}}"#;
        assert!(matches!(
            read(line),
            Frame::Bookmark {
                ends_first_list: true,
                ..
            }
        ));
        let line = r#"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}}"#;
        assert!(matches!(
            read(line),
            Frame::Bookmark {
                ends_first_list: false,
                ..
            }
        ));
    }

    #[test]
    fn an_expired_version_is_gone() {
        let line = r#"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#;
        assert!(matches!(
            read(line),
            Frame::Error(RequestError::Gone { .. })
        ));
    }

    #[test]
    fn half_an_object_is_an_error_not_an_event() {
        for line in [
            r#"{"type":"ADDED","object":{"metadata":{}"#,
            "{}",
            "",
            r#"{"type":"ADDED","object":{}} {}}"#,
        ] {
            assert!(
                Frame::read(&Bytes::from_static(line.as_bytes())).is_err(),
                "{line}"
            );
        }
    }
}
