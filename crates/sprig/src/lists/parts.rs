//! Parts of lists.

use super::elements::demand;
use crate::arguments::{any, int, rest as others};
use crate::cast::to_int;
use crate::signature::{Outcome, fail};
use gotemplate::{Call, ElementType, List, Value};

pub(super) fn first(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find first on type")?;
    Ok(items.first().cloned().unwrap_or_default())
}

pub(super) fn last(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find last on type")?;
    Ok(items.last().cloned().unwrap_or_default())
}

/// All but the first; of nothing, a slice that was never made.
pub(super) fn rest(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find rest on type")?;
    Ok(made(items.get(1..)))
}

/// All but the last; of nothing, a slice that was never made.
pub(super) fn initial(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find initial on type")?;
    Ok(made(items.split_last().map(|(_, before)| before)))
}

/// A part by its bounds, of the same type as the whole; of nothing, nil.
pub(super) fn slice(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let whole = any(arguments, 0);
    let items = demand(whole, "list should be type of slice or array but")?;
    if items.is_empty() {
        return Ok(Value::Nil);
    }
    let bounds = others(arguments, 1);
    let start = bounds.first().map_or(0, to_int);
    let end = bounds.get(1).map(to_int);
    let start = usize::try_from(start).ok();
    let end = end.map_or(Some(items.len()), |end| usize::try_from(end).ok());
    let part = start
        .zip(end)
        .and_then(|(start, end)| items.get(start..end));
    match (part, whole) {
        (None, _) => fail("reflect.Value.Slice: slice index out of bounds"),
        (Some(part), Value::Bytes(_)) => Ok(bytes(part)),
        (Some(part), Value::List(list)) => Ok(List::of(list.element_type(), part.to_vec()).into()),
        (Some(part), _) => Ok(part.to_vec().into()),
    }
}

/// Lists of so many items each; the last one has what is left.
pub(super) fn chunk(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 1), "Cannot chunk type")?;
    let Some(size) = usize::try_from(int(arguments, 0))
        .ok()
        .filter(|size| *size > 0)
    else {
        return no_chunks(int(arguments, 0), &items);
    };
    let chunks = items.chunks(size).map(|chunk| chunk.to_vec().into());
    Ok(List::of(ElementType::List, chunks.collect()).into())
}

/// What becomes of chunks of no or of fewer than no items: the library divides by the size and
/// allocates what comes out.
fn no_chunks(size: i64, items: &[Value]) -> Outcome {
    let size = size.unsigned_abs();
    let chunks = match items {
        [one] if size > 1 => vec![vec![one.clone()].into()],
        [_, rest @ ..] if !rest.is_empty() && rest.len() as u64 <= size => Vec::new(),
        _ => return fail("runtime error: makeslice: len out of range"),
    };
    Ok(List::of(ElementType::List, chunks).into())
}

fn made(part: Option<&[Value]>) -> Value {
    match part {
        Some(part) => part.to_vec().into(),
        None => List::nil(ElementType::Any).into(),
    }
}

fn bytes(items: &[Value]) -> Value {
    let byte = |item: &Value| match item {
        Value::Uint8(byte) => *byte,
        _ => 0,
    };
    Value::Bytes(items.iter().map(byte).collect::<Vec<u8>>().into())
}
