//! What does not pass.

use std::collections::BTreeMap;

/// The reason by the name of the case.
pub struct Exceptions(BTreeMap<&'static str, &'static str>);

impl Exceptions {
    /// Reads them.
    pub fn read() -> Self {
        let lines = include_str!("exceptions.txt").lines();
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("# "));
        let pairs = lines.map(|line| line.split_once(": ").expect("`NAME: REASON`"));
        Self(pairs.collect())
    }

    /// Whether a case passes, or may fail; else what is wrong.
    pub fn judge(&self, name: &str, played: Result<(), String>) -> Result<bool, String> {
        match (played, self.0.contains_key(name)) {
            (Ok(()), false) => Ok(true),
            (Err(_), true) => Ok(false),
            (Ok(()), true) => Err(format!("{name} passes: it is no exception any more")),
            (Err(why), false) => Err(format!("{name}: {why}")),
        }
    }
}
