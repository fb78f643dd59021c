//! Characters that no YAML may have.
//!
//! Comes in: text. Goes out: the part before its first control character.

/// The text up to the first character that is not allowed.
pub fn valid_start(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut at = 0;
    for chunk in bytes.chunks(64) {
        let suspicious = chunk
            .iter()
            .fold(false, |found, byte| found | is_suspicious(*byte));
        if suspicious && let Some(bad) = first_bad(text, at, at + chunk.len()) {
            return &text[..bad];
        }
        at += chunk.len();
    }
    text
}

/// Whether a byte is, or starts, what may not be allowed.
fn is_suspicious(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\n') || byte == 0x7F || byte == 0xC2 || byte == 0xEF
}

fn first_bad(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..to).find(|at| {
        let next = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
        match bytes[*at] {
            b'\t' | b'\n' | b'\r' => false,
            0..0x20 | 0x7F => true,
            0xC2 => next(1) < 0xA0 && next(1) != 0x85,
            0xEF => next(1) == 0xBF && next(2) > 0xBD,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::valid_start;

    #[test]
    fn text_ends_before_its_first_control_character() {
        for (text, valid) in [
            ("a\tb\r\nc\u{85}\u{a0}\u{feff}\u{fffd}\u{1f600}", None),
            ("a\0b", Some("a")),
            ("a\x7fb", Some("a")),
            ("\u{80}", Some("")),
            ("é\u{9f}", Some("é")),
            ("a\u{fffe}", Some("a")),
            ("a\u{ffff}", Some("a")),
        ] {
            assert_eq!(valid_start(text), valid.unwrap_or(text), "{text:?}");
        }
        let long = format!("{}\x01", "x".repeat(1000));
        assert_eq!(valid_start(&long).len(), 1000);
    }
}
