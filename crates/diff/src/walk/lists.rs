//! Lists, read the way their ownership says: by keys, as sets, or as a whole.

use super::owned::Owned;
use super::scalars::Scalars;
use super::{Object, Walk, scalars};
use crate::fields::{Element, Node, element};
use crate::path::Step;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Fields that name an item in a list of which nothing is known.
const NAMES: [&str; 9] = [
    "name",
    "key",
    "mountPath",
    "devicePath",
    "containerPort",
    "port",
    "ip",
    "type",
    "path",
];

/// What the elements of a list's ownership say about it.
enum Structure<'a> {
    Keyed(Vec<(Object, &'a Value)>),
    Set(Vec<Value>),
    Unclear,
}

impl<'a> Walk<'a> {
    pub(super) fn items(
        &mut self,
        want_list: &'a Value,
        want: &'a [Value],
        have_list: Option<&'a Value>,
        have: &'a [Value],
        owned: Owned<'a>,
    ) {
        match owned {
            Owned::Below(node) => match structure(node) {
                Structure::Keyed(items) => self.keyed(want, have, &items),
                Structure::Set(members) => self.set(want, have, &members),
                Structure::Unclear => {
                    self.distrust = true;
                    self.unstructured(want_list, want, have_list, have, Owned::Unknown);
                }
            },
            _ => self.unstructured(want_list, want, have_list, have, owned),
        }
    }

    /// A list merged by the keys of its items.
    fn keyed(&mut self, want: &'a [Value], have: &'a [Value], items: &[(Object, &'a Value)]) {
        let Some(names) = items.first().map(|(keys, _)| keys) else {
            return;
        };
        let mut taken = vec![false; have.len()];
        for (index, item) in want.iter().enumerate() {
            let Some(declared) = keys_of(item, names) else {
                self.distrust = true;
                continue;
            };
            let label = match declared.is_empty() {
                true => Step::Index(index),
                false => Step::Keyed(Cow::Owned(declared.clone())),
            };
            self.path.push(label);
            match find(have, &declared, names, &taken) {
                None => self.suspect(Some(item), None),
                Some(at) => {
                    taken[at] = true;
                    let owned = items.iter().find(|(keys, _)| has(&have[at], keys));
                    let owned = owned.map_or(Owned::Not, |(_, below)| self.owned_node(below));
                    self.value(item, Some(&have[at]), owned);
                }
            }
            self.path.pop();
        }
        for (keys, _) in items {
            let at = have.iter().position(|item| has(item, keys));
            if let Some(at) = at.filter(|at| !taken[*at]) {
                self.undeclared_item(keys.clone(), &have[at]);
            }
        }
    }

    /// A list merged as a set of single values.
    fn set(&mut self, want: &'a [Value], have: &'a [Value], members: &[Value]) {
        for item in want {
            self.path.push(Step::Element(item));
            self.member(item, have);
            self.path.pop();
        }
        for item in have {
            let ours = members.iter().any(|member| scalars::equal(member, item));
            if ours && !want.iter().any(|wanted| scalars::equal(wanted, item)) {
                self.path.push(Step::Element(item));
                self.suspect(None, Some(item));
                self.path.pop();
            }
        }
    }

    fn member(&mut self, item: &'a Value, have: &'a [Value]) {
        match self.best(item, have) {
            Scalars::Equal => {}
            Scalars::Respelled => self.suspect(Some(item), None),
            Scalars::Different => self.found(Some(item), None, true),
        }
    }

    /// The best match of a value among others.
    fn best(&self, item: &Value, have: &[Value]) -> Scalars {
        let mut best = Scalars::Different;
        for other in have {
            match self.compare_scalars(item, other) {
                Scalars::Equal => return Scalars::Equal,
                Scalars::Respelled => best = Scalars::Respelled,
                Scalars::Different => {}
            }
        }
        best
    }

    /// A list that is ours as a whole, or of which nothing is known.
    fn unstructured(
        &mut self,
        want_list: &'a Value,
        want: &'a [Value],
        have_list: Option<&'a Value>,
        have: &'a [Value],
        owned: Owned<'a>,
    ) {
        if want.len() == have.len() && want.iter().zip(have).all(|(w, h)| scalars::equal(w, h)) {
            return;
        }
        if want.iter().chain(have).any(|item| !item.is_object()) {
            let missing: Vec<Scalars> = want.iter().map(|item| self.best(item, have)).collect();
            let certain = missing.contains(&Scalars::Different)
                && !want.iter().any(|item| item.is_array() || item.is_object());
            self.found(Some(want_list), have_list, certain);
        } else if matches!(owned, Owned::Whole) && want.len() == have.len() {
            self.by_index(want, have, owned);
        } else if let Some(name) = naming(want, have).filter(|_| !matches!(owned, Owned::Whole)) {
            self.by_name(name, want, have, owned);
        } else if want.len() == have.len() {
            self.by_index(want, have, owned);
        } else {
            self.suspect(Some(want_list), have_list);
        }
    }

    fn by_index(&mut self, want: &'a [Value], have: &'a [Value], owned: Owned<'a>) {
        for (index, (item, other)) in want.iter().zip(have).enumerate() {
            self.path.push(Step::Index(index));
            self.value(item, Some(other), owned);
            self.path.pop();
        }
    }

    fn by_name(&mut self, name: &'a str, want: &'a [Value], have: &'a [Value], owned: Owned<'a>) {
        for item in want {
            let other = have.iter().find(|other| other.get(name) == item.get(name));
            self.path.push(named(name, item));
            match other {
                Some(other) => self.value(item, Some(other), owned),
                None => self.suspect(Some(item), None),
            }
            self.path.pop();
        }
        for other in have {
            if !want.iter().any(|item| item.get(name) == other.get(name)) {
                self.path.push(named(name, other));
                self.suspect(None, Some(other));
                self.path.pop();
            }
        }
    }
}

fn named<'a>(name: &str, item: &Value) -> Step<'a> {
    let value = item.get(name).cloned().unwrap_or_default();
    Step::Keyed(Cow::Owned(Map::from_iter([(name.to_owned(), value)])))
}

fn structure(node: &Node) -> Structure<'_> {
    let (mut keyed, mut members) = (Vec::new(), Vec::new());
    for (key, below) in node {
        match element(key) {
            Element::Itself => {}
            Element::Keyed(keys) => keyed.push((keys, below)),
            Element::Member(value) => members.push(value),
            _ => return Structure::Unclear,
        }
    }
    let alike = keyed
        .windows(2)
        .all(|pair| pair[0].0.keys().eq(pair[1].0.keys()));
    match (keyed.is_empty(), members.is_empty()) {
        (false, true) if alike => Structure::Keyed(keyed),
        (true, false) => Structure::Set(members),
        _ => Structure::Unclear,
    }
}

/// The key fields an item declares; the server fills in the others.
fn keys_of(item: &Value, names: &Object) -> Option<Object> {
    let item = item.as_object()?;
    let declared = names
        .keys()
        .filter_map(|name| Some((name.clone(), item.get(name)?.clone())));
    Some(declared.collect())
}

/// The live item for the keys a desired one declares. Where several fit, the one whose other keys
/// have their usual defaults.
fn find(have: &[Value], declared: &Object, names: &Object, taken: &[bool]) -> Option<usize> {
    let mut fitting = (0..have.len()).filter(|at| !taken[*at] && has(&have[*at], declared));
    let first = fitting.next()?;
    let usual = |at: &usize| {
        let missing = names.keys().filter(|name| !declared.contains_key(*name));
        missing.into_iter().all(|name| is_usual(name, &have[*at]))
    };
    Some(
        std::iter::once(first)
            .chain(fitting)
            .find(usual)
            .unwrap_or(first),
    )
}

fn is_usual(name: &str, item: &Value) -> bool {
    match name {
        "protocol" => item.get(name).is_none_or(|protocol| protocol == "TCP"),
        _ => item.get(name).is_none_or(|value| value == ""),
    }
}

fn has(item: &Value, keys: &Object) -> bool {
    keys.iter()
        .all(|(name, value)| item.get(name).is_some_and(|own| scalars::equal(own, value)))
}

/// A field by which the items of both lists can be told apart.
fn naming(want: &[Value], have: &[Value]) -> Option<&'static str> {
    NAMES
        .into_iter()
        .find(|name| names_all(name, want) && names_all(name, have))
}

fn names_all(name: &str, items: &[Value]) -> bool {
    let mut seen = std::collections::HashSet::new();
    items.iter().all(|item| match item.get(name) {
        Some(Value::String(text)) => seen.insert(text.clone()),
        Some(Value::Number(number)) => seen.insert(number.to_string()),
        _ => false,
    })
}
