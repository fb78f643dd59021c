//! Single entries of maps.

use crate::arguments::{any, map, text};
use crate::panics;
use crate::signature::Outcome;
use crate::strval::strval;
use gotemplate::{Call, Map, Value};
use std::collections::BTreeMap;

/// A map of keys and values in turn; a key without a value has an empty text.
pub(super) fn dict(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut entries = BTreeMap::new();
    for pair in arguments.chunks(2) {
        let value = pair.get(1).cloned().unwrap_or_else(|| Value::text(""));
        entries.insert(strval(any(pair, 0)), value);
    }
    Ok(Map::new(entries).into())
}

/// The value of a key; an empty text if there is none.
pub(super) fn get(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let found = map(arguments, 0).and_then(|map| map.get(text(arguments, 1)));
    Ok(found.unwrap_or_else(|| Value::text("")))
}

/// What comes back is a plain map, whatever its type was called: so `dig` takes it.
pub(super) fn set(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let made = map(arguments, 0).filter(|map| !map.is_nil());
    let map = made.ok_or_else(panics::nil_map)?;
    map.set(strval(any(arguments, 1)), any(arguments, 2).clone());
    Ok(map.named(None).into())
}

pub(super) fn unset(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let map = map(arguments, 0).cloned().unwrap_or_else(Map::nil);
    map.remove(text(arguments, 1));
    Ok(map.named(None).into())
}

pub(super) fn has_key(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let found = map(arguments, 0).is_some_and(|map| map.contains(text(arguments, 1)));
    Ok(Value::Bool(found))
}
