//! Version ranges as Helm and Argo CD read them: `1.2.*`, `^1.2`, `>=1.0 <2.0 || 3.x`, `1 - 2`.
//!
//! Comes in: the text of a target revision. Goes out: a test for versions. The rules, with their odd
//! corners (a missing part counts as `*`, prereleases only where one is named), are those of
//! Masterminds/semver.

use crate::version::{Version, compare_prereleases};

/// Alternatives; each is a list of conditions that must all hold.
#[derive(Clone, Debug)]
pub(crate) struct VersionRange(Vec<Vec<Condition>>);

#[derive(Clone, Debug)]
struct Condition {
    operator: Operator,
    version: Version,
    /// Which part was left open: `1` and `1.x` leave the minor open, `1.2` the patch.
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    Nothing,
    Patch,
    Minor,
    Major,
}

impl VersionRange {
    /// Reads a range; none if the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let alternatives = text.split("||").map(alternative);
        alternatives.collect::<Option<Vec<_>>>().map(Self)
    }

    /// Does a version lie in the range?
    pub fn admits(&self, version: &Version) -> bool {
        self.0.iter().any(|conditions| {
            let prereleases = conditions
                .iter()
                .any(|condition| !condition.version.pre.is_empty());
            (version.pre.is_empty() || prereleases)
                && conditions.iter().all(|condition| condition.holds(version))
        })
    }
}

impl Condition {
    fn holds(&self, version: &Version) -> bool {
        match self.operator {
            Operator::Equal if self.open != Open::Nothing => self.tilde(version),
            Operator::Equal => version.cmp(&self.version).is_eq(),
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
            Open::Nothing => version.cmp(wanted).is_ne(),
            _ if version.major != wanted.major => true,
            Open::Minor => false,
            _ if version.minor != wanted.minor => true,
            Open::Major => version.cmp(wanted).is_ne(),
            Open::Patch => compare_prereleases(&version.pre, &wanted.pre).is_ne(),
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
        if self.open == Open::Major {
            // `^*` leaves everything open; the library admits what a bare 0.0.0 would.
            return (version.major, version.minor, version.patch) == (0, 0, 0);
        }
        if version.major > 0 {
            return false;
        }
        if wanted.minor > 0 || self.open == Open::Patch {
            return version.minor == wanted.minor;
        }
        version.minor == 0 && version.patch == wanted.patch
    }
}

/// Conditions joined by spaces or commas.
fn alternative(text: &str) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (operator, after) = operator(rest);
        let after = after.trim_start();
        let end = after
            .find(|c: char| c.is_whitespace() || c == ',')
            .unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        conditions.push(condition(operator, word)?);
        let mut after = after.trim_start();
        if let Some((upper, rest)) = upper_bound(operator, after) {
            conditions.last_mut()?.operator = Operator::GreaterEqual;
            conditions.push(condition(Operator::LessEqual, upper)?);
            after = rest.trim_start();
        }
        rest = after.strip_prefix(',').map_or(after, str::trim_start);
        if rest.is_empty() && after.starts_with(',') {
            return None;
        }
    }
    (!conditions.is_empty()).then_some(conditions)
}

/// The second half of `1.0 - 2.0`.
fn upper_bound(operator: Operator, rest: &str) -> Option<(&str, &str)> {
    let after = rest.strip_prefix('-')?;
    let word = after.trim_start();
    if operator != Operator::Equal || word.len() == after.len() {
        return None;
    }
    let end = word
        .find(|c: char| c.is_whitespace() || c == ',')
        .unwrap_or(word.len());
    Some(word.split_at(end))
}

fn operator(text: &str) -> (Operator, &str) {
    const OPERATORS: [(&str, Operator); 11] = [
        ("!=", Operator::NotEqual),
        (">=", Operator::GreaterEqual),
        ("=>", Operator::GreaterEqual),
        ("<=", Operator::LessEqual),
        ("=<", Operator::LessEqual),
        ("~>", Operator::Tilde),
        ("=", Operator::Equal),
        (">", Operator::Greater),
        ("<", Operator::Less),
        ("~", Operator::Tilde),
        ("^", Operator::Caret),
    ];
    OPERATORS
        .iter()
        .find_map(|(sign, operator)| Some((*operator, text.strip_prefix(sign)?)))
        .unwrap_or((Operator::Equal, text))
}

