//! Regular expressions as Go reads them.
//!
//! Comes in: a pattern somebody wrote for Kustomize. Goes out: a regex that matches what Go's RE2
//! matches. The syntax is nearly that of the `regex` crate; the differences are translated: `\w`, `\d`,
//! `\s` and `\b` know only ASCII, `\Q...\E` quotes, `a{,2}` is text, `[[a]` is a class with a bracket
//! in it, and what Go does not have (`a++`, `(?x)`, `[a&&b]`) is refused or text. Source: Go 1.25,
//! regexp/syntax/parse.go.

mod class;
mod escape;
mod translate;

use regex::{Regex, RegexBuilder};

/// The longest pattern, in bytes.
pub const LONGEST: usize = 16 << 10;

/// How deep groups may nest.
const DEEPEST: u32 = 250;

/// Why a pattern is no regular expression.
#[derive(Clone, Debug, thiserror::Error)]
pub enum PatternError {
    /// Go does not read it.
    #[error("error parsing regexp: {problem}: `{part}`")]
    Syntax {
        /// What is wrong.
        problem: &'static str,
        /// With which part.
        part: String,
    },
    /// It is longer than any pattern needs to be.
    #[error("error parsing regexp: the pattern has more than {LONGEST} bytes")]
    TooLong,
    /// Neither form of it can be compiled.
    #[error("error parsing regexp: `{pattern}`")]
    Compile {
        /// The pattern, as written.
        pattern: String,
        /// What is wrong with it.
        #[source]
        source: regex::Error,
    },
}

/// Compiles a pattern.
pub fn compile(pattern: &str) -> Result<Regex, PatternError> {
    if pattern.len() > LONGEST {
        return Err(PatternError::TooLong);
    }
    let translated = translate::translate(pattern)?;
    let compiled = RegexBuilder::new(&translated).nest_limit(DEEPEST).build();
    compiled.map_err(|source| PatternError::Compile {
        pattern: pattern.to_owned(),
        source,
    })
}

/// Compiles a pattern that has to match the whole text.
pub fn compile_whole(pattern: &str) -> Result<Regex, PatternError> {
    compile(&format!("^(?:{pattern})$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_what_they_match_in_go() {
        for (pattern, text, replaced) in [
            (r"\w+", "héllo wörld", "XéX XöX"),
            (r"\d+", "\u{661}\u{662} 12", "\u{661}\u{662} X"),
            (r"\s", "a\u{a0}b c", "a\u{a0}bXc"),
            (r"[\w\s]+", "é a\u{a0}_", "éX\u{a0}X"),
            (r"[^\D5]", "a15", "aX5"),
            (r"\bfoo\b", "éfoo foo", "éX X"),
            (r"o\B", "foo", "fXo"),
            (r"(?i)k", "K\u{212a}", "XX"),
            (r"[[:alpha:]]+", "aé1", "Xé1"),
            (r"[[:^alpha:]-]+", "a1-", "aX"),
            (r"\pL+", "aé1", "X1"),
            (r"\p{^L}+", "aé1", "aéX"),
            (r"[\PL]+", "aé1", "aéX"),
            (r"a{,2}", "a{,2}aa", "Xaa"),
            (r"a{2", "aa{2", "aX"),
            (r"a{1,2}", "aaa", "XX"),
            (r"\Qa.b\E+", "a.bb aXb", "X aXb"),
            (r"\Qa.", "a.b", "Xb"),
            (r"[[]", "a[", "aX"),
            (r"[a&&b]+", "a&b", "X"),
            (r"[a-]+", "-a", "X"),
            (r"[]a]+", "]a", "X"),
            (r"[^]a]+", "b]a", "X]a"),
            (r"[a-c-e]+", "abc-ed", "Xd"),
            (r"\<\_\ ", "<_ ", "X"),
            (r"\x{263a}\x41\101\0", "\u{263a}AA\0", "X"),
            (r"}]", "}]", "X"),
            (r"(?P<n>a)(?<m>b)", "ab", "X"),
            (r"(?s:.)(?-i)(?)", "\n", "X"),
            ("^$", "", "X"),
        ] {
            let regex = compile(pattern).unwrap();
            assert_eq!(regex.replace_all(text, "X"), replaced, "{pattern}");
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for pattern in [
            "(",
            ")",
            "[a",
            "a**",
            "a++",
            "a{2}{3}",
            "a??+",
            r"\C",
            r"\1",
            r"\q",
            r"\é",
            r"\Z",
            r"\u{41}",
            "(?x)a",
            "(?=a)",
            "(?P=n)",
            "[b-a]",
            "a{1001}",
            "a{2,1}",
            "[[:nope:]]",
            r"[\b]",
            r"\x{}",
            r"\",
            "*a",
            r"\p{Nope}",
            "(?-)",
            "(?P<a b>x)",
        ] {
            assert!(compile(pattern).is_err(), "{pattern}");
        }
        assert!(compile(&"a".repeat(LONGEST + 1)).is_err());
        assert!(compile(&"(".repeat(LONGEST)).is_err());
    }
}
