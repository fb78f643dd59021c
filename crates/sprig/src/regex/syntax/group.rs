//! Groups: captures, and flags that hold until a group ends.

use super::{SyntaxError, Translator};

/// A group that is open.
#[derive(Default)]
pub(super) struct Group {
    /// How many repetitions nest in the last item, multiplied; none if there is nothing to repeat.
    pub last: Option<u32>,
    /// The most of any item.
    most: u32,
    /// Flags that were read and hold from the next item on: a repetition in between is still one
    /// of the item before them.
    pending: String,
    /// Do repetitions take as little as they can? As read, and as the engine knows by now.
    ungreedy: bool,
    known_ungreedy: bool,
}

impl Group {
    /// Notes an item in which so many repetitions nest.
    pub fn add(&mut self, repetitions: u32) {
        self.last = Some(repetitions);
        self.most = self.most.max(repetitions);
    }

    /// Has the engine to be told the opposite of a repetition's greed?
    pub fn turns_greed(&self) -> bool {
        self.ungreedy != self.known_ungreedy
    }

    fn inner(&self) -> Self {
        Self {
            ungreedy: self.ungreedy,
            known_ungreedy: self.ungreedy,
            ..Self::default()
        }
    }
}

impl<'a> Translator<'a> {
    /// `(`, `(?:`, `(?P<name>`, `(?<name>`, `(?i)` or `(?i:`.
    pub(super) fn open(&mut self) -> Result<(), SyntaxError> {
        let rest = self.rest;
        let Some(special) = rest.strip_prefix("(?") else {
            self.rest = &rest[1..];
            self.capture(None);
            return Ok(());
        };
        let named = special
            .strip_prefix("P<")
            .or_else(|| special.strip_prefix('<'));
        match named {
            Some(name) if !name.is_empty() => self.open_named(name),
            _ => self.open_flags(special),
        }
    }

    pub(super) fn close(&mut self) -> Result<(), SyntaxError> {
        if self.groups.len() == 1 {
            return Err(SyntaxError::new("unexpected )", self.whole));
        }
        let closed = self.groups.pop().unwrap_or_default();
        self.pattern.push(')');
        self.rest = &self.rest[1..];
        self.group().add(closed.most.max(1));
        Ok(())
    }

    fn open_named(&mut self, after: &'a str) -> Result<(), SyntaxError> {
        const INVALID: &str = "invalid named capture";
        let (name, rest) = after
            .split_once('>')
            .ok_or_else(|| SyntaxError::new(INVALID, self.rest))?;
        let valid = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(valid) {
            let capture = &self.rest[..self.rest.len() - rest.len()];
            return Err(SyntaxError::new(INVALID, capture));
        }
        self.rest = rest;
        self.capture(Some(name));
        Ok(())
    }

    /// The engine never learns of names: it would not have all that RE2 allows.
    fn capture(&mut self, name: Option<&str>) {
        self.names.push(name.map(str::to_owned));
        self.write_flags();
        self.pattern.push('(');
        let inner = self.group().inner();
        self.groups.push(inner);
    }

    /// Flags for the rest of the group, or for a group of their own.
    fn open_flags(&mut self, special: &'a str) -> Result<(), SyntaxError> {
        let mut flags = Vec::new();
        let (mut on, mut seen) = (true, false);
        for (at, c) in special.char_indices() {
            let rest = &special[at + c.len_utf8()..];
            match c {
                'i' | 'm' | 's' | 'U' => {
                    flags.retain(|(flag, _)| *flag != c);
                    flags.push((c, on));
                    seen = true;
                }
                '-' if on => (on, seen) = (false, false),
                ':' | ')' if on || seen => {
                    self.rest = rest;
                    self.set_flags(&flags, c == ':');
                    return Ok(());
                }
                _ => {
                    let part = &self.rest[..self.rest.len() - rest.len()];
                    return Err(SyntaxError::new(UNSUPPORTED, part));
                }
            }
        }
        Err(SyntaxError::new(UNSUPPORTED, self.rest))
    }

    fn set_flags(&mut self, flags: &[(char, bool)], group: bool) {
        let chosen = |wanted: bool| flags.iter().filter(move |(_, on)| *on == wanted);
        let letters = |wanted| chosen(wanted).map(|(flag, _)| *flag).collect::<String>();
        let (on, off) = (letters(true), letters(false));
        let minus = if off.is_empty() { "" } else { "-" };
        let ungreedy = flags
            .iter()
            .find(|(flag, _)| *flag == 'U')
            .map(|(_, on)| *on);
        if group {
            self.write_flags();
            self.pattern.push_str(&format!("(?{on}{minus}{off}:"));
            let mut inner = self.group().inner();
            inner.ungreedy = ungreedy.unwrap_or(inner.ungreedy);
            inner.known_ungreedy = inner.ungreedy;
            self.groups.push(inner);
        } else if !flags.is_empty() {
            let outer = self.group();
            outer.pending.push_str(&format!("(?{on}{minus}{off})"));
            outer.ungreedy = ungreedy.unwrap_or(outer.ungreedy);
        }
    }

    /// Tells the engine of flags, before an item they hold for.
    pub(super) fn write_flags(&mut self) {
        let group = self.group();
        group.known_ungreedy = group.ungreedy;
        let pending = std::mem::take(&mut group.pending);
        self.pattern.push_str(&pending);
    }
}

const UNSUPPORTED: &str = "invalid or unsupported Perl syntax";
