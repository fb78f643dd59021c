//! Globs, in the two flavours Argo CD's resources are written in.
//!
//! Comes in: a pattern and a text. Goes out: whether it matches. Matching takes at most (length of
//! pattern) x (length of text) steps, so no pattern of a tenant can hold a worker; a pattern that
//! does not parse matches nothing.
//! Source: Argo CD 3.5: util/glob/glob.go (gobwas syntax) and, for kinds,
//! pkg/apis/application/v1alpha1/types.go (Go's `path/filepath.Match`).

use std::collections::BTreeSet;

/// A parsed pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Glob {
    parts: Vec<Part>,
    separator: Option<char>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Char(char),
    /// Any one character but the separator.
    One,
    /// Any run without the separator.
    Run,
    /// Any run at all.
    Everything,
    Class {
        not: bool,
        ranges: Vec<(char, char)>,
    },
    Either(Vec<Vec<Part>>),
}

impl Glob {
    /// A pattern of gobwas: `*`, `**`, `?`, `[a-z]`, `[!a]`, `{one,two}`, `\`.
    pub fn gobwas(pattern: &str, separator: Option<char>) -> Option<Self> {
        let chars: Vec<char> = pattern.chars().collect();
        let mut parser = Parser {
            chars: &chars,
            at: 0,
            flavour: Flavour::Gobwas,
            depth: 0,
        };
        let parts = parser.sequence()?;
        (parser.at == chars.len()).then_some(Self { parts, separator })
    }

    /// A pattern of Go's `filepath.Match`: `*`, `?`, `[a-z]`, `[^a]`, `\`; `/` is the separator.
    pub fn file_path(pattern: &str) -> Option<Self> {
        let chars: Vec<char> = pattern.chars().collect();
        let mut parser = Parser {
            chars: &chars,
            at: 0,
            flavour: Flavour::FilePath,
            depth: 0,
        };
        let parts = parser.sequence()?;
        (parser.at == chars.len()).then_some(Self {
            parts,
            separator: Some('/'),
        })
    }

    /// Does it match the whole text?
    pub fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        match self.parts.as_slice() {
            [Part::Either(choices)] => choices.iter().any(|choice| self.is_whole(choice, &text)),
            parts => self.is_whole(parts, &text),
        }
    }

    fn is_whole(&self, parts: &[Part], text: &[char]) -> bool {
        if let Some((start, end)) = self.edges(parts) {
            return fits(start, text.iter()) && fits(end.iter().rev(), text.iter().rev());
        }
        let ends = self.walk(parts, BTreeSet::from([0]), text);
        ends.contains(&text.len())
    }

    /// What stands before and behind a single run of anything. gobwas looks at both without minding
    /// whether they overlap: `a/**/b` matches `a/b`.
    fn edges<'p>(&self, parts: &'p [Part]) -> Option<(&'p [Part], &'p [Part])> {
        let run = parts
            .iter()
            .position(|part| !matches!(part, Part::Char(_)))?;
        let (start, end) = (&parts[..run], &parts[run + 1..]);
        let anything = match parts[run] {
            Part::Everything => true,
            Part::Run => self.separator.is_none(),
            _ => false,
        };
        let text = !start.is_empty() && !end.is_empty();
        let plain = end.iter().all(|part| matches!(part, Part::Char(_)));
        (anything && text && plain).then_some((start, end))
    }

    /// Where in the text a match may stand after these parts, given where it may stand before.
    fn walk(&self, parts: &[Part], starts: BTreeSet<usize>, text: &[char]) -> BTreeSet<usize> {
        parts
            .iter()
            .fold(starts, |places, part| self.step(part, places, text))
    }

    fn step(&self, part: &Part, places: BTreeSet<usize>, text: &[char]) -> BTreeSet<usize> {
        match part {
            Part::Char(wanted) => one(places, text, |c| c == *wanted),
            Part::One => one(places, text, |c| Some(c) != self.separator),
            Part::Class { not, ranges } => one(places, text, |c| {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *not
            }),
            Part::Run => run(places, text, |c| Some(c) != self.separator),
            Part::Everything => run(places, text, |_| true),
            Part::Either(choices) => choices
                .iter()
                .flat_map(|choice| self.walk(choice, places.clone(), text))
                .collect(),
        }
    }
}

/// Are these characters the first of a text?
fn fits<'a>(
    parts: impl IntoIterator<Item = &'a Part>,
    mut text: impl Iterator<Item = &'a char>,
) -> bool {
    let mut parts = parts.into_iter();
    parts.all(|part| matches!((part, text.next()), (Part::Char(wanted), Some(c)) if wanted == c))
}

