//! Go's panics: a template turns them into errors, and users see their texts.

use gotemplate::FunctionError;

/// Something was asked of nil.
pub(crate) fn nil_pointer() -> FunctionError {
    FunctionError::new("runtime error: invalid memory address or nil pointer dereference")
}

/// A key was set in a map that is nil.
pub(crate) fn nil_map() -> FunctionError {
    FunctionError::new("assignment to entry in nil map")
}

/// A whole number was divided by zero.
pub(crate) fn division() -> FunctionError {
    FunctionError::new("runtime error: integer divide by zero")
}

/// The end of a slice lies outside.
pub(crate) fn slice_end(end: i64, length: usize) -> FunctionError {
    match end {
        ..0 => slice(format!("[:{end}]")),
        _ => slice(format!("[:{end}] with length {length}")),
    }
}

/// The start of a slice lies behind its end.
pub(crate) fn slice_start(start: i64, end: usize) -> FunctionError {
    match start {
        ..0 => slice(format!("[{start}:]")),
        _ => slice(format!("[{start}:{end}]")),
    }
}

/// A text was to be repeated fewer than no times.
pub(crate) fn negative_repeat() -> FunctionError {
    FunctionError::new("strings: negative Repeat count")
}

/// A value has another type than the function insists on.
pub(crate) fn conversion(found: &str, wanted: &str) -> FunctionError {
    let message = format!("interface conversion: interface {{}} is {found}, not {wanted}");
    FunctionError::new(message)
}

fn slice(bounds: String) -> FunctionError {
    FunctionError::new(format!("runtime error: slice bounds out of range {bounds}"))
}
