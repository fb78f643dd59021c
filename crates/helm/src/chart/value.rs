//! `.Chart`: what Chart.yaml says, under the names of Go's fields.
//!
//! In Helm 4 it is a map, in which a name that is not there is nil; in Helm 3 it is a struct, in
//! which it is an error.

use super::{Chart, Dependency, Maintainer, Metadata};
use crate::values::{Dialect, from_json};
use gotemplate::{ElementType, Kind, List, Map, Object, Text, Value};
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;

impl Chart {
    /// The value of `.Chart`.
    pub fn value(&self, is_root: bool, dialect: Dialect) -> Value {
        let fields = fields(&self.metadata, is_root, dialect);
        match dialect {
            Dialect::V4 => Value::Map(fields),
            Dialect::V3 => Value::Object(Rc::new(Struct(fields))),
        }
    }
}

fn fields(metadata: &Metadata, is_root: bool, dialect: Dialect) -> Map {
    let it = metadata;
    Map::from_iter([
        ("Name", text(&it.name)),
        ("Home", text(&it.home)),
        ("Sources", texts(&it.sources, dialect)),
        ("Version", text(&it.version)),
        ("Description", text(&it.description)),
        ("Keywords", texts(&it.keywords, dialect)),
        ("Maintainers", list(it.maintainers.iter().map(maintainer))),
        ("Icon", text(&it.icon)),
        ("APIVersion", text(&it.api_version)),
        ("Condition", text(&it.condition)),
        ("Tags", text(&it.tags)),
        ("AppVersion", text(&it.app_version)),
        ("Deprecated", Value::Bool(it.deprecated)),
        ("Annotations", annotations(it)),
        ("KubeVersion", text(&it.kube_version)),
        (
            "Dependencies",
            list(it.dependencies.iter().flatten().map(dependency)),
        ),
        ("Type", text(&it.kind)),
        ("IsRoot", Value::Bool(is_root)),
    ])
}

fn text(text: &str) -> Value {
    Value::Text(Text::from(text))
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::List(List::new(items.collect()))
}

/// Helm 4 makes a list of anything of it on the way into the map.
fn texts(items: &[String], dialect: Dialect) -> Value {
    let of = match dialect {
        Dialect::V4 => ElementType::Any,
        Dialect::V3 => ElementType::Text,
    };
    Value::List(List::of(of, items.iter().map(|item| text(item)).collect()))
}

fn annotations(metadata: &Metadata) -> Value {
    if metadata.annotations.is_empty() {
        return Value::Map(Map::nil());
    }
    let entries = metadata.annotations.iter();
    let entries = entries.map(|(key, value)| (Text::from(key.as_str()), text(value)));
    Value::Map(Map::of(ElementType::Text, None, entries.collect()))
}

fn maintainer(it: &Maintainer) -> Value {
    Value::Map(Map::from_iter([
        ("Name", text(&it.name)),
        ("Email", text(&it.email)),
        ("URL", text(&it.url)),
    ]))
}

fn dependency(it: &Dependency) -> Value {
    Value::Map(Map::from_iter([
        ("Name", text(&it.name)),
        ("Version", text(&it.version)),
        ("Repository", text(&it.repository)),
        ("Condition", text(&it.condition)),
        ("Tags", list(it.tags.iter().map(|tag| text(tag)))),
        ("Enabled", Value::Bool(it.enabled)),
        ("ImportValues", list(it.import_values.iter().map(from_json))),
        ("Alias", text(&it.alias)),
    ]))
}

/// The struct of Helm 3.
#[derive(Debug)]
struct Struct(Map);

impl Object for Struct {
    fn type_name(&self) -> Cow<'static, str> {
        "struct { chart.Metadata; IsRoot bool }".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    fn field(&self, name: &str) -> Option<Value> {
        self.0.get(name.as_bytes())
    }

    fn print(&self) -> String {
        String::from_utf8_lossy(&gotemplate::fmt::print_value(&Value::Map(self.0.clone())))
            .into_owned()
    }

    fn to_json(&self) -> serde_json::Value {
        crate::values::to_json(&Value::Map(self.0.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
