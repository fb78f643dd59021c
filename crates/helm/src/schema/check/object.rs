//! What objects must meet.

use super::{Checker, quote, quote_all};
use crate::schema::failure::{Failure, Kind};
use crate::schema::node::{Additional, Dependency, ObjectRules};
use crate::schema::number::grouped;
use crate::schema::unevaluated::Unevaluated;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

impl<'a> Checker<'a> {
    pub(super) fn object(
        &mut self,
        rules: &'a ObjectRules,
        value: &'a Value,
        fields: &'a Fields,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        self.count(
            "Properties",
            fields.len(),
            (rules.least, rules.most),
            failures,
        );
        let missing = missing(fields, &rules.required);
        if let [one] = &missing[..] {
            failures.push(self.failure(format!("missing property {}", quote(one))));
        } else if !missing.is_empty() {
            let missing = quote_all(&missing);
            failures.push(self.failure(format!("missing properties {missing}")));
        }
        self.dependencies(rules, value, fields, left, failures);
        self.properties(rules, fields, left, failures);
        if let Some(index) = rules.names {
            self.names(index, fields, failures);
        }
        for (name, index) in &rules.dependent_schemas {
            if fields.contains_key(name) {
                failures.extend(self.same(*index, value, left));
            }
        }
        for (name, required) in &rules.dependent_required {
            self.dependent(name, required, fields, failures);
        }
    }

    fn dependencies(
        &mut self,
        rules: &'a ObjectRules,
        value: &'a Value,
        fields: &'a Fields,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        for (name, dependency) in &rules.dependencies {
            match dependency {
                Dependency::Properties(required) => {
                    self.dependent(name, required, fields, failures)
                }
                Dependency::Schema(index) if fields.contains_key(name) => {
                    failures.extend(self.same(*index, value, left));
                }
                Dependency::Schema(_) => {}
            }
        }
    }

    fn dependent(
        &self,
        name: &str,
        required: &[String],
        fields: &Fields,
        failures: &mut Vec<Failure>,
    ) {
        let missing = missing(fields, required);
        if fields.contains_key(name) && !missing.is_empty() {
            let (missing, name) = (quote_all(&missing), quote(name));
            let message = format!("properties {missing} required, if {name} exists");
            failures.push(self.failure(message));
        }
    }

    fn properties(
        &mut self,
        rules: &'a ObjectRules,
        fields: &'a Fields,
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let mut unwanted = Vec::new();
        for (name, value) in fields {
            let mut seen = false;
            if let Ok(at) = rules
                .properties
                .binary_search_by(|(known, _)| known.cmp(name))
            {
                seen = true;
                failures.extend(self.inner(rules.properties[at].1, value, name.clone()));
            }
            for (pattern, index) in &rules.patterns {
                if pattern.matches(name) {
                    seen = true;
                    failures.extend(self.inner(*index, value, name.clone()));
                }
            }
            if !seen && let Some(additional) = &rules.additional {
                seen = true;
                match additional {
                    Additional::Allowed(true) => {}
                    Additional::Allowed(false) => unwanted.push(name),
                    Additional::Schema(index) => {
                        failures.extend(self.inner(*index, value, name.clone()));
                    }
                }
            }
            if seen {
                left.properties.remove(name);
            }
        }
        if !unwanted.is_empty() {
            let unwanted = quote_all(&unwanted);
            let message = format!("additional properties {unwanted} not allowed");
            failures.push(self.failure(message));
        }
    }

    /// Names stand nowhere in the value: places inside them start anew.
    fn names(&mut self, index: usize, fields: &'a Fields, failures: &mut Vec<Failure>) {
        for name in fields.keys() {
            let text = Value::String(name.clone());
            let mut checker = Checker {
                nodes: self.nodes,
                place: Vec::new(),
                steps: self.steps,
                active: Vec::new(),
            };
            let failure = checker.node(index, &text, &mut Unevaluated::default());
            self.steps = checker.steps;
            let message = format!("invalid propertyName {}", quote(name));
            failures.extend(failure.map(|failure| {
                let causes = match failure.kind {
                    Kind::Group => failure.causes,
                    _ => vec![failure],
                };
                checker.with_causes(message, Kind::Plain, causes)
            }));
        }
    }

    /// `minItems`, `maxProperties` and their like.
    pub(super) fn count(
        &self,
        what: &str,
        found: usize,
        (least, most): (Option<u64>, Option<u64>),
        failures: &mut Vec<Failure>,
    ) {
        let text = |number: u64| grouped(&number.to_string());
        let found = found as u64;
        let mut add = |bound: &str, wanted: u64| {
            let (found, wanted) = (text(found), text(wanted));
            failures.push(self.failure(format!("{bound}{what}: got {found}, want {wanted}")));
        };
        if let Some(least) = least.filter(|least| found < *least) {
            add("min", least);
        }
        if let Some(most) = most.filter(|most| found > *most) {
            add("max", most);
        }
    }
}

fn missing<'a>(fields: &Fields, required: &'a [String]) -> Vec<&'a String> {
    required
        .iter()
        .filter(|name| !fields.contains_key(*name))
        .collect()
}
