//! One JSON value at the start of a text, and whatever behind it.

use serde_json::Value;

/// The value, and how many bytes it takes. Nothing need part it from what follows.
pub(super) fn leading_value(text: &str) -> Option<(Value, usize)> {
    let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let length = match text.as_bytes().get(start)? {
        b'{' | b'[' => nested(&text.as_bytes()[start..])?,
        b'"' => quoted(&text.as_bytes()[start..])?,
        b't' | b'n' => 4,
        b'f' => 5,
        _ => number(&text.as_bytes()[start..]),
    };
    let end = start + length;
    let value = serde_json::from_str(text.get(start..end)?).ok()?;
    Some((value, end))
}

fn quoted(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    while *bytes.get(at)? != b'"' {
        at += match bytes[at] {
            b'\\' => 2,
            _ => 1,
        };
    }
    Some(at + 1)
}

fn nested(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0usize);
    loop {
        match *bytes.get(at)? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(at + 1),
            b'}' | b']' => depth -= 1,
            b'"' => at += quoted(&bytes[at..])? - 1,
            _ => {}
        }
        at += 1;
    }
}

/// The longest start that could be a number; a sign, point or `e` without digits is left in it.
fn number(bytes: &[u8]) -> usize {
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = usize::from(at(0) == b'-');
    end += match at(end) {
        b'0' => 1,
        _ => digits(end),
    };
    if at(end) == b'.' {
        end += 1 + digits(end + 1);
    }
    if matches!(at(end), b'e' | b'E') {
        end += 1;
        end += usize::from(matches!(at(end), b'+' | b'-'));
        end += digits(end);
    }
    end
}
