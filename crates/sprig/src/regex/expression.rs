//! A compiled expression, and Go's way of going from match to match.

use super::expand::Name;
use super::syntax::{self, SyntaxError};
use crate::bounds::check_items;
use crate::runes;
use gotemplate::FunctionError;
use regex::bytes::{Captures, Regex, RegexBuilder};
use std::ops::Range;

/// What a compiled expression may take, in bytes.
const LARGEST: usize = 10 << 20;

/// A compiled expression.
pub(super) struct Expression {
    regex: Regex,
    /// The names of the groups, from the first on.
    names: Vec<Option<String>>,
    /// Whether it could match nothing inside of a character: the engine goes by bytes there.
    by_bytes: bool,
}

impl Expression {
    /// Compiles an expression in RE2's syntax.
    pub fn compile(source: &[u8]) -> Result<Self, SyntaxError> {
        let translated = syntax::translate(source)?;
        let regex = RegexBuilder::new(&translated.pattern)
            .size_limit(LARGEST)
            .build();
        let too_large = |_| SyntaxError::new("expression too large", source);
        Ok(Self {
            regex: regex.map_err(too_large)?,
            names: translated.names,
            by_bytes: translated.pattern.contains(r"\B"),
        })
    }

    pub fn is_match(&self, source: &[u8]) -> bool {
        match self.by_bytes {
            true => self.find_at(source, 0).is_some(),
            false => self.regex.is_match(source),
        }
    }

    /// The first match from a place on.
    pub fn find_at(&self, source: &[u8], from: usize) -> Option<Range<usize>> {
        let mut found = self.regex.find_at(source, from)?.range();
        while self.is_inside(source, &found) {
            found = self.regex.find_at(source, found.start + 1)?.range();
        }
        Some(found)
    }

    fn captures_at<'s>(&self, source: &'s [u8], from: usize) -> Option<Captures<'s>> {
        let from = match self.by_bytes {
            true => self.find_at(source, from)?.start,
            false => from,
        };
        self.regex.captures_at(source, from)
    }

    fn is_inside(&self, source: &[u8], found: &Range<usize>) -> bool {
        let continues = |byte: &u8| (0x80..0xc0).contains(byte);
        self.by_bytes && found.is_empty() && source.get(found.start).is_some_and(continues)
    }

    /// All matches, but no more than so many. An empty one right behind another does not count.
    pub fn find_all(&self, source: &[u8], most: usize) -> Result<Vec<Range<usize>>, FunctionError> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let (mut at, mut previous_end) = (0, None);
        while places.len() < most && at <= source.len() {
            let Some(place) = self.find_at(source, at) else {
                break;
            };
            let repeated = place.end == at && Some(place.start) == previous_end;
            previous_end = Some(place.end);
            at = match place.end == at {
                true => at + runes::width(&source[at..]).max(1),
                false => place.end,
            };
            if !repeated {
                check_items(places.len())?;
                places.push(place);
            }
        }
        Ok(places)
    }

    /// The source with every match replaced by what a function writes for its groups.
    pub fn replace_all(
        &self,
        source: &[u8],
        mut write: impl FnMut(&mut Vec<u8>, &Captures<'_>) -> Result<(), FunctionError>,
    ) -> Result<Vec<u8>, FunctionError> {
        let mut walk = Walk::new(source);
        while let Some(captures) = walk.next(|at| self.captures_at(source, at)) {
            let place = captures.get(0).map_or(0..0, |whole| whole.range());
            if walk.pass(&place) {
                write(&mut walk.out, &captures)?;
            }
        }
        Ok(walk.finish())
    }

    /// The same where groups do not matter.
    pub fn replace_places(
        &self,
        source: &[u8],
        mut write: impl FnMut(&mut Vec<u8>) -> Result<(), FunctionError>,
    ) -> Result<Vec<u8>, FunctionError> {
        let mut walk = Walk::new(source);
        while let Some(place) = walk.next(|at| self.find_at(source, at)) {
            if walk.pass(&place) {
                write(&mut walk.out)?;
            }
        }
        Ok(walk.finish())
    }

    /// What a group matched, by its number or name; of groups with the same name, the first that
    /// matched.
    pub fn group<'s>(&self, captures: &Captures<'s>, name: Name<'_>) -> &'s [u8] {
        let matched = |number: usize| captures.get(number).map(|found| found.as_bytes());
        let found = match name {
            Name::Number(number) => matched(number),
            Name::Text(text) => {
                let named = |(_, name): &(usize, &Option<String>)| name.as_deref() == Some(text);
                let mut groups = self.names.iter().enumerate().filter(named);
                groups.find_map(|(at, _)| matched(at + 1))
            }
        };
        found.unwrap_or_default()
    }
}

/// A walk over matches that are replaced.
struct Walk<'a> {
    source: &'a [u8],
    out: Vec<u8>,
    at: usize,
    last_end: usize,
}

impl<'a> Walk<'a> {
    fn new(source: &'a [u8]) -> Self {
        Self {
            source,
            out: Vec::with_capacity(source.len()),
            at: 0,
            last_end: 0,
        }
    }

    fn next<T>(&self, find: impl FnOnce(usize) -> Option<T>) -> Option<T> {
        (self.at <= self.source.len()).then(|| find(self.at))?
    }

    /// Copies what lies before a match and goes behind it. Is it to be replaced?
    fn pass(&mut self, place: &Range<usize>) -> bool {
        self.out
            .extend_from_slice(&self.source[self.last_end..place.start]);
        let counts = place.end > self.last_end || place.start == 0;
        self.last_end = place.end;
        let width = runes::width(&self.source[self.at..]).max(1);
        self.at = place.end.max(self.at + width);
        counts
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.extend_from_slice(&self.source[self.last_end..]);
        self.out
    }
}
