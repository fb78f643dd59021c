//! Maps merged into one. Source: mergo 1.0, `merge.go`.
//!
//! The first map changes in place, and so do the maps in it. Without overwriting, what is there
//! stays unless it is empty: zero, false, no text, nothing in it. With overwriting, the later map
//! wins, empty values and nil included. Maps merge into maps; lists are taken whole. What is taken
//! over is shared with the map it came from.

use crate::arguments::{map, rest};
use crate::bounds::check_depth;
use crate::signature::Outcome;
use gotemplate::{Call, ElementType, FunctionError, Kind, Map, Text, Value};

pub(super) fn merge(call: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    merged(call, arguments, false)
}

pub(super) fn merge_overwrite(call: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    merged(call, arguments, true)
}

fn merged(call: &Call<'_>, arguments: &[Value], overwrite: bool) -> Outcome {
    let merge = Merge { call, overwrite };
    let target = map(arguments, 0).cloned().unwrap_or_else(Map::nil);
    let mut target = target.named(None);
    for source in rest(arguments, 1).iter().filter_map(Value::as_map) {
        if target.is_nil() && !source.is_nil() {
            target = Map::default();
        }
        merge.maps(&target, source, 0)?;
    }
    Ok(target.into())
}

struct Merge<'a, 'c> {
    call: &'a Call<'c>,
    overwrite: bool,
}

impl Merge<'_, '_> {
    fn maps(&self, target: &Map, source: &Map, depth: usize) -> Result<(), FunctionError> {
        check_depth(depth)?;
        if target.is(source) && !self.overwrite {
            return Ok(());
        }
        let entries = source.entries();
        self.call.spend(entries.len() as u64)?;
        for (key, new) in entries {
            self.entry(target, source.element_type(), key, new, depth)?;
        }
        Ok(())
    }

    fn entry(
        &self,
        target: &Map,
        of: ElementType,
        key: Text,
        new: Value,
        depth: usize,
    ) -> Result<(), FunctionError> {
        if new.is_nil() {
            return match self.overwrite {
                true => assign(target, of, key, new),
                false => Ok(()),
            };
        }
        let old = target.get(key.as_bytes());
        if let (Some(Value::Map(old)), Value::Map(new)) = (&old, &new) {
            self.maps(old, new, depth + 1)?;
        }
        let filled = old.as_ref().is_some_and(is_filled);
        let both_maps = |old: &Value| old.kind() == Kind::Map && new.kind() == Kind::Map;
        let merged_already = filled && old.as_ref().is_some_and(both_maps);
        if (self.overwrite || !filled) && !merged_already {
            assign(target, of, key, new)?;
        }
        Ok(())
    }
}

/// Puts a value of a map of one type into another map.
fn assign(target: &Map, of: ElementType, key: Text, value: Value) -> Result<(), FunctionError> {
    let wanted = target.element_type();
    if wanted != ElementType::Any && wanted != of {
        // Slices go through a variable of their own type.
        let of = match value.kind() {
            Kind::Slice => value.type_name(),
            _ => of.name().into(),
        };
        let wanted = wanted.name();
        let message = format!(
            "reflect.Value.SetMapIndex: value of type {of} is not assignable to type {wanted}"
        );
        return Err(FunctionError::new(message));
    }
    target.set(key, value);
    Ok(())
}

/// As mergo sees it: structs are never empty, nil and zeros are.
fn is_filled(value: &Value) -> bool {
    value.truth()
}
