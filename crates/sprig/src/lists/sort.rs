//! Lists in another order.

use super::elements::demand;
use crate::arguments::any;
use crate::signature::Outcome;
use crate::strval::{strslice, strval};
use gotemplate::{Call, Kind, List, Value};

pub(super) fn reverse(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find reverse on type")?;
    Ok(items.iter().rev().cloned().collect::<Vec<_>>().into())
}

/// Texts in the order of their bytes; anything but a list is a list of one text.
pub(super) fn sort_alpha(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let value = any(arguments, 0);
    let mut texts = match value.kind() {
        Kind::Slice => strslice(value),
        _ => vec![strval(value)],
    };
    texts.sort_unstable();
    Ok(List::texts(texts).into())
}
