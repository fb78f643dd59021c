//! Matching, by trying one way after the other.
//!
//! Comes in: a text, a pattern and a place. Goes out: where a match ends. Each step is counted, and
//! how deep one part waits for another is bounded.

use super::item::Items;
use super::{Capture, ESCAPE, PatternError};

const MOST_CAPTURES: usize = 32;
/// Parts of a pattern that wait for one another; each waits on the stack.
const DEEPEST: usize = 200;

#[derive(Clone, Copy)]
struct Open {
    from: usize,
    length: Length,
}

#[derive(Clone, Copy, PartialEq)]
enum Length {
    Unfinished,
    Place,
    Bytes(usize),
}

/// A pattern on its way through a text.
pub struct Matcher<'a> {
    text: &'a [u8],
    pattern: Items<'a>,
    captures: Vec<Open>,
    depth: usize,
    steps: &'a mut u64,
}

type End = Result<Option<usize>, PatternError>;

impl<'a> Matcher<'a> {
    /// One that has not begun.
    pub fn new(text: &'a [u8], pattern: &'a [u8], steps: &'a mut u64) -> Self {
        Self {
            text,
            pattern: Items(pattern),
            captures: Vec::new(),
            depth: 0,
            steps,
        }
    }

    /// Forgets what an attempt captured.
    pub fn reset(&mut self) {
        self.captures.clear();
    }

    /// What was captured.
    pub fn captured(&self) -> Result<Vec<Capture>, PatternError> {
        let told = |open: &Open| match open.length {
            Length::Bytes(length) => Ok(Capture::Bytes(open.from, open.from + length)),
            Length::Place => Ok(Capture::Place(open.from)),
            Length::Unfinished => Err(PatternError::Malformed("unfinished capture")),
        };
        self.captures.iter().map(told).collect()
    }

    fn step(&mut self) -> Result<(), PatternError> {
        *self.steps = self
            .steps
            .checked_sub(1)
            .ok_or(PatternError::TooManySteps)?;
        Ok(())
    }

    fn is_single(&self, s: usize, p: usize, end: usize) -> bool {
        let c = self.text.get(s);
        c.is_some_and(|c| self.pattern.fits(*c, p, end))
    }

    /// Where a match of the pattern from `p` on ends that begins at `s`.
    pub fn rest(&mut self, s: usize, p: usize) -> End {
        if self.depth == DEEPEST {
            return Err(PatternError::TooComplex);
        }
        self.depth += 1;
        let end = self.each(s, p);
        self.depth -= 1;
        end
    }

    fn each(&mut self, mut s: usize, mut p: usize) -> End {
        loop {
            self.step()?;
            match self.pattern.at(p) {
                None => return Ok(Some(s)),
                Some(b'(') => return self.opens(s, p + 1),
                Some(b')') => return self.closes(s, p + 1),
                Some(b'$') if p + 1 == self.pattern.0.len() => {
                    return Ok((s == self.text.len()).then_some(s));
                }
                Some(ESCAPE) if self.pattern.at(p + 1) == Some(b'b') => {
                    match self.balanced(s, p + 2)? {
                        Some(end) => (s, p) = (end, p + 4),
                        None => return Ok(None),
                    }
                }
                Some(ESCAPE) if self.pattern.at(p + 1) == Some(b'f') => {
                    match self.frontier(s, p + 2)? {
                        Some(next) => p = next,
                        None => return Ok(None),
                    }
                }
                Some(ESCAPE) if self.pattern.at(p + 1).is_some_and(|c| c.is_ascii_digit()) => {
                    match self.again(s, p + 1)? {
                        Some(end) => (s, p) = (end, p + 2),
                        None => return Ok(None),
                    }
                }
                Some(_) => {
                    let end = self.pattern.end(p)?;
                    let single = self.is_single(s, p, end);
                    match self.pattern.at(end) {
                        Some(b'?') => return self.maybe(s, single, end),
                        Some(b'*') => return self.longest(s, p, end),
                        Some(b'+') if single => return self.longest(s + 1, p, end),
                        Some(b'+') => return Ok(None),
                        Some(b'-') => return self.shortest(s, p, end),
                        _ if single => (s, p) = (s + 1, end),
                        _ => return Ok(None),
                    }
                }
            }
        }
    }

