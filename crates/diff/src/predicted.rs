//! The verdict of a dry run.
//!
//! In: the object as the server says it would be, and as it is. Out: what would change. What the
//! server counts and notes by itself is left out, and so is what a webhook would change anew with
//! each write in fields that are not ours: applying is not what is needed there.

use crate::compare::CompareError;
use crate::fields::{Applied, applied_by, owns, writer};
use crate::forgotten::LAST_APPLIED;
use crate::kinds::Facts;
use crate::path::{self, Step};
use crate::{Change, Ignore, endpoints, quantity, respelled};
use model::ObjectKey;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Compares a dry run's answer with the live object, both of one API version.
pub fn compare_predicted(
    predicted: &Value,
    live: &Value,
    manager: &str,
    ignore: &Ignore,
    key: &ObjectKey,
) -> Result<Vec<Change>, CompareError> {
    if !predicted.is_object() {
        return Err(CompareError::NotAnObject("predicted"));
    }
    if !live.is_object() {
        return Err(CompareError::NotAnObject("live"));
    }
    let (mut after, mut before) = (Cow::Borrowed(predicted), Cow::Borrowed(live));
    if !ignore.is_empty_for(key) {
        ignore.strip_pair(key, after.to_mut(), before.to_mut())?;
    }
    let after = endpoints::sorted(after, &key.group_kind);
    let before = endpoints::sorted(before, &key.group_kind);
    let mut found = Vec::new();
    Pair {
        facts: ignore.facts(key),
        path: Vec::new(),
        found: &mut found,
    }
    .object(&after, &before);
    let ours = [predicted, live].map(|object| match applied_by(object, manager) {
        Applied::Tree(tree) => Some(Value::Object(tree.clone())),
        Applied::Nothing | Applied::Unclear => None,
    });
    let facts = ignore.facts(key);
    let counts = |difference: &Difference<'_>| match &ours[0] {
        None => true,
        Some(_) => ours
            .iter()
            .flatten()
            .any(|tree| owns(tree, &difference.path) || owns_as_text(tree, difference, facts)),
    };
    let changes = found
        .iter()
        .filter(|difference| counts(difference))
        .map(|difference| {
            let writer = difference
                .before
                .and_then(|_| writer(live, &difference.path, manager));
            Change::new(
                path::text(&difference.path),
                difference.after.cloned(),
                difference.before.cloned(),
                writer,
            )
            .hidden(ignore.masks(&difference.path, key))
        });
    Ok(changes.collect())
}

/// What a Secret's `stringData` declared is ours in its `data`, too.
fn owns_as_text(tree: &Value, difference: &Difference<'_>, facts: Facts<'_>) -> bool {
    let [Step::Field("data"), below @ ..] = difference.path.as_slice() else {
        return false;
    };
    let path: Vec<Step<'_>> = std::iter::once(Step::Field("stringData"))
        .chain(below.iter().cloned())
        .collect();
    facts.is_secret() && owns(tree, &path)
}

struct Difference<'a> {
    path: Vec<Step<'a>>,
    after: Option<&'a Value>,
    before: Option<&'a Value>,
}

/// No fields at all.
static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

struct Pair<'a, 'f> {
    facts: Facts<'f>,
    path: Vec<Step<'a>>,
    found: &'f mut Vec<Difference<'a>>,
}

