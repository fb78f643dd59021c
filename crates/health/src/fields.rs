//! Fields of objects nobody has checked.
//!
//! Comes in: JSON and the path of a field. Goes out: its value in the type the field has, the zero
//! value if it is absent or null, or an error that names the field. The types are those of the
//! Kubernetes API; a whole number written as a float is a whole number.

use serde_json::Value;
use thiserror::Error;

/// A field that is not of its type.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{field}: expected {expected}, found {found}")]
pub struct Malformed {
    field: String,
    expected: &'static str,
    found: &'static str,
}

impl Malformed {
    fn new(field: &str, expected: &'static str, found: &Value) -> Self {
        Self {
            field: field.to_owned(),
            expected,
            found: type_of(found),
        }
    }

    /// The same, told from where the list stands.
    pub fn inside(self, list: &str, index: usize) -> Self {
        let field = match self.field.as_str() {
            "" => format!("{list}[{index}]"),
            field => format!("{list}[{index}].{field}"),
        };
        Self { field, ..self }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a float",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The value at a path such as `status.replicas`.
fn field<'a>(object: &'a Value, path: &str) -> Result<&'a Value, Malformed> {
    let mut value = object;
    let mut passed = 0;
    for name in path.split('.') {
        value = match value {
            Value::Object(fields) => fields.get(name).unwrap_or(&Value::Null),
            Value::Null => &Value::Null,
            other => {
                let parent = path[..passed].trim_end_matches('.');
                return Err(Malformed::new(parent, "an object", other));
            }
        };
        passed += name.len() + 1;
    }
    Ok(value)
}

/// An integer, if it is set.
pub fn integer(object: &Value, path: &str) -> Result<Option<i64>, Malformed> {
    match field(object, path)? {
        Value::Null => Ok(None),
        value => match value.as_i64().or_else(|| whole(value)) {
            Some(integer) => Ok(Some(integer)),
            None => Err(Malformed::new(path, "an integer", value)),
        },
    }
}

fn whole(value: &Value) -> Option<i64> {
    let float = value
        .as_f64()
        .filter(|float| float.fract() == 0.0 && float.abs() < 9e18)?;
    Some(float as i64)
}

/// An integer, zero if it is not set.
pub fn count(object: &Value, path: &str) -> Result<i64, Malformed> {
    Ok(integer(object, path)?.unwrap_or(0))
}

/// Text, empty if it is not set.
pub fn text<'a>(object: &'a Value, path: &str) -> Result<&'a str, Malformed> {
    match field(object, path)? {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text),
        other => Err(Malformed::new(path, "a string", other)),
    }
}

/// A flag, false if it is not set.
pub fn flag(object: &Value, path: &str) -> Result<bool, Malformed> {
    match field(object, path)? {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        other => Err(Malformed::new(path, "a boolean", other)),
    }
}

/// A list, empty if it is not set.
pub fn list<'a>(object: &'a Value, path: &str) -> Result<&'a [Value], Malformed> {
    match field(object, path)? {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        other => Err(Malformed::new(path, "a list", other)),
    }
}

/// An object, if it is set.
pub fn object<'a>(object: &'a Value, path: &str) -> Result<Option<&'a Value>, Malformed> {
    match field(object, path)? {
        Value::Null => Ok(None),
        value @ Value::Object(_) => Ok(Some(value)),
        other => Err(Malformed::new(path, "an object", other)),
    }
}

/// A list that stands by itself.
pub fn items(value: &Value) -> Result<&[Value], Malformed> {
    match value {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        other => Err(Malformed::new("", "a list", other)),
    }
}

/// `metadata.name`.
pub fn name(object: &Value) -> Result<&str, Malformed> {
    text(object, "metadata.name")
}

/// `metadata.generation`, and whether the status is about it.
pub fn is_observed(object: &Value) -> Result<bool, Malformed> {
    let wanted = count(object, "metadata.generation")?;
    Ok(wanted <= count(object, "status.observedGeneration")?)
}

/// One of `metadata.annotations`.
pub fn annotation<'a>(object: &'a Value, name: &str) -> Option<&'a str> {
    object
        .get("metadata")?
        .get("annotations")?
        .get(name)?
        .as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_error_names_the_field_that_is_wrong() {
        let object = json!({"spec": 3, "status": {"replicas": "1"}});
        let error = |result: Result<i64, Malformed>| result.unwrap_err().to_string();
        assert_eq!(
            error(count(&object, "status.replicas")),
            "status.replicas: expected an integer, found a string"
        );
        let parent = "spec: expected an object, found an integer";
        assert_eq!(error(count(&object, "spec.replicas.more")), parent);
        let inside = flag(&json!("x"), "on").unwrap_err().inside("items", 2);
        assert_eq!(
            inside.to_string(),
            "items[2]: expected an object, found a string"
        );
    }

    #[test]
    fn absent_and_null_are_zero_and_whole_floats_are_integers() {
        let object = json!({"a": null, "b": 2.0});
        assert_eq!(integer(&object, "a"), Ok(None));
        assert_eq!(count(&object, "b"), Ok(2));
        assert_eq!(text(&object, "a.b.c"), Ok(""));
        assert!(list(&object, "c").is_ok_and(<[Value]>::is_empty));
        assert!(count(&json!({"b": 1e300}), "b").is_err());
    }
}
