//! Text from strangers, made safe for logs and terminals.

/// Replaces control characters (but tab and newline) by their escapes.
pub(crate) fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_invisible(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// Marks that turn text around or hide it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_cannot_reach_a_terminal() {
        assert_eq!(
            printable("a\u{1b}[31mb\r\0\n\té"),
            "a\\u{1b}[31mb\\r\\u{0}\n\té"
        );
        assert_eq!(printable("x\u{202e}y"), "x\\u{202e}y");
    }
}
