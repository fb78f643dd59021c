//! What users say of kinds, and which of it counts for an object.
//!
//! Comes in: what the settings say by group and kind, wildcards among them, and an object. Goes
//! out: its health script: that of its very kind, or else that of a wildcard. Actions know no
//! wildcards. Where several wildcards match Argo CD takes any; here the one counts that leaves the
//! least open, of equal ones the first.
//! Source: Argo CD 3.5: util/lua/lua.go (GetHealthScript, GetResourceActionDiscovery).

use model::glob::Glob;
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

/// What users say of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rule {
    /// `group/Kind`, or `Kind` of the core group; `*` and the like stand for anything.
    pub kind: String,
    /// The health check; empty for none.
    pub health: String,
    /// Whether the health check gets the whole standard library.
    pub open_libraries: bool,
    /// Its actions.
    pub actions: Option<ActionScripts>,
}

/// The actions users wrote for a kind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActionScripts {
    /// What says which actions there are.
    pub discovery: String,
    /// Names of actions, and what carries them out.
    pub definitions: Vec<(String, String)>,
    /// Whether the actions we ship are offered, too.
    pub merge_built_in: bool,
}

/// All rules, ready to be asked.
#[derive(Debug, Default)]
pub struct Rules {
    all: Vec<Rule>,
    by_kind: HashMap<String, usize>,
    wildcards: Vec<(Glob, usize)>,
}

impl Rules {
    pub fn new(all: Vec<Rule>) -> Self {
        let checks =
            |rule: &Rule| !rule.health.is_empty() && rule.kind.contains(['*', '?', '[', '{']);
        let mut wildcards: Vec<usize> = (0..all.len()).filter(|at| checks(&all[*at])).collect();
        wildcards.sort_by_key(|at| (Reverse(plainness(&all[*at].kind)), *at));
        let parsed = |at: usize| Some((Glob::gobwas(&all[at].kind, None)?, at));
        Self {
            wildcards: wildcards.into_iter().filter_map(parsed).collect(),
            by_kind: all
                .iter()
                .enumerate()
                .map(|(at, rule)| (rule.kind.clone(), at))
                .collect(),
            all,
        }
    }

    /// The rules, each with its number.
    pub fn each(&self) -> impl Iterator<Item = (usize, &Rule)> {
        self.all.iter().enumerate()
    }

    /// The rule whose health check counts for an object; costs one look-up and each wildcard.
    pub fn health_of(&self, object: &Value) -> Option<(usize, &Rule)> {
        if self.all.is_empty() {
            return None;
        }
        let kind = kind_of(object)?;
        let exact = self
            .exact(&kind)
            .filter(|(_, rule)| !rule.health.is_empty());
        exact.or_else(|| {
            let found = self.wildcards.iter().find(|(glob, _)| glob.matches(&kind));
            found.map(|(_, at)| (*at, &self.all[*at]))
        })
    }

    /// The rule whose actions count for an object.
    pub fn actions_of(&self, object: &Value) -> Option<(usize, &Rule, &ActionScripts)> {
        let (at, rule) = self.exact(&kind_of(object)?)?;
        Some((at, rule, rule.actions.as_ref()?))
    }

    fn exact(&self, kind: &str) -> Option<(usize, &Rule)> {
        let at = *self.by_kind.get(kind)?;
        Some((at, &self.all[at]))
    }
}

/// How much of a wildcard stands for itself.
fn plainness(pattern: &str) -> usize {
    pattern.chars().filter(|c| !"*?".contains(*c)).count()
}

/// `group/Kind` of an object, or `Kind` in the core group.
fn kind_of(object: &Value) -> Option<Cow<'_, str>> {
    let kind = object.get("kind")?.as_str()?;
    let version = object.get("apiVersion")?.as_str()?;
    match version.split_once('/') {
        None | Some(("", _)) => Some(Cow::Borrowed(kind)),
        Some((_, rest)) if rest.contains('/') => None,
        Some((group, _)) => Some(Cow::Owned(format!("{group}/{kind}"))),
    }
}
