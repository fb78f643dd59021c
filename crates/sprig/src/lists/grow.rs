//! Lists made of values and of other lists.

use super::elements::{demand, elements};
use crate::arguments::any;
use crate::bounds::check_items;
use crate::panics;
use crate::signature::{Outcome, fail};
use gotemplate::{Call, ElementType, Kind, List, Value};

pub(super) fn list(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(arguments.to_vec().into())
}

pub(super) fn push(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot push on type")?;
    check_items(items.len())?;
    let mut longer = Vec::with_capacity(items.len() + 1);
    longer.extend_from_slice(&items);
    longer.push(any(arguments, 1).clone());
    Ok(longer.into())
}

pub(super) fn prepend(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot prepend on type")?;
    check_items(items.len())?;
    let mut longer = Vec::with_capacity(items.len() + 1);
    longer.push(any(arguments, 1).clone());
    longer.extend_from_slice(&items);
    Ok(longer.into())
}

pub(super) fn concat(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for list in arguments {
        match elements(list) {
            Ok(items) => all.extend_from_slice(&items),
            Err(Kind::Invalid) => return Err(panics::nil_pointer()),
            Err(kind) => return fail(format!("Cannot concat type {kind} as list")),
        }
        check_items(all.len())?;
    }
    match all.is_empty() {
        true => Ok(List::nil(ElementType::Any).into()),
        false => Ok(all.into()),
    }
}
