//! .helmignore: which files of a folder do not belong to the chart.
//!
//! Looks like .gitignore and is not: the first rule that speaks decides, `**` is refused, and a
//! rule with `!` ignores everything it does not match. Source: Helm 4.2, pkg/ignore/rules.go.

use crate::chart::LoadError;
use model::glob::Glob;

/// The rules of a chart, the one Helm always adds at the end.
pub(super) struct Rules(Vec<Rule>);

struct Rule {
    pattern: Pattern,
    negated: bool,
    only_folders: bool,
    /// Matches the whole path and not just the last part of it.
    whole_path: bool,
}

enum Pattern {
    Exact(String),
    /// `*` and then only characters that mean themselves.
    EndsWith(String),
    Glob(Glob),
}

impl Rules {
    /// Reads .helmignore; an empty text has no rules but Helm's own.
    pub fn parse(text: &str) -> Result<Self, LoadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().chain(["templates/.?*"]);
        let rules = lines.map(str::trim);
        let rules = rules.filter(|rule| !rule.is_empty() && !rule.starts_with('#'));
        rules.map(Rule::parse).collect::<Result<_, _>>().map(Self)
    }

    /// Does a file or folder not belong to the chart?
    pub fn ignore(&self, path: &str, is_folder: bool) -> bool {
        for rule in &self.0 {
            let speaks = match rule.negated {
                true => (rule.only_folders && !is_folder) || !rule.matches(path),
                false => (!rule.only_folders || is_folder) && rule.matches(path),
            };
            if speaks {
                return true;
            }
        }
        false
    }
}

impl Rule {
    fn parse(rule: &str) -> Result<Self, LoadError> {
        if rule.contains("**") {
            let problem = "double-star (**) syntax is not supported";
            return Err(LoadError::IgnoreRule(problem));
        }
        let bad = LoadError::IgnoreRule("syntax error in pattern");
        if Glob::file_path(rule).is_none() {
            return Err(bad);
        }
        let (negated, rule) = cut_prefix(rule, '!');
        let (only_folders, rule) = match rule.strip_suffix('/') {
            Some(rule) => (true, rule),
            None => (false, rule),
        };
        let (rooted, rule) = cut_prefix(rule, '/');
        Ok(Self {
            pattern: Pattern::parse(rule).ok_or(bad)?,
            negated,
            only_folders,
            whole_path: rooted || rule.contains('/'),
        })
    }

    fn matches(&self, path: &str) -> bool {
        match self.whole_path {
            true => self.pattern.matches(path),
            false => self
                .pattern
                .matches(path.rsplit('/').next().unwrap_or(path)),
        }
    }
}

fn cut_prefix(text: &str, prefix: char) -> (bool, &str) {
    match text.strip_prefix(prefix) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let plain = |text: &str| !text.contains(['*', '?', '[', '\\']);
        if plain(text) {
            return Some(Self::Exact(text.to_owned()));
        }
        match text.strip_prefix('*') {
            Some(end) if plain(end) => Some(Self::EndsWith(end.to_owned())),
            _ => Glob::file_path(text).map(Self::Glob),
        }
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(wanted) => wanted == text,
            Self::EndsWith(end) => text
                .strip_suffix(&**end)
                .is_some_and(|it| !it.contains('/')),
            Self::Glob(glob) => glob.matches(text),
        }
    }
}