fn one(places: BTreeSet<usize>, text: &[char], fits: impl Fn(char) -> bool) -> BTreeSet<usize> {
    let fitting = places
        .into_iter()
        .filter(|at| text.get(*at).is_some_and(|c| fits(*c)));
    fitting.map(|at| at + 1).collect()
}

fn run(places: BTreeSet<usize>, text: &[char], fits: impl Fn(char) -> bool) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    for start in places {
        let mut at = start;
        while reached.insert(at) && text.get(at).is_some_and(|c| fits(*c)) {
            at += 1;
        }
    }
    reached
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Gobwas,
    FilePath,
}

/// Braces may nest this deep; each level multiplies the work.
const DEEPEST: usize = 4;

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
    flavour: Flavour,
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.get(self.at).copied()?;
        self.at += 1;
        Some(c)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// Parts up to the end, or to the `,` or `}` of the braces we are in.
    fn sequence(&mut self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            if self.depth > 0 && matches!(c, ',' | '}') {
                break;
            }
            self.at += 1;
            parts.push(self.part(c)?);
        }
        Some(parts)
    }

    fn part(&mut self, c: char) -> Option<Part> {
        let gobwas = self.flavour == Flavour::Gobwas;
        match c {
            '\\' => self.next().map(Part::Char),
            '?' => Some(Part::One),
            '*' if gobwas && self.peek() == Some('*') => {
                self.at += 1;
                Some(Part::Everything)
            }
            '*' => Some(Part::Run),
            '[' => self.class(),
            '{' if gobwas => self.choices(),
            c => Some(Part::Char(c)),
        }
    }

    fn class(&mut self) -> Option<Part> {
        let mark = if self.flavour == Flavour::Gobwas {
            '!'
        } else {
            '^'
        };
        let not = self.peek() == Some(mark);
        self.at += usize::from(not);
        let mut ranges = Vec::new();
        loop {
            let low = match self.next()? {
                ']' if !ranges.is_empty() => return Some(Part::Class { not, ranges }),
                '\\' => self.next()?,
                c => c,
            };
            let mut high = low;
            if self.peek() == Some('-') {
                self.at += 1;
                high = self.next().filter(|c| *c != ']')?;
            }
            ranges.push((low, high));
        }
    }

    fn choices(&mut self) -> Option<Part> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let mut choices = Vec::new();
        loop {
            choices.push(self.sequence()?);
            match self.next()? {
                ',' => {}
                _ => break,
            }
        }
        self.depth -= 1;
        Some(Part::Either(choices))
    }
}

/// A gobwas pattern without a separator, as Argo CD matches most names.
pub fn matches(pattern: &str, text: &str) -> bool {
    pattern == "*" || Glob::gobwas(pattern, None).is_some_and(|glob| glob.matches(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gobwas_patterns_match_as_in_go() {
        for (pattern, text, expected) in [
            ("a/*", "a/b", true),
            ("a/*", "a/b/c", false),
            ("a/**", "a/b/c", true),
            ("a**", "a/b", true),
            ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b", true),
            ("{a/**/b,c}", "a/b", true),
            ("a/**/b", "a/", false),
            ("a/*/b", "a/b", false),
            ("{a,b*}c", "bxc", true),
            ("{a,b*}c", "xc", false),
            ("[a-c]?", "b1", true),
            ("[!a-c]?", "b1", false),
            ("\\*", "*", true),
            ("\\*", "x", false),
            ("{a", "{a", false),
            ("[a", "[a", false),
            ("", "", true),
        ] {
            let found = Glob::gobwas(pattern, Some('/')).is_some_and(|glob| glob.matches(text));
            assert_eq!(found, expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn file_path_patterns_have_no_braces() {
        let matches = |pattern: &str, text: &str| {
            Glob::file_path(pattern).is_some_and(|glob| glob.matches(text))
        };
        assert!(matches("*", "Deployment") && matches("team1-*", "team1-a"));
        assert!(matches("[^A]*", "Deployment") && !matches("[^D]*", "Deployment"));
        assert!(matches("{a,b}", "{a,b}") && !matches("{a,b}", "a"));
    }

    #[test]
    fn hostile_patterns_end() {
        let pattern = "*a".repeat(200);
        assert!(
            !Glob::gobwas(&pattern, None)
                .unwrap()
                .matches(&"a".repeat(150))
        );
        assert!(Glob::gobwas(&"{".repeat(10_000), None).is_none());
    }
}
