//! Numbers in base 60, which nobody means and other readers still see.
//!
//! Comes in: text such as `1:30`. Goes out: whether YAML 1.1 would take it for a number, in which
//! case it is quoted although this reader would not.

/// `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`
pub fn is(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some((first, rest)) = text.split_once(':') else {
        return false;
    };
    let rest = match rest.split_once('.') {
        Some((rest, fraction)) if fraction.bytes().all(is_digit_or_underscore) => rest,
        Some(_) => return false,
        None => rest,
    };
    first.starts_with(|char: char| char.is_ascii_digit())
        && first.bytes().all(is_digit_or_underscore)
        && rest.split(':').all(is_sixtieth)
}

fn is_digit_or_underscore(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'_'
}

fn is_sixtieth(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
}

#[cfg(test)]
mod tests {
    #[test]
    fn base_60_is_told_from_other_text() {
        for text in ["1:30", "190:20:30", "-1_0:59", "1:2.5_", "1:2."] {
            assert!(super::is(text), "{text}");
        }
        for text in ["1:60", ":30", "1:", "1:2:", "1:2.5:3", "a:1", "--1:30", "1"] {
            assert!(!super::is(text), "{text}");
        }
    }
}
