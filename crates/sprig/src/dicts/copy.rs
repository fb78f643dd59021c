//! Copies all the way down. Source: copystructure 1.2.

use crate::arguments::any;
use crate::bounds::{check_depth, check_items};
use crate::signature::{Outcome, fail};
use gotemplate::{Call, FunctionError, List, Map, Value};

pub(super) fn deep_copy(call: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut copies = Copies { call, made: 0 };
    match any(arguments, 0) {
        Value::Nil => fail("reflect: call of reflect.Value.Type on zero Value"),
        value => copies.value(value, 0),
    }
}

/// What is held twice is copied twice, so there is a bound to how many entries are made.
struct Copies<'a, 'c> {
    call: &'a Call<'c>,
    made: usize,
}

impl Copies<'_, '_> {
    /// Maps and lists are copied; what cannot change is shared.
    fn value(&mut self, value: &Value, depth: usize) -> Outcome {
        check_depth(depth)?;
        match value {
            Value::Map(map) if !map.is_nil() => self.map(map, depth),
            Value::List(list) if !list.is_nil() => self.list(list, depth),
            other => Ok(other.clone()),
        }
    }

    fn map(&mut self, map: &Map, depth: usize) -> Outcome {
        self.count(map.len())?;
        let entries = map.entries().into_iter();
        let copies = entries.map(|(key, value)| Ok((key, self.value(&value, depth + 1)?)));
        let copies = copies.collect::<Result<_, FunctionError>>()?;
        Ok(Map::of(map.element_type(), map.type_name(), copies).into())
    }

    fn list(&mut self, list: &List, depth: usize) -> Outcome {
        self.count(list.len())?;
        let items = list.items().iter();
        let copies = items.map(|item| self.value(item, depth + 1));
        let copies = copies.collect::<Result<_, _>>()?;
        Ok(List::of(list.element_type(), copies).into())
    }

    fn count(&mut self, entries: usize) -> Result<(), FunctionError> {
        self.call.spend(entries as u64 + 1)?;
        self.made += entries + 1;
        check_items(self.made)
    }
}
