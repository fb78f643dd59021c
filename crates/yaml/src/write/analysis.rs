//! In which styles a text may be written.
//!
//! Comes in: text. Goes out: whether it could stand plain, in single quotes, as a block, and
//! whether it takes several lines. The rules are libyaml's, looked at one character at a time.

/// What a text allows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Analysis {
    pub several_lines: bool,
    pub plain: bool,
    /// Plain inside brackets and braces.
    pub plain_in_flow: bool,
    pub single_quoted: bool,
    pub block: bool,
    /// It has tabs, which go-yaml v2 keeps out of blocks.
    pub tabs: bool,
}

/// Looks at a text.
pub fn of(text: &str) -> Analysis {
    if text.is_empty() {
        return Analysis {
            several_lines: false,
            plain: true,
            plain_in_flow: false,
            single_quoted: true,
            block: false,
            tabs: false,
        };
    }
    let seen = Seen::in_text(text);
    let breaks_at_edge = text.starts_with(is_break) || text.ends_with(is_break);
    let spaces_at_edge = text.starts_with(' ') || text.ends_with(' ');
    let unquotable = seen.break_then_space || seen.space_then_break || seen.unprintable || seen.tab;
    let plain = !(unquotable || seen.line_break || breaks_at_edge || spaces_at_edge);
    let marker = text.starts_with("---") || text.starts_with("...");
    Analysis {
        several_lines: seen.line_break,
        plain: plain && !seen.indicator && !marker,
        plain_in_flow: plain && !seen.indicator_in_flow && !marker,
        single_quoted: !unquotable,
        block: !(text.ends_with(' ') || seen.space_then_break || seen.unprintable),
        tabs: seen.tab,
    }
}

#[derive(Default)]
struct Seen {
    line_break: bool,
    tab: bool,
    unprintable: bool,
    break_then_space: bool,
    space_then_break: bool,
    indicator: bool,
    indicator_in_flow: bool,
}

impl Seen {
    fn in_text(text: &str) -> Self {
        let mut seen = Self::default();
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(char) = text[at..].chars().next() {
            let before = text[..at].chars().next_back();
            let rest = &text[at + char.len_utf8()..];
            seen.look(before, char, rest.chars().next());
            at = bytes.len() - rest.len();
            at += rest.bytes().position(matters).unwrap_or(rest.len());
        }
        seen
    }

    fn look(&mut self, before: Option<char>, char: char, after: Option<char>) {
        let is_indicator = is_indicator(before, char, after);
        self.indicator |= is_indicator;
        self.indicator_in_flow |= is_indicator || is_flow_indicator(before, char);
        self.tab |= char == '\t';
        self.unprintable |= char != '\t' && !is_printable(char);
        self.line_break |= is_break(char);
        self.break_then_space |= char == ' ' && before.is_some_and(is_break);
        self.space_then_break |= is_break(char) && before == Some(' ');
    }
}

/// Whether a character that starts with this byte has to be looked at behind the first.
fn matters(byte: u8) -> bool {
    const MATTERS: [bool; 256] = {
        let mut matters = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            let ascii = byte as u8;
            matters[byte] = ascii <= b' '
                || ascii >= 0x7F
                || matches!(ascii, b':' | b'#' | b',' | b'?' | b'[' | b']' | b'{' | b'}');
            byte += 1;
        }
        matters
    };
    MATTERS[usize::from(byte)]
}

/// Whether a character would be taken for syntax where it stands.
fn is_indicator(before: Option<char>, char: char, after: Option<char>) -> bool {
    let blank_follows = after.is_none_or(|char| char == ' ' || char == '\t');
    match (before, char) {
        (None, '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>') => true,
        (None, '\'' | '"' | '%' | '@' | '`') => true,
        (None, '?' | '-') | (_, ':') => blank_follows,
        (Some(before), '#') => {
            before == ' ' || before == '\t' || before == '\0' || is_break(before)
        }
        _ => false,
    }
}

/// Whether it would be only inside brackets and braces.
fn is_flow_indicator(before: Option<char>, char: char) -> bool {
    matches!(char, '?' | ':') || (before.is_some() && matches!(char, ',' | '[' | ']' | '{' | '}'))
}

/// What YAML 1.1 takes for a line break.
pub fn is_break(char: char) -> bool {
    matches!(char, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What libyaml writes as it is; it stops at the end of the basic plane.
pub fn is_printable(char: char) -> bool {
    matches!(char, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && char != '\u{feff}'
}
