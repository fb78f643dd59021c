//! Paths of files, with slashes: those of the machine are no different. Source: Go 1.26, `path`.

use crate::arguments::text;
use crate::signature::{Outcome, add_all, fixed};
use gotemplate::{Call, Function, Functions, Parameter, Value};
use memchr::memrchr;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const TEXT: &[Parameter] = &[Parameter::Text];

const FAMILY: &[(&str, Function)] = &[
    ("base", fixed(TEXT, base)),
    ("dir", fixed(TEXT, dir)),
    ("clean", fixed(TEXT, clean)),
    ("ext", fixed(TEXT, ext)),
    ("isAbs", fixed(TEXT, is_abs)),
    ("osBase", fixed(TEXT, base)),
    ("osDir", fixed(TEXT, dir)),
    ("osClean", fixed(TEXT, clean)),
    ("osExt", fixed(TEXT, ext)),
    ("osIsAbs", fixed(TEXT, is_abs)),
];

fn base(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let path = text(arguments, 0);
    let end = path.iter().rposition(|byte| *byte != b'/');
    let last = match end {
        None if path.is_empty() => b".",
        None => b"/".as_slice(),
        Some(end) => split(&path[..=end]).1,
    };
    Ok(Value::Text(last.into()))
}

fn dir(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Text(cleaned(split(text(arguments, 0)).0).into()))
}

fn clean(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Text(cleaned(text(arguments, 0)).into()))
}

fn ext(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let name = split(text(arguments, 0)).1;
    let extension = memrchr(b'.', name).map(|dot| &name[dot..]);
    Ok(Value::Text(extension.unwrap_or_default().into()))
}

fn is_abs(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(text(arguments, 0).starts_with(b"/")))
}

/// The folder with its slash, and the name.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    path.split_at(memrchr(b'/', path).map_or(0, |slash| slash + 1))
}

/// The shortest path that leads to the same place.
fn cleaned(path: &[u8]) -> Vec<u8> {
    let rooted = path.starts_with(b"/");
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match (part, parts.last().copied()) {
            (b"" | b".", _) => {}
            (b"..", None) if rooted => {}
            (b"..", Some(last)) if last != b".." => drop(parts.pop()),
            (part, _) => parts.push(part),
        }
    }
    let joined = parts.join(b"/".as_slice());
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/".as_slice(), &joined].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}
