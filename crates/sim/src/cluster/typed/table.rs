//! The table that types are kept in; its head says how it is written.

use super::{Field, ListOf, Patch, Scalar, Shape, ShapeId, Shapes};
use serde_json::Value;
use std::collections::BTreeMap;

/// A kind of the table.
#[derive(Clone, Debug)]
pub struct KindLine {
    /// `apps/v1`.
    pub api_version: String,
    /// `Deployment`.
    pub kind: String,
    /// `deployments`.
    pub resource: String,
    /// Is it in namespaces?
    pub namespaced: bool,
    /// Has it a status of its own?
    pub status: bool,
    /// Its type.
    pub shape: ShapeId,
}

/// Reads a table. A line that is not understood adds nothing; that none is lost is tested.
pub fn read(table: &str) -> (Shapes, Vec<KindLine>) {
    let (mut shapes, mut kinds) = (Shapes::default(), Vec::new());
    for line in table.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["kind", api_version, kind, resource, scope, status, shape] => kinds.push(KindLine {
                api_version: (*api_version).to_owned(),
                kind: (*kind).to_owned(),
                resource: (*resource).to_owned(),
                namespaced: *scope == "namespaced",
                status: *status == "status",
                shape: shapes.named(shape),
            }),
            ["type", name, fields @ ..] => {
                let fields: BTreeMap<String, Field> = fields
                    .iter()
                    .filter_map(|text| field(text, &mut shapes))
                    .collect();
                let id = shapes.named(name);
                shapes.define(
                    id,
                    Shape::Struct {
                        fields,
                        rest: None,
                        atomic: false,
                    },
                );
            }
            _ => {}
        }
    }
    (shapes, kinds)
}

fn field(text: &str, shapes: &mut Shapes) -> Option<(String, Field)> {
    let (name, rest) = text.split_once('=')?;
    let (rest, default) = match rest.split_once('?') {
        Some((rest, default)) => (rest, Some(Value::from(default))),
        None => (rest, None),
    };
    let (shape, patch) = match rest.split_once('~') {
        Some((shape, patch)) => (shape, patch_of(patch)),
        None => (rest, Patch::default()),
    };
    let bare = name.trim_end_matches(['!', '*']);
    let marks = &name[bare.len()..];
    let field = Field {
        always: marks.contains('!'),
        pointer: marks.contains('*'),
        default,
        patch,
        ..Field::of(shape_of(shape, shapes)?)
    };
    Some((bare.to_owned(), field))
}

fn patch_of(text: &str) -> Patch {
    let (flags, key) = match text.split_once(':') {
        Some((flags, key)) => (flags, Some(key.to_owned())),
        None => (text, None),
    };
    Patch {
        merge: flags.contains('m'),
        retain_keys: flags.contains('r'),
        key,
    }
}

fn shape_of(text: &str, shapes: &mut Shapes) -> Option<ShapeId> {
    let (text, atomic) = match text.strip_prefix('^') {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if let Some(name) = text.strip_prefix('@') {
        let id = shapes.named(name);
        return Some(if atomic {
            shapes.add(Shape::Whole(id))
        } else {
            id
        });
    }
    if let Some(rest) = text.strip_prefix("{}") {
        let element = shape_of(rest, shapes)?;
        return Some(shapes.add(Shape::Map { element, atomic }));
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (keys, rest) = rest.split_once(']')?;
        let element = shape_of(rest, shapes)?;
        let of = match keys {
            "" => ListOf::Atomic,
            "=" => ListOf::Set,
            keys => ListOf::Keyed(keys.split(',').map(str::to_owned).collect()),
        };
        return Some(shapes.add(Shape::List { element, of }));
    }
    let scalar = match text {
        "s" => Scalar::Text,
        "i" => Scalar::Integer,
        "n" => Scalar::Number,
        "b" => Scalar::Flag,
        "q" => Scalar::Quantity,
        "x" => Scalar::IntegerOrText,
        "t" => Scalar::Time,
        "y" => Scalar::Bytes,
        "a" => return Some(Shapes::ANYTHING),
        _ => return None,
    };
    Some(shapes.add(Shape::Scalar(scalar)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::typed::KUBERNETES;

    #[test]
    fn no_line_of_the_table_is_lost() {
        let (shapes, kinds) = read(KUBERNETES);
        let lines = || KUBERNETES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(
            kinds.len(),
            lines().filter(|line| line.starts_with("kind ")).count()
        );
        for line in lines().filter(|line| line.starts_with("type ")) {
            let mut words = line.split(' ').skip(1);
            let name = words.next().unwrap_or_default();
            let shape = shapes.find(name).map(|id| shapes.shape(id));
            let Some(Shape::Struct { fields, .. }) = shape else {
                panic!("{name} is no struct");
            };
            assert_eq!(fields.len(), words.count(), "{name}");
        }
        assert_eq!(
            kinds.len() + lines().filter(|line| line.starts_with("type ")).count(),
            lines().count()
        );
    }
}
