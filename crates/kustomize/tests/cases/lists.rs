//! What does not pass, and what we say in other words.

use crate::case::Case;
use std::collections::BTreeMap;

/// Both lists.
pub struct Lists {
    /// The reason by the name of the case.
    pub exceptions: BTreeMap<&'static str, &'static str>,
    /// Our phrase by the name of the case.
    pub phrases: BTreeMap<&'static str, &'static str>,
}

impl Lists {
    /// Reads them.
    pub fn read() -> Self {
        Self {
            exceptions: pairs(include_str!("exceptions.txt")),
            phrases: pairs(include_str!("phrases.txt")),
        }
    }

    /// Names that no case has.
    pub fn unknown(&self, cases: &[Case]) -> Vec<String> {
        let listed = self.exceptions.keys().chain(self.phrases.keys());
        let unknown = listed.filter(|name| cases.iter().all(|case| case.name != **name));
        unknown
            .map(|name| format!("{name} is listed, but no case has that name"))
            .collect()
    }
}

fn pairs(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines
        .map(|line| line.split_once(": ").expect("`NAME: TEXT`"))
        .collect()
}
