//! Chart.yaml, requirements.yaml and locks into types, as Go's decoder reads them.
//!
//! Comes in: YAML. Goes out: fields, or Helm's message. Names match in any case, unknown fields are
//! passed over, scalars become text where text is wanted, and the first thing that does not fit is
//! the error. Reading a second file into the same fields changes only what it names: lists are
//! gone through place by place. Source: sigs.k8s.io/yaml, encoding/json.

mod dependency;
mod error;
mod floats;
mod lock;
mod metadata;
mod reader;

pub(crate) use error::DecodeError;
pub(super) use lock::read_lock;
pub(super) use metadata::read_api_version;
pub(crate) use metadata::{Draft, METADATA_FIELDS, read_metadata};

use serde_json::{Map, Value};

/// The fields of a YAML mapping, none of an empty file; anything else is no `target`.
fn read_fields(
    bytes: &[u8],
    target: &'static str,
) -> Result<Option<Map<String, Value>>, DecodeError> {
    let mut value = yaml::read_first(bytes, &yaml::Limits::default()).map_err(DecodeError::Yaml)?;
    floats::restore(bytes, &mut value);
    match value {
        Value::Object(fields) => Ok(Some(fields)),
        Value::Null => Ok(None),
        other => Err(DecodeError::NoStruct {
            found: error::kind_of(&other),
            target,
        }),
    }
}
