//! Whether two fields of an Application mean the same.
//!
//! Comes in: a field of the spec, and what was written down of it. Goes out: whether they are equal
//! but for fields of no value, which are not written down. The values of a chart are nobody's fields
//! and have to be equal as they stand.
//!
//! Cost: one walk through both.

use crate::rules::field::Field;
use serde_json::{Map, Value};

/// A field whose content nobody types.
const FREE: &str = "valuesObject";

pub fn mean_the_same(one: Field<'_>, two: Field<'_>) -> bool {
    match (one, two) {
        (Field::Map(one), Field::Map(two)) => are_maps_the_same(one, two),
        (Field::List(one), Field::List(two)) => {
            let pairs = || one.iter().zip(two);
            one.len() == two.len()
                && pairs().all(|(one, two)| mean_the_same(one.into(), two.into()))
        }
        (one, two) => one == two || (is_nothing(one) && is_nothing(two)),
    }
}

fn are_maps_the_same(one: &Map<String, Value>, two: &Map<String, Value>) -> bool {
    let says_nothing = |value: Option<&Value>| value.is_none_or(|value| is_nothing(value.into()));
    let same = |name: &String| match (one.get(name), two.get(name)) {
        (one, two) if name == FREE => one == two,
        (Some(one), Some(two)) => mean_the_same(one.into(), two.into()),
        (one, two) => says_nothing(one) && says_nothing(two),
    };
    one.keys().chain(two.keys()).all(same)
}

fn is_nothing(field: Field<'_>) -> bool {
    match field {
        Field::Absent | Field::Flag(false) | Field::Text("") => true,
        Field::Number(number) => number == 0.0,
        Field::List(items) => items.is_empty(),
        Field::Map(fields) => fields.values().all(|value| is_nothing(value.into())),
        Field::Flag(true) | Field::Text(_) => false,
    }
}
