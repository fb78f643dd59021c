//! One condition of a range: an operator and the version it compares with.

use super::order::compare_prereleases;
use super::word::Word;
use super::{RangeError, Version};

/// A condition.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    operator: Operator,
    /// What it compares with; open parts are zero.
    pub version: Version,
    open: Open,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterEqual,
    LessEqual,
    Tilde,
    Caret,
}

/// Which part was left open: `1` and `1.x` leave the minor open, `1.2` the patch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    Nothing,
    Patch,
    Minor,
    Major,
}

impl Condition {
    /// The condition of an operator and a word.
    pub fn new(operator: &str, word: &Word<'_>) -> Result<Self, RangeError> {
        let (open, text) = close(word);
        let version = Version::parse(&text).map_err(|_| RangeError::Version)?;
        let operator = match operator {
            "!=" => Operator::NotEqual,
            ">" => Operator::Greater,
            "<" => Operator::Less,
            ">=" | "=>" => Operator::GreaterEqual,
            "<=" | "=<" => Operator::LessEqual,
            "~" | "~>" => Operator::Tilde,
            "^" => Operator::Caret,
            _ => Operator::Equal,
        };
        Ok(Self {
            operator,
            version,
            open,
        })
    }

    /// Does it hold for a version? Whether prereleases count at all is the range's matter.
    pub fn holds(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal if self.open != Open::Nothing => self.tilde(version),
            Operator::Equal => *version == self.version,
            Operator::NotEqual => self.not_equal(version),
            Operator::Greater => self.greater(version),
            Operator::Less => *version < self.version,
            Operator::GreaterEqual => *version >= self.version,
            Operator::LessEqual => self.less_equal(version),
            Operator::Tilde => self.tilde(version),
            Operator::Caret => self.caret(version),
        }
    }

    fn not_equal(&self, version: &Version) -> bool {
        let wanted = &self.version;
        match self.open {
            Open::Nothing => version != wanted,
            _ if version.major != wanted.major => true,
            Open::Minor => false,
            _ if version.minor != wanted.minor => true,
            Open::Major => version != wanted,
            Open::Patch => compare_prereleases(&version.prerelease, &wanted.prerelease).is_ne(),
        }
    }

    fn greater(&self, version: &Version) -> bool {
        let wanted = &self.version;
        match self.open {
            Open::Nothing => version > wanted,
            _ if version.major != wanted.major => version.major > wanted.major,
            Open::Minor => false,
            Open::Patch => version.minor > wanted.minor,
            Open::Major => version > wanted,
        }
    }

    fn less_equal(&self, version: &Version) -> bool {
        let wanted = &self.version;
        match self.open {
            Open::Nothing => version <= wanted,
            _ if version.major != wanted.major => version.major < wanted.major,
            Open::Minor => true,
            _ => version.minor <= wanted.minor,
        }
    }

    fn tilde(&self, version: &Version) -> bool {
        let wanted = &self.version;
        let zero = (wanted.major, wanted.minor, wanted.patch) == (0, 0, 0);
        let anything = zero && matches!(self.open, Open::Nothing | Open::Major);
        let same = version.major == wanted.major
            && (version.minor == wanted.minor || self.open == Open::Minor);
        version >= wanted && (anything || same)
    }

    fn caret(&self, version: &Version) -> bool {
        let wanted = &self.version;
        if version < wanted {
            return false;
        }
        if wanted.major > 0 || self.open == Open::Minor {
            return version.major == wanted.major;
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.open == Open::Patch {
            return version.minor == wanted.minor;
        }
        // `^*` is no exception: it admits what a bare 0.0.0 would.
        version.minor == 0 && version.patch == wanted.patch
    }
}

/// What a word leaves open, and the version it is with zeros there. An open version keeps its
/// prerelease and loses its metadata.
fn close(word: &Word<'_>) -> (Open, String) {
    let (major, tail) = (word.major, word.prerelease);
    let given = |part: Option<&'_ str>| part.is_some_and(|part| !is_any(part));
    if is_any(major) {
        return (Open::Major, format!("0.0.0{tail}"));
    }
    if !given(word.minor) {
        return (Open::Minor, format!("{major}.0.0{tail}"));
    }
    if !given(word.patch) {
        let minor = word.minor.unwrap_or_default();
        return (Open::Patch, format!("{major}.{minor}.0{tail}"));
    }
    (Open::Nothing, word.text.to_owned())
}

fn is_any(part: &str) -> bool {
    matches!(part, "*" | "x" | "X")
}
