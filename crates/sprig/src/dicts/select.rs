//! Several entries of maps, or of several maps.

use crate::arguments::{map, rest, text};
use crate::signature::Outcome;
use gotemplate::{Call, List, Map, Text, Value};
use std::collections::{BTreeMap, HashSet};

/// The values of one key in those maps that have it.
pub(super) fn pluck(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let maps = rest(arguments, 1).iter().filter_map(Value::as_map);
    let found = maps.filter_map(|map| map.get(text(arguments, 0)));
    Ok(found.collect::<Vec<_>>().into())
}

pub(super) fn keys(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let maps = arguments.iter().filter_map(Value::as_map);
    Ok(List::texts(maps.flat_map(Map::keys)).into())
}

pub(super) fn values(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let values = map(arguments, 0).map(Map::values);
    Ok(values.unwrap_or_default().into())
}

/// A map of the entries of some keys.
pub(super) fn pick(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let Some(map) = map(arguments, 0) else {
        return Ok(Map::default().into());
    };
    let entry = |key: &Text| Some((key.clone(), map.get(key.as_bytes())?));
    let picked = chosen(arguments).filter_map(entry);
    Ok(Map::new(picked.collect()).into())
}

/// A map of the other entries.
pub(super) fn omit(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let Some(map) = map(arguments, 0) else {
        return Ok(Map::default().into());
    };
    let omitted: HashSet<&Text> = chosen(arguments).collect();
    let kept: BTreeMap<Text, Value> = map.read(|entries| {
        let kept = entries.iter().filter(|(key, _)| !omitted.contains(key));
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    });
    Ok(Map::new(kept).into())
}

fn chosen(arguments: &[Value]) -> impl Iterator<Item = &Text> {
    rest(arguments, 1).iter().filter_map(Value::as_text)
}
