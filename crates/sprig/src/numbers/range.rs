//! Rows of numbers, no longer than lists may be.

use crate::arguments::int;
use crate::bounds::check_items;
use crate::signature::Outcome;
use gotemplate::{Call, ElementType, FunctionError, List, Value};

/// From zero to a bound, which is left out; downwards if it is negative.
pub(super) fn until(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let stop = int(arguments, 0);
    let step = if stop < 0 { -1 } else { 1 };
    listed(row(0, stop, step)?)
}

pub(super) fn until_step(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let [start, stop, step] = [0, 1, 2].map(|at| int(arguments, at));
    listed(row(start, stop, step)?)
}

/// Like the program of that name: the last number, or the first and the last one, or the first one,
/// the step and the last one. Numbers with spaces between them.
pub(super) fn seq(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let number = |at| int(arguments, at);
    let (start, end, step) = match arguments.len() {
        1 => (1, number(0), None),
        2 => (number(0), number(1), None),
        3 => (number(0), number(2), Some(number(1))),
        _ => return Ok(Value::text("")),
    };
    let direction = if end < start { -1 } else { 1 };
    let step = step.unwrap_or(direction);
    if end < start && step > 0 {
        return Ok(Value::text(""));
    }
    let numbers = row(start, end.saturating_add(direction), step)?;
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(Value::text(texts.join(" ")))
}

/// From a start to a stop, which is left out. A step in the wrong direction gives nothing.
fn row(start: i64, stop: i64, step: i64) -> Result<Vec<i64>, FunctionError> {
    let upwards = stop >= start;
    if step == 0 || upwards != (step > 0) {
        return Ok(Vec::new());
    }
    let count = stop.abs_diff(start).div_ceil(step.unsigned_abs());
    check_items(usize::try_from(count).unwrap_or(usize::MAX))?;
    let numbers = std::iter::successors(Some(start), |at| at.checked_add(step));
    let before = |at: &i64| if upwards { *at < stop } else { *at > stop };
    Ok(numbers.take_while(before).collect())
}

fn listed(numbers: Vec<i64>) -> Outcome {
    let numbers = numbers.into_iter().map(Value::Int).collect();
    Ok(List::of(ElementType::Int, numbers).into())
}
