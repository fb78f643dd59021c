//! A value against a schema.
//!
//! Comes in: nodes and a value. Goes out: nothing, or a tree of what is wrong, in the order the
//! validator looks: type, constant, enum and format each end the look; then what a type of value
//! must meet; then combinations. Source: validator.go of santhosh-tekuri/jsonschema.

mod array;
mod combine;
mod object;
mod scalar;

use super::compile::Compiled;
use super::failure::{Failure, Kind, quote, quote_all};
use super::node::{Index, Node, Types, type_of};
use super::number::Number;
use super::unevaluated::Unevaluated;
use serde_json::Value;

/// How many schemas may be looked at.
const MOST_STEPS: usize = 2_000_000;

/// How deep schemas may lead to schemas.
const DEEPEST: usize = 150;

/// Checks a value; the error is Helm's text.
pub(super) fn check(compiled: &Compiled, value: &Value) -> Result<(), String> {
    let mut checker = Checker {
        nodes: &compiled.nodes,
        place: Vec::new(),
        steps: MOST_STEPS,
        active: Vec::new(),
    };
    let mut left = Unevaluated::of(value, &compiled.nodes[0], false);
    match checker.node(0, value, &mut left) {
        None => Ok(()),
        Some(failure) => Err(failure.text()),
    }
}

struct Checker<'a> {
    nodes: &'a [Node],
    /// Where the value stands.
    place: Vec<String>,
    steps: usize,
    /// The schemas being looked at, each with how many values stand around its own.
    active: Vec<(Index, usize)>,
}

impl<'a> Checker<'a> {
    /// A value against one schema; `left` loses what was looked at.
    fn node(&mut self, index: Index, value: &'a Value, left: &mut Unevaluated) -> Option<Failure> {
        let Some(steps) = self.steps.checked_sub(1) else {
            return Some(self.failure("checking the schema takes too long"));
        };
        self.steps = steps;
        if self.is_cycle(index) || self.active.len() == DEEPEST {
            return Some(self.failure("references lead in a cycle"));
        }
        self.active.push((index, self.place.len()));
        let failure = self.look(&self.nodes[index], value, left);
        self.active.pop();
        failure
    }

    /// Is this schema being looked at already, for the very same value?
    fn is_cycle(&self, index: Index) -> bool {
        let same_value = self
            .active
            .iter()
            .rev()
            .take_while(|it| it.1 == self.place.len());
        same_value.map(|it| it.0).any(|active| active == index)
    }

    fn look(
        &mut self,
        node: &'a Node,
        value: &'a Value,
        left: &mut Unevaluated,
    ) -> Option<Failure> {
        match node.always {
            Some(true) => return None,
            Some(false) => return Some(self.failure("false schema")),
            None => {}
        }
        if let Some(message) = first_misfit(node, value) {
            return Some(self.failure(message));
        }
        let mut failures = Vec::new();
        if node.only_reference {
            return self.reference(node.references[0], value, left);
        }
        if let Some(index) = node.references.first() {
            failures.extend(self.reference(*index, value, left));
        }
        match value {
            Value::Object(fields) => self.object(&node.object, value, fields, left, &mut failures),
            Value::Array(items) => self.array(&node.array, items, left, &mut failures),
            Value::String(text) => self.text(&node.text, text, &mut failures),
            Value::Number(number) => self.number(&node.number, number, &mut failures),
            _ => {}
        }
        for index in node.references.iter().skip(1) {
            failures.extend(self.reference(*index, value, left));
        }
        self.combinations(node, value, left, &mut failures);
        self.unevaluated(node, value, left, &mut failures);
        match failures.len() {
            0 | 1 => failures.pop(),
            _ => Some(self.with_causes("validation failed", Kind::Group, failures)),
        }
    }

    /// The same value against another schema.
    fn same(&mut self, index: Index, value: &'a Value, left: &mut Unevaluated) -> Option<Failure> {
        let mut own = Unevaluated::of(value, &self.nodes[index], !left.is_empty());
        let failure = self.node(index, value, &mut own);
        if failure.is_none() {
            left.keep(&own);
        }
        failure
    }

    /// A value inside the value.
    fn inner(&mut self, index: Index, value: &'a Value, name: String) -> Option<Failure> {
        self.place.push(name);
        let mut left = Unevaluated::of(value, &self.nodes[index], false);
        let failure = self.node(index, value, &mut left);
        self.place.pop();
        failure
    }

    fn reference(
        &mut self,
        index: Index,
        value: &'a Value,
        left: &mut Unevaluated,
    ) -> Option<Failure> {
        let failure = self.same(index, value, left)?;
        let causes = match failure.kind {
            Kind::Group => failure.causes,
            _ => vec![failure],
        };
        Some(self.with_causes("validation failed", Kind::Reference, causes))
    }

    fn failure(&self, message: impl Into<String>) -> Failure {
        self.with_causes(message, Kind::Plain, Vec::new())
    }

    fn with_causes(&self, message: impl Into<String>, kind: Kind, causes: Vec<Failure>) -> Failure {
        let parts = self.place.iter();
        let parts = parts.map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1")));
        Failure {
            place: parts.collect(),
            message: message.into(),
            kind,
            causes,
        }
    }
}

/// What ends the look at once.
fn first_misfit(node: &Node, value: &Value) -> Option<String> {
    if !node.types.is_empty() && !is_of(value, node.types) {
        let (found, wanted) = (type_of(value), node.types.text());
        return Some(format!("got {found}, want {wanted}"));
    }
    if let Some(constant) = &node.constant
        && !equal(value, constant)
    {
        return Some(match constant {
            Value::Array(_) | Value::Object(_) => "'const' failed".to_owned(),
            wanted => format!("value must be {}", shown(wanted)),
        });
    }
    if let Some(options) = &node.options
        && !options.iter().any(|option| equal(value, option))
    {
        return Some(no_option(options));
    }
    let format = node.format.as_deref()?;
    let name = &format.name;
    (!format.admits(value)).then(|| format!("{} is not valid {name}: it is none", shown(value)))
}

fn is_of(value: &Value, types: Types) -> bool {
    types.has(type_of(value))
        || match value {
            Value::Number(number) => types.has("integer") && Number::of(number).is_whole(),
            _ => false,
        }
}

fn no_option(options: &[Value]) -> String {
    if options
        .iter()
        .any(|option| option.is_array() || option.is_object())
    {
        return "'enum' failed".to_owned();
    }
    let shown: Vec<_> = options.iter().map(shown).collect();
    match &shown[..] {
        [one] => format!("value must be {one}"),
        all => format!("value must be one of {}", all.join(", ")),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Array(_) | Value::Object(_) => "value".to_owned(),
        Value::Null => "<nil>".to_owned(),
        other => other.to_string(),
    }
}

/// Are two values the same? `1` and `1.0` are.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            Number::of(left).compare(&Number::of(right)).is_eq()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(a, b)| equal(a, b))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |(key, value)| right.get(key).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(same)
        }
        (left, right) => left == right,
    }
}
