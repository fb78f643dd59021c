//! The type that a schema makes, as ownership sees it.

use super::{fields, is_set};
use crate::cluster::typed::{Field, ListOf, Scalar, Shape, ShapeId, Shapes};
use serde_json::Value;
use std::collections::BTreeMap;

/// Adds the type of a custom resource.
pub fn root(shapes: &mut Shapes, schema: &Value) -> ShapeId {
    let text = shapes.add(Shape::Scalar(Scalar::Text));
    let metadata = shapes.named("meta.ObjectMeta");
    let keeps = is_set(schema, "x-kubernetes-preserve-unknown-fields");
    let mut known = properties(shapes, schema, keeps);
    known.insert("apiVersion".into(), Field::of(text));
    known.insert("kind".into(), Field::of(text));
    known.insert("metadata".into(), Field::of(metadata));
    shapes.add(Shape::Struct {
        fields: known,
        rest: keeps.then_some(Shapes::ANYTHING),
        atomic: false,
    })
}

fn properties(shapes: &mut Shapes, schema: &Value, keeps: bool) -> BTreeMap<String, Field> {
    let mut known = BTreeMap::new();
    for (name, of) in fields(&schema["properties"]) {
        let field = Field {
            default: of.get("default").cloned(),
            nullable: is_set(of, "nullable"),
            ..Field::of(shape(shapes, of, keeps))
        };
        known.insert(name.clone(), field);
    }
    known
}

/// Everything below what keeps unknown fields keeps them too.
fn shape(shapes: &mut Shapes, schema: &Value, keeps: bool) -> ShapeId {
    let keeps = keeps || is_set(schema, "x-kubernetes-preserve-unknown-fields");
    let scalar = match schema["type"].as_str() {
        Some("object") => return object(shapes, schema, keeps),
        Some("array") => return list(shapes, schema, keeps),
        Some("string") => Scalar::Text,
        Some("integer" | "number") => Scalar::Number,
        Some("boolean") => Scalar::Flag,
        _ => return Shapes::ANYTHING,
    };
    shapes.add(Shape::Scalar(scalar))
}

fn object(shapes: &mut Shapes, schema: &Value, keeps: bool) -> ShapeId {
    let known = properties(shapes, schema, keeps);
    let rest = match schema.get("additionalProperties") {
        Some(Value::Bool(true)) => Some(Shapes::ANYTHING),
        Some(of @ Value::Object(_)) => Some(shape(shapes, of, keeps)),
        None if keeps || known.is_empty() => Some(Shapes::ANYTHING),
        _ => None,
    };
    let atomic = schema["x-kubernetes-map-type"] == "atomic";
    shapes.add(Shape::Struct {
        fields: known,
        rest,
        atomic,
    })
}

fn list(shapes: &mut Shapes, schema: &Value, keeps: bool) -> ShapeId {
    let element = shape(shapes, &schema["items"], keeps);
    let keys = schema["x-kubernetes-list-map-keys"]
        .as_array()
        .into_iter()
        .flatten();
    let of = match schema["x-kubernetes-list-type"].as_str() {
        Some("set") => ListOf::Set,
        Some("map") => ListOf::Keyed(keys.filter_map(Value::as_str).map(str::to_owned).collect()),
        _ => ListOf::Atomic,
    };
    shapes.add(Shape::List { element, of })
}