    fn opens(&mut self, s: usize, p: usize) -> End {
        if self.captures.len() == MOST_CAPTURES {
            return Err(PatternError::TooManyCaptures);
        }
        let place = self.pattern.at(p) == Some(b')');
        let length = if place {
            Length::Place
        } else {
            Length::Unfinished
        };
        self.captures.push(Open { from: s, length });
        let level = self.captures.len();
        let end = self.rest(s, p + usize::from(place))?;
        if end.is_none() {
            self.captures.truncate(level - 1);
        }
        Ok(end)
    }

    fn closes(&mut self, s: usize, p: usize) -> End {
        let unfinished = |open: &Open| open.length == Length::Unfinished;
        let last = self.captures.iter().rposition(unfinished);
        let last = last.ok_or(PatternError::Malformed("invalid pattern capture"))?;
        self.captures[last].length = Length::Bytes(s - self.captures[last].from);
        let end = self.rest(s, p)?;
        if end.is_none() {
            self.captures[last].length = Length::Unfinished;
        }
        Ok(end)
    }

    fn balanced(&mut self, s: usize, p: usize) -> End {
        let (Some(begins), Some(ends)) = (self.pattern.at(p), self.pattern.at(p + 1)) else {
            return Err(PatternError::Malformed("unbalanced pattern"));
        };
        if self.text.get(s) != Some(&begins) {
            return Ok(None);
        }
        let mut depth = 1_usize;
        for at in s + 1..self.text.len() {
            self.step()?;
            if self.text[at] == ends {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(at + 1));
                }
            } else if self.text[at] == begins {
                depth += 1;
            }
        }
        Ok(None)
    }

    /// What follows a frontier in the pattern, if `s` stands at one.
    fn frontier(&mut self, s: usize, p: usize) -> End {
        if self.pattern.at(p) != Some(b'[') {
            return Err(PatternError::Malformed("missing '[' after '%f' in pattern"));
        }
        let end = self.pattern.end(p)?;
        let before = s.checked_sub(1).map_or(0, |before| self.text[before]);
        let here = self.text.get(s).copied().unwrap_or(0);
        let stands =
            !self.pattern.is_in_set(before, p, end) && self.pattern.is_in_set(here, p, end);
        Ok(stands.then_some(end))
    }

    /// The same bytes as an earlier capture.
    fn again(&mut self, s: usize, p: usize) -> End {
        let index = self
            .pattern
            .at(p)
            .map_or(0, |digit| usize::from(digit - b'0'));
        let open = index
            .checked_sub(1)
            .and_then(|index| self.captures.get(index));
        let Some(Open {
            from,
            length: Length::Bytes(length),
        }) = open.copied()
        else {
            return Err(PatternError::NoSuchCapture);
        };
        let same = self
            .text
            .get(s..s + length)
            .is_some_and(|here| *here == self.text[from..from + length]);
        Ok(same.then_some(s + length))
    }

    fn maybe(&mut self, s: usize, single: bool, end: usize) -> End {
        if single && let Some(found) = self.rest(s + 1, end + 1)? {
            return Ok(Some(found));
        }
        self.rest(s, end + 1)
    }

    fn longest(&mut self, s: usize, p: usize, end: usize) -> End {
        let mut last = s;
        while self.is_single(last, p, end) {
            self.step()?;
            last += 1;
        }
        for at in (s..=last).rev() {
            if let Some(found) = self.rest(at, end + 1)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn shortest(&mut self, mut s: usize, p: usize, end: usize) -> End {
        loop {
            if let Some(found) = self.rest(s, end + 1)? {
                return Ok(Some(found));
            }
            if !self.is_single(s, p, end) {
                return Ok(None);
            }
            s += 1;
        }
    }
}
