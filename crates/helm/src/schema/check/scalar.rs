//! What texts and numbers must meet.

use super::{Checker, quote};
use crate::schema::failure::Failure;
use crate::schema::node::{NumberRules, TextRules};
use crate::schema::number::{Number, shown};
use serde_json::Number as Json;

impl Checker<'_> {
    pub(super) fn text(&self, rules: &TextRules, text: &str, failures: &mut Vec<Failure>) {
        if rules.shortest.is_some() || rules.longest.is_some() {
            let length = text.chars().count();
            self.count("Length", length, (rules.shortest, rules.longest), failures);
        }
        if let Some(pattern) = &rules.pattern
            && !pattern.matches(text)
        {
            let (text, pattern) = (quote(text), quote(pattern.text()));
            failures.push(self.failure(format!("{text} does not match pattern {pattern}")));
        }
    }

    pub(super) fn number(&self, rules: &NumberRules, number: &Json, failures: &mut Vec<Failure>) {
        let number = Number::of(number);
        let mut check = |name: &str, limit: &Option<Number>, fits: fn(&Number, &Number) -> bool| {
            if let Some(limit) = limit.as_ref().filter(|limit| !fits(&number, limit)) {
                let (found, wanted) = (shown(&number), shown(limit));
                failures.push(self.failure(format!("{name}: got {found}, want {wanted}")));
            }
        };
        check("minimum", &rules.minimum, |it, limit| {
            it.compare(limit).is_ge()
        });
        check("maximum", &rules.maximum, |it, limit| {
            it.compare(limit).is_le()
        });
        check("exclusiveMinimum", &rules.above, |it, limit| {
            it.compare(limit).is_gt()
        });
        check("exclusiveMaximum", &rules.below, |it, limit| {
            it.compare(limit).is_lt()
        });
        check("multipleOf", &rules.multiple_of, Number::is_multiple_of);
    }
}
