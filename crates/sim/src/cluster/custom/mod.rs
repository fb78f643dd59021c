//! Custom resources: their definition's schema, and what reading an object by it makes of the object.
//!
//! In: a CustomResourceDefinition, an object. Out: a kind to serve; the object with unknown fields
//! gone and defaults set; what is not valid about it. Source: apiextensions-apiserver 1.36,
//! apiserver/schema.

mod definition;
mod prune;
mod shapes;
mod valid;

pub use definition::{established, kind_of, waiting};
pub use valid::errors;

use super::kinds::built_in_shapes;
use super::normal::normal;
use serde_json::{Map, Value, json};

/// What only custom resources have.
#[derive(Clone, Debug)]
pub struct Custom {
    /// `openAPIV3Schema` of the version that is served.
    pub schema: Value,
}

impl Custom {
    /// The object as the server keeps it.
    pub fn normal(&self, object: &Value) -> Result<Value, String> {
        let mut kept = prune::pruned(object, &self.schema, true);
        self.set_defaults(&mut kept);
        for field in ["apiVersion", "kind"] {
            kept[field] = object[field].clone();
        }
        kept["metadata"] = metadata(&object["metadata"])?;
        Ok(kept)
    }

    /// Sets what is not given and has a default.
    pub fn set_defaults(&self, object: &mut Value) {
        prune::set_defaults(object, &self.schema);
    }
}

fn metadata(given: &Value) -> Result<Value, String> {
    let shapes = built_in_shapes();
    match shapes.find("meta.ObjectMeta") {
        Some(shape) => normal(shapes, shape, given).map_err(|why| format!("at metadata: {why}")),
        None => Ok(json!({})),
    }
}

/// The schema of a field of an object, and whether it is one that the schema names.
fn property<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    schema["properties"]
        .get(name)
        .or_else(|| schema.get("additionalProperties").filter(|s| s.is_object()))
}

fn is_set(schema: &Value, flag: &str) -> bool {
    schema[flag] == true
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
