//! Values as texts: in quotes, in a row, as they are.

use crate::arguments::{any, int, text};
use crate::bounds::check_text;
use crate::signature::Outcome;
use crate::strval::strval;
use gotemplate::{Call, FunctionError, Value, fmt};

pub(super) fn hello(_: &mut Call<'_>, _: &[Value]) -> Outcome {
    Ok(Value::Text("Hello!".into()))
}

/// Each value but nil in double quotes, escaped.
pub(super) fn quote(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    joined(arguments, |out, value| match value {
        Value::Text(source) if is_plain(source.as_bytes()) => {
            out.push(b'"');
            out.extend_from_slice(source.as_bytes());
            out.push(b'"');
        }
        value => out.extend(fmt::quote(strval(value).as_bytes())),
    })
}

/// Each value but nil in single quotes, as it is.
pub(super) fn squote(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    joined(arguments, |out, value| {
        out.push(b'\'');
        fmt::write_value(out, value);
        out.push(b'\'');
    })
}

/// Each value but nil, with spaces between them.
pub(super) fn cat(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    joined(arguments, fmt::write_value)
}

pub(super) fn to_string(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Text(strval(any(arguments, 0))))
}

pub(super) fn plural(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let one = int(arguments, 2) == 1;
    let chosen = text(arguments, if one { 0 } else { 1 });
    Ok(Value::Text(chosen.into()))
}

fn joined(values: &[Value], write: impl Fn(&mut Vec<u8>, &Value)) -> Outcome {
    let mut out = Vec::new();
    let mut first = true;
    for value in values.iter().filter(|value| !value.is_nil()) {
        if !std::mem::take(&mut first) {
            out.push(b' ');
        }
        write(&mut out, value);
        check_text(out.len())?;
    }
    Ok::<_, FunctionError>(Value::Text(out.into()))
}

/// Nothing to escape: the usual case.
fn is_plain(source: &[u8]) -> bool {
    let fine = |b: &u8| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\');
    source.iter().all(fine)
}