impl<'a> Pair<'a, '_> {
    fn object(&mut self, after: &'a Value, before: &'a Value) {
        let (Value::Object(after), Value::Object(before)) = (after, before) else {
            return;
        };
        self.fields(after, before);
    }

    fn fields(&mut self, after: &'a Map<String, Value>, before: &'a Map<String, Value>) {
        let gone = before.keys().filter(|name| !after.contains_key(*name));
        for name in after.keys().chain(gone) {
            let status = self.facts.status_counts;
            if !is_bookkeeping(&self.path, name, status) {
                self.path.push(Step::Field(name));
                self.value(after.get(name), before.get(name));
                self.path.pop();
            }
        }
    }

    fn value(&mut self, after: Option<&'a Value>, before: Option<&'a Value>) {
        match (after, before) {
            (Some(Value::Object(after)), Some(Value::Object(before))) => {
                self.fields(after, before);
            }
            // Labels and annotations come and go one by one; those we do not count leave no map.
            (Some(Value::Object(fields)), None) if self.facts.is_text_map(&self.path) => {
                self.fields(fields, &NONE);
            }
            (None, Some(Value::Object(fields))) if self.facts.is_text_map(&self.path) => {
                self.fields(&NONE, fields);
            }
            (Some(Value::Array(these)), Some(Value::Array(those)))
                if named(these).is_some() && named(these) == named(those) =>
            {
                if !self.items(named(these).unwrap_or_default(), these, those) {
                    self.differs(after, before);
                }
            }
            (Some(Value::Array(these)), Some(Value::Array(those)))
                if self.facts.is_typed() && these.len() == those.len() =>
            {
                self.positions(these, those);
            }
            (after, before) if says_nothing(after) && says_nothing(before) => {}
            (after, before) if after == before || self.is_one_value(after, before) => {}
            (after, before) => self.differs(after, before),
        }
    }

    /// Are both one value by the type that the settings tell of the field?
    fn is_one_value(&self, after: Option<&Value>, before: Option<&Value>) -> bool {
        match (after, before) {
            (Some(after), Some(before)) => {
                (self.facts.is_quantity(&self.path) && quantity::same(after, before))
                    || (self.facts.is_duration(&self.path)
                        && respelled::same_duration(after, before))
            }
            (Some(value), None) | (None, Some(value)) => self.facts.is_left_out(&self.path, value),
            (None, None) => true,
        }
    }

    fn differs(&mut self, after: Option<&'a Value>, before: Option<&'a Value>) {
        self.found.push(Difference {
            path: self.path.clone(),
            after,
            before,
        });
    }

    /// Lists whose items have names. Says whether the items they share stand in the same order.
    fn items(&mut self, name: &str, after: &'a [Value], before: &'a [Value]) -> bool {
        for item in after {
            self.item(name, item, Some(item), find(before, name, item));
        }
        for item in before
            .iter()
            .filter(|item| find(after, name, item).is_none())
        {
            self.item(name, item, None, Some(item));
        }
        let order = |these: &'a [Value], those: &[Value]| {
            let shared = these
                .iter()
                .filter(|item| find(those, name, item).is_some());
            shared.map(|item| item.get(name)).collect::<Vec<_>>()
        };
        order(after, before) == order(before, after)
    }

    /// Lists whose items are told apart by where they stand.
    fn positions(&mut self, after: &'a [Value], before: &'a [Value]) {
        for (index, (after, before)) in after.iter().zip(before).enumerate() {
            self.path.push(Step::Index(index));
            self.value(Some(after), Some(before));
            self.path.pop();
        }
    }

    fn item(
        &mut self,
        name: &str,
        item: &Value,
        after: Option<&'a Value>,
        before: Option<&'a Value>,
    ) {
        let key = item.get(name).cloned().unwrap_or_default();
        self.path.push(Step::Keyed(Cow::Owned(Map::from_iter([(
            name.to_owned(),
            key,
        )]))));
        self.value(after, before);
        self.path.pop();
    }
}

fn find<'a>(items: &'a [Value], name: &str, item: &Value) -> Option<&'a Value> {
    items.iter().find(|other| other.get(name) == item.get(name))
}

/// The field that names each item of a list.
fn named(items: &[Value]) -> Option<&'static str> {
    ["name", "mountPath", "key"].into_iter().find(|name| {
        let mut seen = std::collections::HashSet::new();
        let names = items
            .iter()
            .map(|item| item.get(name).and_then(Value::as_str));
        !items.is_empty()
            && names
                .into_iter()
                .all(|name| name.is_some_and(|n| seen.insert(n)))
    })
}

fn says_nothing(value: Option<&Value>) -> bool {
    value.is_none_or(crate::walk::is_blank)
}

/// What the server writes by itself.
fn is_bookkeeping(path: &[Step<'_>], name: &str, status_counts: bool) -> bool {
    match path {
        [] => name == "status" && !status_counts,
        [Step::Field("metadata")] => matches!(
            name,
            "managedFields"
                | "resourceVersion"
                | "generation"
                | "creationTimestamp"
                | "uid"
                | "selfLink"
                | "deletionTimestamp"
                | "deletionGracePeriodSeconds"
        ),
        [Step::Field("metadata"), Step::Field("annotations")] => name == LAST_APPLIED,
        _ => false,
    }
}
