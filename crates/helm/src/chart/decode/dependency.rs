//! The fields of a dependency, in Chart.yaml, requirements.yaml and locks.

use super::reader::{Place, Reader, field};
use crate::chart::Dependency;
use serde_json::{Map, Value};

const FIELDS: &[&str] = &[
    "name",
    "version",
    "repository",
    "condition",
    "tags",
    "enabled",
    "import-values",
    "alias",
];

/// The types of a list of them and of one of them.
pub(super) const TYPES: (&str, &str) = ("[]*v2.Dependency", "v2.Dependency");

pub(super) fn read(reader: &mut Reader, fields: &Map<String, Value>, target: &mut Dependency) {
    for (key, value) in fields {
        let Some(name) = field(key, FIELDS) else {
            continue;
        };
        let place = Place {
            of: "Dependency",
            above: &["dependencies"],
            name,
        };
        match name {
            "name" => reader.text(value, place, &mut target.name),
            "version" => reader.text(value, place, &mut target.version),
            "repository" => reader.text(value, place, &mut target.repository),
            "condition" => reader.text(value, place, &mut target.condition),
            "tags" => reader.texts(value, place, &mut target.tags),
            "enabled" => reader.flag(value, place, &mut target.enabled),
            "alias" => reader.text(value, place, &mut target.alias),
            _ => match value {
                Value::Null => target.import_values.clear(),
                Value::Array(items) => target.import_values.clone_from(items),
                other => reader.misfit(other, place, "[]interface {}"),
            },
        }
    }
}
