//! What arrays must meet.

use super::{Checker, equal};
use crate::schema::failure::{Failure, Kind};
use crate::schema::node::{Additional, ArrayRules};
use crate::schema::number::grouped;
use crate::schema::unevaluated::Unevaluated;
use serde_json::Value;

/// Arrays longer than this are compared by their text first, to find equal items.
const FEW: usize = 20;

impl<'a> Checker<'a> {
    pub(super) fn array(
        &mut self,
        rules: &'a ArrayRules,
        items: &'a [Value],
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        self.count("Items", items.len(), (rules.least, rules.most), failures);
        if rules.unique
            && let Some((first, second)) = duplicates(items)
        {
            failures.push(self.failure(format!("items at {first} and {second} are equal")));
        }
        self.items(rules, items, left, failures);
        if let Some(index) = rules.contains {
            self.contains(rules, index, items, left, failures);
        }
    }

    fn items(
        &mut self,
        rules: &'a ArrayRules,
        items: &'a [Value],
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let first = rules.first.len().min(items.len());
        left.items.retain(|index| *index >= first);
        for (at, (item, index)) in items.iter().zip(&rules.first).enumerate() {
            failures.extend(self.inner(*index, item, at.to_string()));
        }
        match &rules.rest {
            None => return,
            Some(Additional::Allowed(true)) => {}
            Some(Additional::Allowed(false)) if first == items.len() => {}
            Some(Additional::Allowed(false)) => {
                let count = grouped(&(items.len() - first).to_string());
                let message = format!("last {count} additionalItem(s) not allowed");
                failures.push(self.failure(message));
            }
            Some(Additional::Schema(index)) => {
                // The validator counts these from the first of them.
                for (at, item) in items.iter().skip(first).enumerate() {
                    failures.extend(self.inner(*index, item, at.to_string()));
                }
            }
        }
        left.items.clear();
    }

    fn contains(
        &mut self,
        rules: &'a ArrayRules,
        index: usize,
        items: &'a [Value],
        left: &mut Unevaluated,
        failures: &mut Vec<Failure>,
    ) {
        let (mut causes, mut matched) = (Vec::new(), Vec::new());
        for (at, item) in items.iter().enumerate() {
            match self.inner(index, item, at.to_string()) {
                Some(failure) => causes.push(failure),
                None => {
                    matched.push(at.to_string());
                    if rules.contains_evaluates {
                        left.items.remove(&at);
                    }
                }
            }
        }
        let found = matched.len() as u64;
        let places = format!("matched {} items at {}", matched.len(), matched.join(" "));
        let must = "items required to match contains schema, but";
        match rules.contains_least {
            Some(least) if found < least => {
                let message = match found {
                    0 => format!("min {least} {must} none matched"),
                    _ => format!("min {least} {must} {places}"),
                };
                failures.push(self.with_causes(message, Kind::Plain, causes));
            }
            None if found == 0 => {
                let message = "no items match contains schema";
                failures.push(self.with_causes(message, Kind::Plain, causes));
            }
            _ => {}
        }
        if let Some(most) = rules.contains_most.filter(|most| found > *most) {
            failures.push(self.failure(format!("max {most} {must} {places}")));
        }
    }
}

fn duplicates(items: &[Value]) -> Option<(usize, usize)> {
    if items.len() > FEW {
        return equal_texts(items);
    }
    (1..items.len()).find_map(|second| {
        let first = (0..second).find(|first| equal(&items[*first], &items[second]))?;
        Some((first, second))
    })
}

fn equal_texts(items: &[Value]) -> Option<(usize, usize)> {
    let mut seen = std::collections::HashMap::new();
    items.iter().enumerate().find_map(|(at, item)| {
        let first = *seen.entry(item.to_string()).or_insert(at);
        (first != at).then_some((first, at))
    })
}
