//! The managers of an object, as `metadata.managedFields` keeps them.

use crate::cluster::fields::FieldSet;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How a manager came to own fields.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Operation {
    /// It applied them.
    Apply,
    /// It wrote them some other way.
    Update,
}

impl Operation {
    fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "Apply",
            Self::Update => "Update",
        }
    }
}

/// One manager: entries with the same are one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ManagerId {
    /// Its name.
    pub name: String,
    /// How it came to own fields.
    pub operation: Operation,
    /// The version it wrote, of updates only.
    pub api_version: String,
    /// The subresource it wrote, or nothing.
    pub subresource: String,
}

/// What a manager owns.
#[derive(Clone, PartialEq, Debug)]
pub struct Owned {
    /// The fields.
    pub fields: FieldSet,
    /// The version they are named in.
    pub api_version: String,
    /// When it last changed something.
    pub time: Option<String>,
}

/// The managers of an object.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Managers(pub BTreeMap<ManagerId, Owned>);

impl Managers {
    /// Most managers by update that are told apart.
    const MOST_UPDATERS: usize = 10;

    /// Reads them from an object; an entry that cannot be read makes all of them unknown.
    pub fn of(object: &Value) -> Option<Self> {
        let entries = object["metadata"]["managedFields"].as_array();
        let entries = entries.into_iter().flatten().map(read_entry);
        entries.collect::<Option<BTreeMap<_, _>>>().map(Self)
    }

    /// Writes them into an object.
    pub fn write(&self, object: &mut Value) {
        let Some(metadata) = object["metadata"].as_object_mut() else {
            return;
        };
        if self.0.is_empty() {
            metadata.remove("managedFields");
            return;
        }
        let mut entries: Vec<(&ManagerId, &Owned)> = self.0.iter().collect();
        entries.sort_by_key(|(id, owned)| {
            let rest = (&id.name, &owned.api_version, &id.subresource);
            (id.operation, owned.time.clone().unwrap_or_default(), rest)
        });
        let entries = entries
            .into_iter()
            .map(|(id, owned)| write_entry(id, owned));
        metadata.insert("managedFields".into(), entries.collect());
    }

    /// Makes the oldest managers by update one, where there are too many.
    pub fn cap(&mut self) {
        let mut updaters: Vec<(Option<String>, ManagerId)> = self
            .0
            .iter()
            .filter(|(id, _)| id.operation == Operation::Update)
            .map(|(id, owned)| (owned.time.clone(), id.clone()))
            .collect();
        let mut count = updaters.len();
        updaters.sort();
        let mut first: BTreeMap<String, ManagerId> = BTreeMap::new();
        for (time, id) in updaters {
            if count <= Self::MOST_UPDATERS {
                return;
            }
            let version = self.0[&id].api_version.clone();
            let Some(earlier) = first.get(&version).cloned() else {
                first.insert(version, id);
                continue;
            };
            let bucket = ManagerId {
                name: "ancient-changes".into(),
                operation: Operation::Update,
                api_version: version,
                subresource: String::new(),
            };
            if !self.0.contains_key(&bucket)
                && let Some(owned) = self.0.remove(&earlier)
            {
                self.0.insert(bucket.clone(), owned);
            }
            if id != bucket
                && let Some(owned) = self.0.remove(&id)
                && let Some(kept) = self.0.get_mut(&bucket)
            {
                kept.fields = kept.fields.union(&owned.fields);
                kept.time = time;
                count -= 1;
            }
        }
    }
}

fn read_entry(entry: &Value) -> Option<(ManagerId, Owned)> {
    let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let operation = match entry["operation"].as_str()? {
        "Apply" => Operation::Apply,
        "Update" => Operation::Update,
        _ => return None,
    };
    let api_version = text("apiVersion");
    if api_version.is_empty() || entry["fieldsType"] != "FieldsV1" {
        return None;
    }
    let fields = match &entry["fieldsV1"] {
        Value::Null => FieldSet::default(),
        fields => FieldSet::read(fields)?,
    };
    let id = ManagerId {
        name: text("manager"),
        operation,
        api_version: match operation {
            Operation::Apply => String::new(),
            Operation::Update => api_version.clone(),
        },
        subresource: text("subresource"),
    };
    let time = entry["time"].as_str().map(str::to_owned);
    Some((
        id,
        Owned {
            fields,
            api_version,
            time,
        },
    ))
}

fn write_entry(id: &ManagerId, owned: &Owned) -> Value {
    let mut entry = Map::new();
    if !id.name.is_empty() {
        entry.insert("manager".into(), json!(id.name));
    }
    entry.insert("operation".into(), json!(id.operation.as_str()));
    entry.insert("apiVersion".into(), json!(owned.api_version));
    if let Some(time) = &owned.time {
        entry.insert("time".into(), json!(time));
    }
    entry.insert("fieldsType".into(), json!("FieldsV1"));
    entry.insert("fieldsV1".into(), owned.fields.write());
    if !id.subresource.is_empty() {
        entry.insert("subresource".into(), json!(id.subresource));
    }
    Value::Object(entry)
}
