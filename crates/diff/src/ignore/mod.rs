//! Differences that do not count.
//!
//! In: an app's rules, written by people. Out: [`Ignore`], which takes the fields the rules name
//! out of objects, or copies their live values into the desired one. Rules come from tenants:
//! every expression is bounded in time and memory and can reach nothing but the object.

mod jq;
mod managers;
mod pointer;
mod respect;
mod rule;

use crate::fields::Node;
use crate::kinds::Facts;
use crate::path::Step;
use crate::system::SystemRules;
use jq::Exhausted;
use model::{Digest, IgnoreRule, ObjectKey};
use serde_json::Value;
use std::sync::Arc;

pub use jq::JqProblem;
pub(crate) use rule::Rule;
pub use rule::{RuleError, RuleProblem};

/// The compiled rules of one app, and those of the installation that it shares with all others.
#[derive(Debug, Default)]
pub struct Ignore {
    rules: Vec<Rule>,
    system: Arc<SystemRules>,
}

/// Why a rule could not be carried out on an object. The object's other rules were.
#[derive(Debug, thiserror::Error)]
#[error("jq expression {expression:?} of ignore rule {rule} asks too much of this object")]
pub struct IgnoreError {
    /// Which rule: its number from 1, or whose it is.
    pub rule: Arc<str>,
    /// The expression.
    pub expression: String,
    source: Exhausted,
}

impl Ignore {
    /// Compiles rules. Broken parts are told and left out, the rest stands.
    pub fn compile(rules: &[IgnoreRule]) -> (Self, Vec<RuleError>) {
        let mut errors = Vec::new();
        let rules = rules.iter().enumerate();
        let rules =
            rules.map(|(index, rule)| Rule::compile((index + 1).to_string(), rule, &mut errors));
        let ignore = Self {
            rules: rules.collect(),
            system: Arc::default(),
        };
        (ignore, errors)
    }

    /// The same under the rules of an installation.
    pub fn under(self, system: Arc<SystemRules>) -> Self {
        Self { system, ..self }
    }

    /// A digest of the installation's part; none for the defaults.
    pub(crate) fn system_digest(&self) -> Option<Digest> {
        self.system.digest()
    }

    /// Are the values at this path hidden from everybody?
    pub(crate) fn masks(&self, path: &[Step<'_>], key: &ObjectKey) -> bool {
        self.system.masks(path, key)
    }

    /// What is known of a kind.
    pub(crate) fn facts(&self, key: &ObjectKey) -> Facts<'_> {
        self.system.facts(&key.group_kind)
    }

    /// Does no rule concern this object?
    pub fn is_empty_for(&self, key: &ObjectKey) -> bool {
        self.rules_for(key).next().is_none() && !self.system.ignores_aggregated(key)
    }

    /// Takes ignored fields out of an object. Fields of ignored managers are those its own
    /// `managedFields` tell.
    pub fn strip(&self, key: &ObjectKey, object: &mut Value) -> Result<(), IgnoreError> {
        let owned = self.trees_of_managers(key, object);
        self.strip_one(key, object, &owned)
    }

    /// Takes ignored fields out of both objects; the live one tells which fields managers own.
    pub fn strip_pair(
        &self,
        key: &ObjectKey,
        desired: &mut Value,
        live: &mut Value,
    ) -> Result<(), IgnoreError> {
        let owned = self.trees_of_managers(key, live);
        let desired = self.strip_one(key, desired, &owned);
        desired.and(self.strip_one(key, live, &owned))
    }

    /// Makes the desired object keep what is live at ignored fields (`RespectIgnoreDifferences`).
    pub fn respect(
        &self,
        key: &ObjectKey,
        desired: &mut Value,
        live: &Value,
    ) -> Result<(), IgnoreError> {
        if self.is_empty_for(key) {
            return Ok(());
        }
        let mut stripped = live.clone();
        self.strip_pair(key, desired, &mut stripped)?;
        respect::restore(desired, live, &stripped);
        Ok(())
    }

    fn rules_for(&self, key: &ObjectKey) -> impl Iterator<Item = &Rule> {
        let rules = self.rules.iter().chain(&self.system.rules);
        rules.filter(|rule| rule.concerns(key))
    }

    fn trees_of_managers(&self, key: &ObjectKey, live: &Value) -> Vec<Node> {
        let rules = self.rules_for(key);
        rules
            .flat_map(|rule| managers::trees(&rule.managers, live))
            .collect()
    }

    fn strip_one(
        &self,
        key: &ObjectKey,
        object: &mut Value,
        owned: &[Node],
    ) -> Result<(), IgnoreError> {
        let mut result = Ok(());
        for rule in self.rules_for(key) {
            result = result.and(rule.strip(object));
        }
        owned.iter().for_each(|tree| managers::remove(object, tree));
        if self.system.ignores_aggregated(key) && object["aggregationRule"].is_object() {
            object.as_object_mut().map(|fields| fields.remove("rules"));
        }
        result
    }
}
