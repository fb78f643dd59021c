//! The templates of replacements: `$1`, `$name`, `${name}x`, `$$`.

use crate::letters::{is_digit, is_letter};
use crate::runes;

/// Which group is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Name<'a> {
    Number(usize),
    Text(&'a str),
}

/// Appends a template with its groups filled in.
pub(super) fn expand<'s>(
    out: &mut Vec<u8>,
    mut template: &[u8],
    group: impl Fn(Name<'_>) -> &'s [u8],
) {
    while let Some(dollar) = memchr::memchr(b'$', template) {
        out.extend_from_slice(&template[..dollar]);
        template = &template[dollar + 1..];
        if let Some(rest) = template.strip_prefix(b"$") {
            out.push(b'$');
            template = rest;
        } else if let Some((name, rest)) = read_name(template) {
            out.extend_from_slice(group(name));
            template = rest;
        } else {
            out.push(b'$');
        }
    }
    out.extend_from_slice(template);
}

/// The name behind a dollar sign and what follows it; none if there is none.
fn read_name(template: &[u8]) -> Option<(Name<'_>, &[u8])> {
    let braced = template.strip_prefix(b"{");
    let source = braced.unwrap_or(template);
    let mut length = 0;
    while let Some((c, width)) = runes::first(&source[length..]) {
        if !is_letter(c) && !is_digit(c) && c != '_' {
            break;
        }
        length += width;
    }
    let name = str::from_utf8(&source[..length]).ok()?;
    if name.is_empty() {
        return None;
    }
    let rest = &source[length..];
    let rest = match braced {
        Some(_) => rest.strip_prefix(b"}")?,
        None => rest,
    };
    Some((numbered(name), rest))
}

/// Digits without a zero in front are a number.
fn numbered(name: &str) -> Name<'_> {
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    let number = (digits && (name == "0" || !name.starts_with('0')) && name.len() < 10)
        .then(|| name.parse().ok());
    number.flatten().map_or(Name::Text(name), Name::Number)
}
