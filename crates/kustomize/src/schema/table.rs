//! The built-in schema, from the table it is kept in.
//!
//! Comes in: the text of the table, whose head says how it is written. Goes out: the schema. A line
//! that is not understood adds nothing; that none is lost is tested.

use super::{Known, PLAIN, Schema, Text, Type, TypeId};

/// The schema of a table.
pub fn read(table: &'static str) -> Schema {
    let mut schema = Schema {
        types: vec![Type::default()],
        ..Schema::default()
    };
    for line in table.lines() {
        let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (api_version, names) = rest.split_once(' ').unwrap_or((rest, ""));
        match what {
            "type" => schema.types.push(read_type(rest)),
            "kinds" => schema.kinds.extend(kinds(api_version, names)),
            "cluster" => schema.scopes.extend(scopes(api_version, names, true)),
            "namespaced" => schema.scopes.extend(scopes(api_version, names, false)),
            _ => {}
        }
    }
    schema.settle()
}

fn kinds(api_version: &'static str, names: &'static str) -> impl Iterator<Item = Known<TypeId>> {
    names.split(' ').map(move |entry| {
        let (kind, what) = name_and_type(entry);
        known(api_version, kind, what)
    })
}

fn scopes(
    api_version: &'static str,
    names: &'static str,
    outside: bool,
) -> impl Iterator<Item = Known<bool>> {
    let names = names.split(' ');
    names.map(move |kind| known(api_version, kind, outside))
}

fn known<T>(api_version: &'static str, kind: &'static str, what: T) -> Known<T> {
    Known {
        kind: kind.into(),
        api_version: api_version.into(),
        what,
    }
}

fn read_type(entries: &'static str) -> Type {
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
    use crate::schema::{Schema, TypeId};

    #[test]
    fn the_table_is_whole() {
        let schema = Schema::builtin();
        assert_eq!(schema.kinds.len(), 274);
        assert_eq!(schema.scopes.len(), 82);
        let inside = |id: TypeId| (id.0 as usize) < schema.types.len();
        for one in &schema.types {
            let fields = one.fields.iter().filter_map(|(_, id)| *id);
            assert!(fields.chain(one.any).chain(one.elements).all(inside));
        }
        assert!(schema.kinds.iter().all(|kind| inside(kind.what)));
        assert_eq!(
            schema
                .types
                .iter()
                .filter(|one| one.merge.is_some())
                .count(),
            28
        );
    }
}