fn condition(operator: Operator, word: &str) -> Option<Condition> {
    let bare = word.strip_prefix('v').unwrap_or(word);
    let end = bare.find(['-', '+']).unwrap_or(bare.len());
    let (numbers, tail) = bare.split_at(end);
    let parts: Vec<&str> = numbers.split('.').collect();
    let well_formed = |part: &&str| {
        is_any(part) || (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    if parts.len() > 3 || !parts.iter().all(well_formed) {
        return None;
    }
    let (open, numbers) = match parts
        .iter()
        .position(|part| is_any(part))
        .unwrap_or(parts.len())
    {
        0 => (Open::Major, "0.0.0".to_owned()),
        1 => (Open::Minor, format!("{}.0.0", parts[0])),
        2 => (Open::Patch, format!("{}.{}.0", parts[0], parts[1])),
        _ => (Open::Nothing, numbers.to_owned()),
    };
    let version = Version::parse(&format!("{numbers}{tail}"))?;
    Some(Condition {
        operator,
        version,
        open,
    })
}

fn is_any(part: &str) -> bool {
    matches!(part, "*" | "x" | "X")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(range: &str, version: &str) -> bool {
        let range = VersionRange::parse(range).unwrap_or_else(|| panic!("{range}"));
        range.admits(&Version::parse(version).unwrap())
    }

    /// Rows of Masterminds/semver's own tests: range, version, verdict.
    #[test]
    fn verdicts_are_those_of_the_library() {
        for (range, version, expected) in [
            ("=2.0.0", "1.2.3", false),
            ("=2.0.0", "2.0.0", true),
            ("=2.0", "2.0.1", true),
            ("4.1", "4.1.0", true),
            ("2", "2.1.1", true),
            ("2.1", "2.2.1", false),
            ("!=4.1.0", "4.1.0", false),
            ("!=4.1", "4.1.0", false),
            ("!=4.1", "5.1.0", true),
            ("!=4.x", "5.1.0", true),
            ("!=4.x", "4.1.0", false),
            ("<11", "0.1.0", true),
            ("<11", "11.1.0", false),
            ("<1.1", "1.1.1", false),
            (">11", "11.1.0", false),
            (">11", "12.1.0", true),
            (">11.1", "11.1.1", false),
            (">11.1", "11.2.1", true),
            (">=11", "11.1.2", true),
            (">=11.1", "11.0.2", false),
            ("<=11", "11.1.0", true),
            ("<=11", "12.2.0", false),
            ("<=1.1", "1.1.1", true),
            ("<=1.1", "1.2.500", false),
            ("<=0.1-a", "0.1.0", true),
            ("~1.2.3", "1.2.4", true),
            ("~1.2.3", "1.3.4", false),
            ("~1.1", "1.1.1", true),
            ("~1", "1.2.1", true),
            ("~1.x", "2.1.1", false),
            ("~0.0.0", "1.2.3", true),
            ("~0.0.1", "0.1.1", false),
            ("*", "1.2.3", true),
            ("*", "4.5.6-alpha.1", false),
            ("*-0", "4.5.6-alpha.1", true),
            ("1.x", "1.9.0", true),
            ("^1.2.3", "1.8.9", true),
            ("^1.2.3", "2.8.9", false),
            ("^1.1", "1.1.1", true),
            ("^0.2.3", "0.2.5", true),
            ("^0.2.3", "0.5.6", false),
            ("^0.2", "0.2.5", true),
            ("^0.0.3", "0.0.3", true),
            ("^0.0.3", "0.0.4", false),
            ("^0.0", "0.0.3", true),
            ("^0.0", "0.1.4", false),
            ("^0", "0.2.3", true),
            ("^0", "1.1.4", false),
            ("^1.2.0-alpha.1", "1.2.0-alpha.2", true),
            ("^0.2.3-beta.2", "0.2.4-beta.2", true),
            (">1.1, <2", "1.1.1", false),
            (">1.1, <2", "1.2.1", true),
            (">=0, <2 || > 3", "4.2.3", true),
            (">=0, <2 || > 3", "3.0.0", false),
            (">=2.0 <2.5", "2.4.9", true),
            (">= 1.1, <2, !=1.2.3", "1.2.3", false),
            ("1.1 - 2", "1.1.1", true),
            ("1.5.0 - 4.5", "3.7.0", true),
            ("1.1-3", "4.3.2", false),
            ("1.0.0 - 2.0.0, <=2.0.0", "1.5.0", true),
            (">=1.0.0-0 <2.0.0", "1.5.0-rc.1", true),
            (">=v2.9.0 <2.10.4", "2.10.3", true),
            ("=>1.0", "1.1.0", true),
        ] {
            assert_eq!(admits(range, version), expected, "{range} {version}");
        }
    }

    #[test]
    fn other_texts_are_no_ranges() {
        for text in [
            "main",
            "",
            "release-1.2",
            "1.2.3.4",
            "a || b",
            ">=",
            "1.x.y",
            "1,",
            "feat/*",
        ] {
            assert!(VersionRange::parse(text).is_none(), "{text}");
        }
    }
}
