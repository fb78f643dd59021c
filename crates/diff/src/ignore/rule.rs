//! One rule: which objects it concerns, and what it takes out of them.

use super::jq::{JqProblem, Program};
use super::pointer::{NotAPointer, Pointer};
use super::{IgnoreError, jq};
use model::glob::Glob;
use model::{IgnoreRule, ObjectKey};
use serde_json::Value;
use std::sync::Arc;

/// A compiled rule.
#[derive(Debug)]
pub(crate) struct Rule {
    name: Arc<str>,
    group: Option<Glob>,
    kind: Option<Glob>,
    object: String,
    namespace: String,
    pointers: Vec<Pointer>,
    programs: Vec<Program>,
    pub managers: Vec<String>,
}

/// A part of a rule that is left out.
#[derive(Debug, thiserror::Error)]
#[error("{part} {text:?} of ignore rule {rule} is left out")]
pub struct RuleError {
    /// Which rule: its number from 1, or whose it is.
    pub rule: Arc<str>,
    /// Which field of it.
    pub part: &'static str,
    /// What stands there.
    pub text: String,
    /// What is wrong with it.
    #[source]
    pub problem: RuleProblem,
}

/// What is wrong with a part of a rule.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleProblem {
    /// A group or kind that is no glob; the rule matches nothing.
    #[error("it is not a pattern, so the rule matches nothing")]
    Pattern,
    /// Not a JSON pointer.
    #[error(transparent)]
    Pointer(#[from] NotAPointer),
    /// Not a jq expression that may be run.
    #[error(transparent)]
    Jq(#[from] JqProblem),
}

impl Rule {
    pub fn compile(name: String, rule: &IgnoreRule, errors: &mut Vec<RuleError>) -> Self {
        let name: Arc<str> = name.into();
        let mut told = |part: &'static str, text: &str, problem: RuleProblem| {
            errors.push(RuleError {
                rule: name.clone(),
                part,
                text: text.to_owned(),
                problem,
            });
        };
        Self {
            group: glob(&rule.group)
                .map_err(|error| told("group", &rule.group, error))
                .ok(),
            kind: glob(&rule.kind)
                .map_err(|error| told("kind", &rule.kind, error))
                .ok(),
            object: rule.name.clone(),
            namespace: rule.namespace.clone(),
            pointers: kept(&rule.json_pointers, Pointer::parse, |text, problem| {
                told("jsonPointers entry", text, problem.into());
            }),
            programs: kept(&rule.jq_paths, jq::compile, |text, problem| {
                told("jqPathExpressions entry", text, problem.into());
            }),
            managers: rule.managers.clone(),
            name,
        }
    }

    pub fn concerns(&self, key: &ObjectKey) -> bool {
        let matches =
            |glob: &Option<Glob>, text: &str| glob.as_ref().is_some_and(|glob| glob.matches(text));
        let is = |wanted: &str, text: &str| wanted.is_empty() || wanted == text;
        matches(&self.group, &key.group_kind.group)
            && matches(&self.kind, &key.group_kind.kind)
            && is(&self.object, &key.name)
            && is(&self.namespace, &key.namespace)
    }

    /// Takes out what pointers and expressions name; managers' fields are not its business.
    pub fn strip(&self, object: &mut Value) -> Result<(), IgnoreError> {
        self.pointers
            .iter()
            .for_each(|pointer| pointer.remove(object));
        let mut result = Ok(());
        for program in &self.programs {
            let done = program.strip(object).map_err(|source| IgnoreError {
                rule: self.name.clone(),
                expression: program.text().to_owned(),
                source,
            });
            result = result.and(done);
        }
        result
    }
}

fn kept<T, E>(
    texts: &[String],
    read: impl Fn(&str) -> Result<T, E>,
    mut broken: impl FnMut(&str, E),
) -> Vec<T> {
    let mut kept = Vec::new();
    for text in texts {
        match read(text) {
            Ok(part) => kept.push(part),
            Err(error) => broken(text, error),
        }
    }
    kept
}

/// A glob as Argo CD reads it here, where no character separates.
fn glob(pattern: &str) -> Result<Glob, RuleProblem> {
    Glob::gobwas(pattern, None).ok_or(RuleProblem::Pattern)
}
