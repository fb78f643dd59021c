//! Where gopher-lua reads a script otherwise than Lua 5.2 does.
//!
//! Comes in: a script. Goes out: one that means to Lua 5.2 what the first means to gopher-lua. In
//! quoted text gopher-lua takes an unknown escape for the character itself (`\.` is `.`, `\x41` is
//! `x41`), where 5.2 refuses it or knows more.
//! Source: gopher-lua 1.1: parse/lexer.go.

use std::borrow::Cow;

/// The same script for Lua 5.2; costs one pass over those that have a backslash at all.
pub fn translated(script: &str) -> Cow<'_, str> {
    if !script.contains('\\') {
        return Cow::Borrowed(script);
    }
    let mut written = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '"' | '\'' => {
                rest = quoted(&rest[1..], c, &mut written);
                continue;
            }
            '-' if rest.starts_with("--") => 2 + comment_end(&rest[2..]),
            '[' => long_bracket_end(rest).unwrap_or(1),
            c => c.len_utf8(),
        };
        written.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    Cow::Owned(written)
}

fn comment_end(rest: &str) -> usize {
    long_bracket_end(rest).unwrap_or_else(|| rest.find('\n').unwrap_or(rest.len()))
}

/// Where `[[ ]]` or `[==[ ]==]` ends, if that is what begins here.
fn long_bracket_end(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let level = inside.bytes().take_while(|byte| *byte == b'=').count();
    inside[level..].strip_prefix('[')?;
    let closing = format!("]{}]", "=".repeat(level));
    let begins = level + 2;
    let ends = rest[begins..].find(&closing);
    Some(ends.map_or(rest.len(), |at| begins + at + closing.len()))
}

/// Writes quoted text without the escapes that are none; gives what follows it.
fn quoted<'a>(rest: &'a str, quote: char, written: &mut String) -> &'a str {
    written.push(quote);
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some((_, escaped)) if is_known(escaped) => written.extend(['\\', escaped]),
                Some((_, plain)) => written.push(plain),
                None => written.push('\\'),
            },
            '\n' => {
                written.push('\n');
                return &rest[at + 1..];
            }
            c => {
                written.push(c);
                if c == quote {
                    return &rest[at + 1..];
                }
            }
        }
    }
    ""
}

fn is_known(escaped: char) -> bool {
    matches!(
        escaped,
        'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '\\' | '"' | '\'' | '\n' | '\r' | '0'..='9'
    )
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn unknown_escapes_are_the_character_itself() {
        for (script, expected) in [
            (r#"x = "a\.b\n\"c""#, r#"x = "a.b\n\"c""#),
            (r"x = '\x41\065'", r"x = 'x41\065'"),
            (r"x = [[\.]] .. '\.'", r"x = [[\.]] .. '.'"),
            (r"x = [==[\. ]] ]==] '\.'", r"x = [==[\. ]] ]==] '.'"),
            ("-- don't \\.\ny = '\\.'", "-- don't \\.\ny = '.'"),
            (r"--[[ ' ]] x = '\é'", r"--[[ ' ]] x = 'é'"),
            (r"t[a[1]] = '\.'", r"t[a[1]] = '.'"),
            (r"x = '\", r"x = '\"),
            (r"--[[ never closed \.", r"--[[ never closed \."),
        ] {
            assert_eq!(translated(script), expected, "{script}");
        }
    }
}
