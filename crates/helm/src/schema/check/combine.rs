//! `not`, `allOf`, `anyOf`, `oneOf`, `if`, and what they leave unevaluated.

use super::Checker;
use crate::schema::failure::{Failure, Kind};
use crate::schema::node::{Index, Node};
use crate::schema::unevaluated::Unevaluated;
use serde_json::Value;

impl<'a> Checker<'a> {
    pub(super) fn combinations(
        &mut self,
        node: &'a Node,
        value: &'a Value,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        if let Some(index) = node.not
            && self.same(index, value, left).is_none()
        {
            failures.push(self.failure("'not' failed"));
        }
        self.all_of(&node.all_of, value, left, failures);
        self.any_of(&node.any_of, value, left, failures);
        self.one_of(&node.one_of, value, left, failures);
        if let Some(index) = node.condition {
            let holds = self.same(index, value, left).is_none();
            let next = if holds { node.then } else { node.otherwise };
            failures.extend(next.and_then(|index| self.same(index, value, left)));
        }
    }

    fn all_of(
        &mut self,
        schemas: &[Index],
        value: &'a Value,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let causes = schemas
            .iter()
            .filter_map(|index| self.same(*index, value, left));
        let causes: Vec<_> = causes.collect();
        if !causes.is_empty() {
            failures.push(self.with_causes("'allOf' failed", Kind::Plain, causes));
        }
    }

    fn any_of(
        &mut self,
        schemas: &[Index],
        value: &'a Value,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let (mut causes, mut matched) = (Vec::new(), schemas.is_empty());
        for index in schemas {
            match self.same(*index, value, left) {
                Some(failure) => causes.push(failure),
                None => {
                    matched = true;
                    // Who asks what is left wants all of them looked at.
                    if left.is_empty() {
                        break;
                    }
                }
            }
        }
        if !matched {
            failures.push(self.with_causes("'anyOf' failed", Kind::Plain, causes));
        }
    }

    fn one_of(
        &mut self,
        schemas: &[Index],
        value: &'a Value,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let (mut causes, mut matched) = (Vec::new(), None);
        for (at, index) in schemas.iter().enumerate() {
            match (self.same(*index, value, left), matched) {
                (Some(failure), None) => causes.push(failure),
                (Some(_), Some(_)) => {}
                (None, None) => matched = Some(at),
                (None, Some(first)) => {
                    let message = format!("'oneOf' failed, subschemas {first}, {at} matched");
                    return failures.push(self.failure(message));
                }
            }
        }
        if matched.is_none() && !schemas.is_empty() {
            let message = "'oneOf' failed, none matched";
            failures.push(self.with_causes(message, Kind::Plain, causes));
        }
    }

    pub(super) fn unevaluated(
        &mut self,
        node: &'a Node,
        value: &'a Value,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        if let (Some(index), Value::Object(fields)) = (node.unevaluated_properties, value) {
            for name in std::mem::take(&mut left.properties) {
                let inner = fields
                    .get(&name)
                    .and_then(|value| self.inner(index, value, name));
                failures.extend(inner);
            }
        }
        if let (Some(index), Value::Array(items)) = (node.unevaluated_items, value) {
            for at in std::mem::take(&mut left.items) {
                failures.extend(self.inner(index, &items[at], at.to_string()));
            }
        }
    }
}
