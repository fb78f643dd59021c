//! The built-in schema, from the table it is kept in.
//!
//! Comes in: the text of the table, whose head says how it is written. Goes out: the schema. A line
//! that is not understood adds nothing; that none is lost is tested.

use super::{Entry, Known, PLAIN, Schema, Text, Type, TypeId};
use std::collections::HashMap;

/// The schema of a table.
pub fn read(table: &'static str) -> Schema {
    let mut schema = Schema {
        types: vec![Type::default().into()],
        ..Schema::default()
    };
    for line in table.lines() {
        let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (kind, entries) = rest.split_once(' ').unwrap_or((rest, ""));
        match what {
            "type" => schema.types.push(Entry::written(rest)),
            "kind" => schema.kinds.extend(entries.split(' ').map(|entry| {
                let (api_version, what) = name_and_type(entry);
                known(kind, api_version, what)
            })),
            "cluster" => schema.scopes.extend(scopes(kind, entries, true)),
            "namespaced" => schema.scopes.extend(scopes(kind, entries, false)),
            _ => {}
        }
    }
    schema
}

/// The types that other schemas may refer to, by the names of their definitions.
pub fn definitions(table: &'static str) -> HashMap<String, TypeId> {
    let lines = table.lines();
    let lines = lines.filter_map(|line| line.strip_prefix("definition ")?.split_once(' '));
    let named = lines.flat_map(|(start, entries)| {
        entries.split(' ').map(move |entry| {
            let (end, id) = name_and_type(entry);
            (format!("{start}.{end}"), id)
        })
    });
    named.collect()
}

fn scopes(
    kind: &'static str,
    api_versions: &'static str,
    outside: bool,
) -> impl Iterator<Item = Known<bool>> {
    let api_versions = api_versions.split(' ');
    api_versions.map(move |api_version| known(kind, api_version, outside))
}

fn known<T>(kind: &'static str, api_version: &'static str, what: T) -> Known<T> {
    Known {
        kind: kind.into(),
        api_version: api_version.into(),
        what,
    }
}

/// The type of a line.
pub fn read_type(entries: &'static str) -> Type {
    let mut read = Type::default();
    for entry in entries.split(' ') {
        if let Some(keys) = entry.strip_prefix('~') {
            let keys = keys.split(',').filter(|key| !key.is_empty());
            read.merge = Some(keys.map(Text::from).collect());
            continue;
        }
        let (name, id) = name_and_type(entry);
        match name {
            "[]" => read.elements = Some(id),
            "*" => read.any = Some(id),
            name => read.fields.push((name.into(), Some(id))),
        }
    }
    read
}

/// `name=7` is of type 7, `name` of the plain one.
fn name_and_type(entry: &'static str) -> (&'static str, TypeId) {
    let (name, number) = entry.split_once('=').unwrap_or((entry, ""));
    (name, number.parse().map_or(PLAIN, TypeId))
}

#[cfg(test)]
mod tests {
    use super::definitions;
    use crate::schema::{Entry, Known, Schema, TABLE, TypeId};

    #[test]
    fn the_table_is_whole() {
        let schema = Schema::builtin();
        assert_eq!(schema.kinds.len(), 274);
        assert_eq!(schema.scopes.len(), 82);
        let inside = |id: TypeId| (id.0 as usize) < schema.types.len();
        for one in schema.types.iter().map(Entry::get) {
            let fields = one.fields.iter().filter_map(|(_, id)| *id);
            assert!(fields.chain(one.any).chain(one.elements).all(inside));
        }
        assert!(schema.kinds.iter().all(|kind| inside(kind.what)));
        let definitions = definitions(TABLE);
        assert_eq!(definitions.len(), 605);
        assert!(definitions.values().all(|id| inside(*id)));
        let merged = schema.types.iter().filter(|one| one.get().merge.is_some());
        assert_eq!(merged.count(), 28);
    }

    #[test]
    fn the_table_is_sorted() {
        let schema = Schema::builtin();
        assert!(schema.kinds.is_sorted_by_key(Known::key));
        assert!(schema.scopes.is_sorted_by_key(Known::key));
        for one in schema.types.iter().map(Entry::get) {
            assert!(one.fields.is_sorted_by_key(|(name, _)| name));
        }
    }
}
