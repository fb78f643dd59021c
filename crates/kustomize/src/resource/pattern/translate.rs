//! From Go's syntax to that of the `regex` crate.
//!
//! Comes in: a pattern for Go. Goes out: a pattern for `regex` that means the same, or what Go would
//! say is wrong with it.

use super::PatternError;
use super::class::scan_class;
use super::escape::{Escape, literal, scan_escape};

/// The most repetitions Go allows.
const MOST_REPETITIONS: u32 = 1000;

/// The same pattern for `regex`.
pub fn translate(pattern: &str) -> Result<String, PatternError> {
    let mut translated = Translated::default();
    let mut rest = pattern;
    let mut repeated = false;
    while !rest.is_empty() {
        let repetition = scan_repetition(&mut rest)?;
        match repetition {
            Some(again) if repeated => {
                return Err(wrong("invalid nested repetition operator", again));
            }
            Some(repetition) => translated.text.push_str(repetition),
            None => translated.scan_part(&mut rest)?,
        }
        repeated = repetition.is_some();
    }
    Ok(translated.text)
}

/// What is translated so far.
#[derive(Default)]
struct Translated {
    text: String,
    /// Flags that wait: to Go they may stand between a part and what repeats it.
    flags: String,
}

impl Translated {
    /// Everything that is no repetition.
    fn scan_part(&mut self, rest: &mut &str) -> Result<(), PatternError> {
        let before = *rest;
        let mut characters = before.chars();
        let first = characters.next().unwrap_or_default();
        *rest = characters.as_str();
        match first {
            '(' => match scan_group(before, rest)? {
                // Laziness would already hold for what repeats; `regex` refuses that.
                Start::Flags(more) if more.contains('U') => self.after_flags().push_str(more),
                Start::Flags(more) => self.flags.push_str(more),
                Start::Group(start) => self.after_flags().push_str(start),
            },
            first => scan_one(first, rest, self.after_flags())?,
        }
        Ok(())
    }

    fn after_flags(&mut self) -> &mut String {
        self.text.push_str(&std::mem::take(&mut self.flags));
        &mut self.text
    }
}

/// What is neither a repetition nor the start of a group.
fn scan_one(first: char, rest: &mut &str, out: &mut String) -> Result<(), PatternError> {
    match first {
        '\\' => match scan_escape(rest)? {
            Escape::Literal(character) => literal(out, character),
            Escape::Class(class) | Escape::Assertion(class) => out.push_str(&class),
            Escape::Quoted(text) => text.chars().for_each(|character| literal(out, character)),
        },
        '[' => scan_class(rest, out)?,
        ')' | '|' | '.' | '^' | '$' => out.push(first),
        other => literal(out, other),
    }
    Ok(())
}

/// What starts with a bracket.
enum Start<'a> {
    /// `(`, `(?:`, `(?i:` or `(?P<name>`
    Group(&'a str),
    /// `(?i)`; nothing if no flag is named.
    Flags(&'a str),
}

/// `*`, `+`, `?` or `{2,3}`, lazy or not. A brace that repeats nothing is text.
fn scan_repetition<'a>(rest: &mut &'a str) -> Result<Option<&'a str>, PatternError> {
    let length = match rest.as_bytes() {
        [b'*' | b'+' | b'?', ..] => 1,
        [b'{', ..] => match braces(rest)? {
            Some(length) => length,
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let lazy = rest[length..].starts_with('?');
    let (repetition, after) = rest.split_at(length + usize::from(lazy));
    *rest = after;
    Ok(Some(repetition))
}

/// The length of `{n}`, `{n,}` or `{n,m}`; `None` if it is none of them.
fn braces(text: &str) -> Result<Option<usize>, PatternError> {
    let Some(end) = text.find('}') else {
        return Ok(None);
    };
    let (least, most) = match text[1..end].split_once(',') {
        Some((least, most)) => (least, most),
        None => (&text[1..end], &text[1..end]),
    };
    let number = |text: &str| {
        let leading_zero = text.len() > 1 && text.starts_with('0');
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        (digits && !leading_zero).then(|| text.parse().unwrap_or(u32::MAX))
    };
    let range = match most {
        "" => number(least).map(|least| (least, least)),
        most => number(least).zip(number(most)),
    };
    match range {
        None => Ok(None),
        Some((least, most)) if least <= most && most <= MOST_REPETITIONS => Ok(Some(end + 1)),
        Some(_) => Err(wrong("invalid repeat count", &text[..=end])),
    }
}

/// The start of a group with its name or flags, or flags alone.
fn scan_group<'a>(before: &'a str, rest: &mut &'a str) -> Result<Start<'a>, PatternError> {
    let Some(extension) = rest.strip_prefix('?') else {
        return Ok(Start::Group("("));
    };
    let named = extension.strip_prefix('P').unwrap_or(extension);
    let length = match named.strip_prefix('<') {
        Some(name) => before.len() - name.len() + name_length(name, before)?,
        None => before.len() - extension.len() + flags_length(extension, before)?,
    };
    let (start, after) = before.split_at(length);
    *rest = after;
    Ok(match start {
        // To `regex` this is an error.
        "(?)" => Start::Flags(""),
        flags if flags.ends_with(')') => Start::Flags(flags),
        start => Start::Group(start),
    })
}

fn name_length(name: &str, before: &str) -> Result<usize, PatternError> {
    let end = name.find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    match end {
        Some(end) if end > 0 && name[end..].starts_with('>') => Ok(end + 1),
        _ => Err(wrong("invalid named capture", before)),
    }
}

fn flags_length(extension: &str, before: &str) -> Result<usize, PatternError> {
    let end = extension.find([':', ')']);
    let flags = end.map(|end| {
        extension[..end]
            .split_once('-')
            .unwrap_or((&extension[..end], "i"))
    });
    let known = |flags: &str| {
        flags
            .chars()
            .all(|flag| matches!(flag, 'i' | 'm' | 's' | 'U'))
    };
    match (end, flags) {
        (Some(end), Some((on, off))) if known(on) && known(off) && !off.is_empty() => Ok(end + 1),
        _ => Err(wrong("invalid or unsupported Perl syntax", before)),
    }
}

/// What Go says of a part.
pub fn wrong(problem: &'static str, part: &str) -> PatternError {
    PatternError::Syntax {
        problem,
        part: part.chars().take(40).collect(),
    }
}
