//! The fields of a lock.

use super::metadata::read_dependencies;
use super::reader::{Place, Reader, field};
use super::{DecodeError, read_fields};
use crate::chart::Lock;
use serde_json::Value;

/// Reads Chart.lock or requirements.lock; an empty one is none.
pub(crate) fn read_lock(bytes: &[u8]) -> Result<Option<Lock>, DecodeError> {
    let Some(fields) = read_fields(bytes, "v2.Lock")? else {
        return Ok(None);
    };
    let (mut reader, mut lock) = (Reader::default(), Lock::default());
    let mut dependencies = None;
    for (key, value) in &fields {
        let Some(name) = field(key, &["generated", "digest", "dependencies"]) else {
            continue;
        };
        let (of, above) = ("Lock", &[][..]);
        let place = Place { of, above, name };
        match name {
            "digest" => reader.text(value, place, &mut lock.digest),
            "dependencies" => read_dependencies(&mut reader, value, place, &mut dependencies),
            _ => match time(value) {
                Ok(time) => lock.generated = time,
                Err(error) => reader.fail(DecodeError::Time(error)),
            },
        }
    }
    reader.finish()?;
    lock.dependencies = dependencies.into_iter().flatten().flatten().collect();
    Ok(Some(lock))
}

/// A time of RFC 3339, kept as written.
fn time(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) if is_time(text) => Ok(text.clone()),
        Value::String(text) => {
            let quoted = crate::quote::quote(&format!("\"{text}\""));
            let layout = r#""\"2006-01-02T15:04:05Z07:00\"""#;
            Err(format!(
                "parsing time {quoted} as {layout}: cannot parse {quoted}"
            ))
        }
        _ => Err("Time.UnmarshalJSON: input is not a JSON string".to_owned()),
    }
}

fn is_time(text: &str) -> bool {
    const SHAPE: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    let bytes = text.as_bytes();
    let fits = |(shape, byte): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        shape => shape == byte,
    };
    let zoned = text.ends_with('Z')
        || bytes
            .iter()
            .rev()
            .nth(5)
            .is_some_and(|it| b"+-".contains(it));
    bytes.len() > SHAPE.len() && SHAPE.iter().zip(bytes).all(fits) && zoned
}
