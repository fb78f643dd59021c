//! Text from a cluster or from Git, made safe for a terminal: nobody who may write a message may
//! move our cursor, hide a line, or turn text around.

/// Replaces control characters (but tab and line break) and invisible marks by their escapes.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if is_risky(c) => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// The same on a single line: any run of white space becomes one space.
pub fn one_line(text: &str) -> String {
    printable(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Characters that a terminal acts on, or that hide or turn what stands beside them.
pub fn is_risky(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_acts_on_gets_through() {
        assert_eq!(
            printable("a\u{1b}[31m\r\u{9b}2J\tb\n"),
            "a\\u{1b}[31m\\r\\u{9b}2J\tb\n"
        );
        assert_eq!(printable("x\u{202e}y\u{2066}é"), "x\\u{202e}y\\u{2066}é");
        assert_eq!(one_line("  a\n\tb\u{7}  c "), "a b\\u{7} c");
    }
}
