//! Selectors over labels, as `kubectl -l` takes them.
//!
//! Comes in: a text such as `app=web,tier in (front,back),!canary`. Goes out: a selector that says of
//! labels whether they fit. Source: Kubernetes 0.19.8, apimachinery/pkg/labels/selector.go, the copy
//! in kyaml 0.21.

mod parse;
mod token;
mod valid;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Why a text is no selector.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LabelSelectorError {
    /// Something else was expected.
    #[error("unable to parse requirement: found '{found}', expected: {expected}")]
    Unexpected {
        /// What stands there; nothing at the end.
        found: String,
        /// What should.
        expected: &'static str,
    },
    /// A key is no label.
    #[error("invalid label key {key:?}: {problem}")]
    Key {
        /// The key.
        key: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A value is no label value.
    #[error("invalid label value {value:?} at key {key:?}: {problem}")]
    Value {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// `>` and `<` compare numbers.
    #[error("for 'Gt', 'Lt' operators, the value must be an integer, found {0:?}")]
    NoNumber(String),
}

/// Labels or annotations.
pub type Labels = BTreeMap<Arc<str>, Arc<str>>;

/// Requirements, all of which have to hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LabelSelector {
    requirements: Vec<Requirement>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Test {
    Exists,
    Missing,
    In(BTreeSet<String>),
    NotIn(BTreeSet<String>),
    Above(i64),
    Below(i64),
}

impl LabelSelector {
    /// Reads a selector. An empty one fits everything.
    pub fn parse(text: &str) -> Result<Self, LabelSelectorError> {
        parse::parse(text).map(|requirements| Self { requirements })
    }

    /// Does it fit everything?
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Does it fit these labels?
    pub fn matches(&self, labels: &Labels) -> bool {
        self.requirements.iter().all(|one| one.matches(labels))
    }
}

impl Requirement {
    fn matches(&self, labels: &Labels) -> bool {
        let value = labels.get(self.key.as_str()).map(AsRef::as_ref);
        let number = || value.and_then(|value: &str| value.parse::<i64>().ok());
        match &self.test {
            Test::Exists => value.is_some(),
            Test::Missing => value.is_none(),
            Test::In(values) => value.is_some_and(|value| values.contains(value)),
            Test::NotIn(values) => value.is_none_or(|value| !values.contains(value)),
            Test::Above(least) => number().is_some_and(|number| number > *least),
            Test::Below(most) => number().is_some_and(|number| number < *most),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_fit_labels() {
        let labels = [("app", "web"), ("n", "5"), ("x.org/a", "")];
        let labels: Labels = labels.map(|(key, value)| (key.into(), value.into())).into();
        for (selector, fits) in [
            ("", true),
            (" ", true),
            ("app", true),
            ("!app", false),
            ("nope", false),
            ("!nope", true),
            ("! nope", true),
            ("app=web", true),
            ("app == web", true),
            ("app!=web", false),
            ("nope!=web", true),
            ("app=", false),
            ("x.org/a=", true),
            ("x.org/a=,app", true),
            ("app in (web)", true),
            ("app in (a,web,b)", true),
            ("app in (a,b)", false),
            ("app notin (a,b)", true),
            ("nope in ()", false),
            ("x.org/a in ()", true),
            ("x.org/a in (,b)", true),
            ("x.org/a in (b,)", true),
            ("x.org/a in (b,,c)", true),
            ("app in (in, notin,web)", true),
            ("n>4", true),
            ("n < 5", false),
            ("n>-1", false),
            ("app>4", false),
            ("app=web,n=5,!nope", true),
            ("app=web,n=6", false),
            ("app=in", false),
        ] {
            match LabelSelector::parse(selector) {
                Ok(read) => assert_eq!(read.matches(&labels), fits, "{selector}"),
                // A sign is no start of a label value.
                Err(error) => assert_eq!(selector, "n>-1", "{error}"),
            }
        }
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for (selector, part) in [
            ("a=b,", "identifier after ','"),
            (",a=b", "!, identifier, or 'end of string'"),
            ("a b", "expected: '=', '!='"),
            ("a in b", "expected: '('"),
            ("a in (b", "expected: ',' or ')'"),
            ("a in (b c)", "expected: ',' or ')'"),
            ("a=(b)", "expected: identifier"),
            ("a=b c", "',' or 'end of string'"),
            ("!", "expected: identifier"),
            ("!a=b,c", "expected:"),
            ("a>b", "must be an integer"),
            ("_a=b", "invalid label key"),
            ("a/b/c", "invalid label key"),
            ("A/b", ""),
            ("/b", "invalid label key"),
            ("a=b*", "invalid label value"),
            ("a in (ok,-no)", "invalid label value"),
        ] {
            let error = LabelSelector::parse(selector).map_err(|error| error.to_string());
            match (part, error) {
                ("", error) => assert!(error.is_err(), "{selector}"),
                // Upstream does not look at what follows a negation.
                (_, Ok(_)) => assert_eq!(selector, "!a=b,c"),
                (part, Err(error)) => assert!(error.contains(part), "{selector}: {error}"),
            }
        }
        let long = format!("{}=b", "a".repeat(64));
        assert!(LabelSelector::parse(&long).is_err());
        assert!(LabelSelector::parse(&long[1..]).is_ok());
    }
}
